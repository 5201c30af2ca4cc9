package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const (
	letterOnce  = "# What we do\n\n- We run a help desk for schools in the north (Paris Call principle 1).\n\n- We publish what attackers do, in plain words (Paris Call principle 5).\n\n- We lend servers to hospitals that were attacked (Paris Call principle 2).\n"
	letterAgain = "# What we do\n\nA preface.\n\n- We run a help desk for schools in the north (Paris Call principle 1).\n\n- We lend servers to hospitals that were attacked (Paris Call principle 2).\n\n- We teach children to choose a password (GCSC norm 5).\n"
)

// publish accepts all of a proposal.
func (h *house) publish(id int64) {
	h.t.Helper()
	a, err := h.store.AddAccount(h.t.Context(), fmt.Sprintf("rita%d@example.org", id), "Rita", account.Reviewer)
	if err != nil {
		h.t.Fatal(err)
	}
	by := a.Actor()
	p, err := h.store.Proposal(h.t.Context(), by, id, norms.Page{})
	if err == nil {
		_, err = h.store.AcceptRemaining(h.t.Context(), by, id, p.Version)
	}
	if err == nil {
		_, err = h.store.ApplyProposal(h.t.Context(), by, id)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// A letter comes, and comes again, changed. From each link one click leads to the
// words, in the text that prints them.
func TestANewVersionIsSentInAndEachLinkLeadsToItsWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.get("/import").lacks("[name=replaces]") // no text is held yet
	h.upload("", "", "organization", "microsoft", "text", letterOnce, "reason", "It came", "do", "propose").leads(http.StatusSeeOther, "/proposals/1/text")
	h.publish(1)
	h.upload("", "", "organization", "microsoft", "text", letterAgain, "do", "read").status(200).
		has("section.understood", "looks like a new version of").has(`section.understood a[href="/sources/microsoft-contribution"]`, "What we do").
		has(`select[name=replaces] option[value="microsoft-contribution"]`, "What we do")
	h.upload("", "", "organization", "microsoft", "text", letterAgain, "replaces", "microsoft-contribution", "do", "read").status(200).
		has("section.understood", "2 references stand as they did").has("section.understood", "no longer there; on line 5").has("section.understood", "It tells no more of")
	h.upload("", "", "organization", "microsoft", "text", letterAgain, "replaces", "nothing", "do", "read").status(http.StatusUnprocessableEntity).
		has("[role=alert], .refusal, .problems", "New version of")
	h.upload("", "", "organization", "microsoft", "text", letterAgain, "replaces", "microsoft-contribution", "reason", "It came again", "do", "propose").
		leads(http.StatusSeeOther, "/proposals/2/text")
	h.get("/proposals/2").has("main", "1 reference whose words are no longer in the document")
	const version = "section[aria-labelledby=version]"
	for _, address := range []string{"/proposals/2", "/proposals/2/text"} {
		h.get(address).status(200).has(version, "2 references stand as they did").has(version, "no longer there; on line 5").has(version+" a[href^='/initiatives/']", "We publish what attackers do").
			has(version, "It tells no more of We publish what attackers do")
	}
	h.publish(2)
	for _, address := range []string{"/proposals/2", "/proposals/2/text"} {
		h.get(address).status(200).has(version, "found to be gone when it was sent in").has(version, "Paris Call principle 5").has(version, "on line 5 of the earlier text").
			has(version, "It tells no more of We publish what attackers do").lacks("#look")
	}

	source := h.get("/sources/microsoft-contribution").status(200)
	source.has("main", "The source held another text before: the text until revision 2")
	lines := map[string]string{}
	for _, line := range source.page().Find("article.line").EachIter() {
		lines[line.Find("h3").Text()] = line.Find("h3 ~ blockquote + .hint").Text()
	}
	for title, place := range map[string]string{"We run a help desk for schools in the north": "line 5", "We publish what attackers do, in plain words": "in a text that the source held before"} {
		if lines[title] != place {
			t.Errorf("%s stands %q, want %q", title, lines[title], place)
		}
	}
	source.has("#left", "1 reference whose words are no longer in the document").has(`a[href^="/sources/microsoft-contribution?as_of="]`, "Paris Call principle 5")
	kept := strings.Index(letterAgain, "Paris Call principle 1")
	gone := strings.Index(letterOnce, "Paris Call principle 5")
	links, err := h.store.Links(t.Context(), norms.LinkFilter{Organization: "microsoft"}, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range links.Items {
		if l.Source != "microsoft-contribution" {
			continue
		}
		address := fmt.Sprintf("/sources/microsoft-contribution?place=%d#at-%d", kept, kept)
		switch l.Principle {
		case "paris-call/1":
		case "paris-call/5":
			address = fmt.Sprintf("/sources/microsoft-contribution?as_of=%d&place=%d#at-%d", 2, gone, gone)
			h.get("/initiatives/"+l.Initiative).has("#printed ~ .line .hint", "What we do · in a text that the source held before")
		default:
			continue
		}
		seen++
		h.get(fmt.Sprintf("/links/%d", l.ID)).status(200).has(fmt.Sprintf(`main a[href="%s"]`, address), l.Reference)
		h.get("/initiatives/"+l.Initiative).has(fmt.Sprintf(`main a[href="%s"]`, address), l.Reference)
		h.get("/agreements/paris-call/principles/"+l.Principle[len("paris-call/"):]).has(fmt.Sprintf(`a[href="/citations/%d"]`, l.Citation), l.Reference)
		h.get(fmt.Sprintf("/citations/%d", l.Citation)).leads(http.StatusSeeOther, address)
		passage, _, _ := strings.Cut(address, "#")
		h.get(passage).status(200).has(address[strings.Index(address, "#"):]+".cited-here", l.Reference)
	}
	if seen != 2 {
		t.Errorf("%d links were looked at", seen)
	}
	h.get("/citations/999999").status(http.StatusNotFound)
	h.upload("", "", "organization", "microsoft", "text", letterOnce, "reason", "It came", "do", "propose").status(200).has("section.understood", "an earlier version of the source")
}

// Where no text is held, a citation leads to its line.
func TestACitationWithoutATextLeadsToTheLines(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get("/citations/1").leads(http.StatusSeeOther, "/sources/microsoft-bpf-2019#lines")
	h.get("/citations/1?as_of=1").leads(http.StatusSeeOther, "/sources/microsoft-bpf-2019?as_of=1#lines")
}

// Which text is the newest is not said where it may be untrue: after a new version
// was taken back, and on a page of the past.
func TestASourceSaysWhichTextsItHeldBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "text", letterOnce, "reason", "It came", "do", "propose").status(http.StatusSeeOther)
	h.publish(1)
	h.upload("", "", "organization", "microsoft", "text", letterAgain, "replaces", "microsoft-contribution", "reason", "It came again", "do", "propose").status(http.StatusSeeOther)
	h.publish(2)
	by := h.signIn(account.Reviewer)
	if _, err := h.store.Apply(t.Context(), by, "It was a draft", []norms.Edit{norms.Revert{Changeset: 3}}); err != nil {
		t.Fatal(err)
	}
	const source = "/sources/microsoft-contribution"
	for address, says := range map[string]string{source: "The source held another text before: the text until revision 3", source + "?as_of=3": "The source held another text before: the text until revision 2"} {
		if a := h.get(address).status(200).has("main", says); strings.Contains(a.body, "newest") {
			t.Errorf("%s says which version is the newest", address)
		}
	}
	if a := h.get(source + "?as_of=2").status(200); strings.Contains(a.body, "before:") {
		t.Error("the first text is said to have one before it")
	}
}

// A line that the text prints otherwise by now is not said to be printed so on its
// line.
func TestALineThatIsPrintedOtherwiseSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "text", letterOnce, "reason", "It came", "do", "propose").status(http.StatusSeeOther)
	h.publish(1)
	hint := func(address string) string {
		t.Helper()
		line := h.get(address).status(200).page().Find("article.line").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "We run a help desk") })
		return strings.Join(strings.Fields(line.Find("blockquote + .hint").Text()), " ")
	}
	if got := hint("/sources/microsoft-contribution"); got != "line 3" {
		t.Errorf("it stands on %q", got)
	}
	h.upload("", "", "organization", "microsoft", "text", strings.Replace(letterOnce, "schools in the north", "schools and towns in the north", 1), "replaces", "microsoft-contribution", "reason", "It came again", "do", "propose").
		status(http.StatusSeeOther)
	h.publish(2)
	for address, want := range map[string]string{"/sources/microsoft-contribution": "line 3, where the text prints it otherwise", "/sources/microsoft-contribution?as_of=2": "line 3"} {
		if got := hint(address); got != want {
			t.Errorf("%s says that it stands on %q, want %q", address, got, want)
		}
	}
}
