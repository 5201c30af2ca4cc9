package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/web/href"
)

const deskLetter = `# What we do

- We run a help desk for schools.

(Paris Call principles 1 and 5, GCSC norm 5)

- We train teachers, and will open a school by the end of 2030.

(Charter of Rome article 2)

(Paris Call principle 1)
`

// imports proposes a letter and returns the address of its desk.
func (h *house) imports(by account.Actor, text string) (id int64, desk string) {
	h.t.Helper()
	r := contribution.Reader{Store: h.store, Documents: document.Reader{Limits: document.DefaultLimits()}}
	c, err := r.Read(h.t.Context(), contribution.File{Name: "letter.md", Data: []byte(text)}, "microsoft")
	if err != nil {
		h.t.Fatal(err)
	}
	done, err := r.Propose(h.t.Context(), by, c, "It came by mail", time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))
	if err != nil {
		h.t.Fatal(err)
	}
	return done.Proposal, href.ProposalText(done.Proposal)
}

func TestTheDeskIsReadWithinTheBudget(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	for _, address := range []string{desk, desk + "?place=30", strings.TrimSuffix(desk, "text") + "edits/4/regroup"} {
		h.queries.take()
		h.get(address).status(http.StatusOK)
		if seen := h.queries.take(); len(seen) > maxStatements {
			t.Errorf("%s runs %d statements:\n%s", address, len(seen), strings.Join(seen, "\n---\n"))
		}
	}
}

// What was read out of a letter is looked at beside its text, decided there, and
// published: every link then leads back to its words.
func TestALetterIsReadOnTheDeskAndPublished(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.get(desk).has(".notice", "your own: a reviewer decides").has(".card a", "Change edit 3").lacks("button[value=accept]").
		has("[data-desk-keys]", "back to the card. Single keys can be switched off.").
		has("#edit-1 .facts", "contribution").has("#edit-1 .facts", "Microsoft").has("#edit-1 .facts", "not recorded").has("#edit-1 .facts", "English").has("#edit-1 .facts", "23 November 2026")
	h.signIn(account.Reviewer)
	h.get(href.Proposal(id)).has(".tools a[href='"+desk+"']", "Read it beside the text")
	a := h.get(desk).status(http.StatusOK).has("main", "0 of 7 edits are decided").has("#edit-3 .hint", "does not say of what kind it is, so “programme”").has("#edit-6 .hint", "No agreement is recorded under the name “Charter of Rome”").
		has("#edit-5", "planned").has("#edit-5", "due 2030").has("#edit-4 .candidates", "gcsc@singapore-2018/5")
	mark := a.page().Find(".cited-here.doubtful").First()
	if mark.Text() != "GCSC norm 5" || mark.AttrOr("href", "") != "#edit-4" || a.page().Find("#edit-4 a[href='#"+mark.AttrOr("id", "")+"']").Length() != 1 {
		t.Errorf("marked is %q, which leads to %q", mark.Text(), mark.AttrOr("href", ""))
	}
	a.button(h, "Accept edit 3 and its 1 line of citations").leads(http.StatusSeeOther, desk+"?place=95#edit-5")
	h.get(desk).has("main", "2 of 7 edits are decided").has("#edit-4", "accepted by Ada reviewer").has(".cited-here.accepted", "Paris Call principles 1 and 5")
	h.get(desk).button(h, "Take the decision on edit 4 back").status(http.StatusSeeOther)
	bad := h.get(desk).button(h, "Accept the line, with 5 of “GCSC norm 5” meaning this", "choice_4_2", "gcsc/5", "why_4_2", "").status(http.StatusUnprocessableEntity)
	bad.has("#field-why-4-2-problem", "say why").has("#errors", "Why a number of edit 4 means that").has("details[open] input[checked][value='gcsc/5']", "")
	h.get(desk).button(h, "Accept the line, with 5 of “GCSC norm 5” meaning this", "choice_4_2", "gcsc/5", "why_4_2", "The final report").
		leads(http.StatusSeeOther, desk+"?place=0#edit-4")
	h.get(desk).has("#edit-4", "Means gcsc/5: The final report").has(".cited-here.corrected", "GCSC norm 5")
	h.get(desk).button(h, "Reject edit 6", "code_6", "not_evidence", "note_6", "No agreement").leads(http.StatusSeeOther, desk+"?place=190#edit-7")
	for _, n := range []string{"1", "2", "5", "7"} {
		h.get(desk).button(h, "Accept edit "+n).status(http.StatusSeeOther)
	}
	h.get(desk).has("main", "7 of 7 edits are decided").lacks(".card .way")
	h.get(href.Proposal(id)).button(h, "Apply what is accepted").status(http.StatusSeeOther)
	published := h.get(desk).has("#edit-4", "Applied with changeset").page().Find("#edit-4 .tool").AttrOr("href", "")
	published, place, _ := strings.Cut(published, "#")
	text := h.get(published).status(http.StatusOK).has("#"+place, "Paris Call principles 1 and 5")
	if n := text.page().Find(".cited-here").Length(); n != 3 {
		t.Errorf("%d places are marked in the text", n)
	}
}

// What was read can be grouped otherwise and read otherwise, by plain forms, and
// what was typed stays when a form is not taken.
func TestALineIsGroupedAndCitedOtherwise(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	line := href.ProposalRegroup(id, 7)
	h.get(desk).button(h, "Merge edit 5 and 2 edits that name it with edit 3").leads(http.StatusSeeOther, desk+"?place=0#edit-5")
	h.get(desk).has("#edit-6 .hint", "for We run a help desk").has("#edit-5", "taken out")
	a := h.get(line).status(http.StatusOK).has("main label", "Numbers cited in “Paris Call principle 1”")
	edit := []string{"position", "7", "edit_version", "2", "seen", "0"}
	h.post(line, append(edit, "do", "split", "new_title", "", "new_place", "8")...).status(http.StatusUnprocessableEntity).has("#field-new-title-problem", "is missing")
	h.post(line, append(edit, "do", "split", "new_title", "Teachers", "new_place", "800")...).status(http.StatusUnprocessableEntity).has("input[name=new_title]", "").
		has("#field-new-place-problem", "number of a line")
	if a.page().Find("input[name=new_place]").AttrOr("value", "") == "" {
		t.Error("no line is suggested with which the new initiative begins")
	}
	h.post(line, append(edit, "do", "split", "new_title", "Teachers", "new_place", "7")...).status(http.StatusSeeOther)
	h.get(desk).has("#edit-8 h3", "Teachers").has("#edit-7 .hint", "for Teachers")
	h.post(line, append(edit, "do", "move", "into", "microsoft-newsguard")...).status(http.StatusConflict).has("main", "changed edit 7 since you read it")
	edit[3] = "3"
	h.post(line, append(edit, "do", "recite", "agreement_1", "paris-call", "labels_1", "1, 99")...).status(http.StatusSeeOther)
	h.get(desk).has("#edit-7", "99").has("#edit-7 .state", "out of range")
	h.post(line, "position", "7", "edit_version", "4", "seen", "0", "do", "move", "into", "microsoft-newsguard").status(http.StatusSeeOther)
	h.get(desk).has("#edit-7 .hint a[href='/initiatives/microsoft-newsguard']", "NewsGuard").has("#edit-7 a", "Move, split or correct")
	h.get(line).has("main .lede", "NewsGuard").has("h1", "Move, split or correct edit 7")
	h.signIn(account.Editor)
	h.get(desk).lacks(".card form")
	h.post(desk, "do", "merge", "position", "3", "edit_version", "1", "seen", "0", "into", "microsoft-newsguard").status(http.StatusForbidden)
	h.get(href.Proposal(id) + "/text?place=x").status(http.StatusUnprocessableEntity)
}

// Where the words fit another principle than the number says, the card says so
// beside the citation, until somebody says what is meant.
func TestTheDeskHintsAtNumbersThatDoNotFitTheirWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const letter = "# What we do\n\n- We audit makers. Paris Call principle 2 (defend electoral processes).\n\n- We train teachers. (Paris Call principles 1 and 3)\n"
	_, desk := h.imports(h.signIn(account.Contributor), letter)
	h.queries.take()
	a := h.get(desk).has("#edit-4 .readings .quote-hint a[href='"+href.Principle("paris-call/3")+"']", "").has("#edit-4 .quote-hint", "electoral")
	if seen := h.queries.take(); len(seen) > maxStatements {
		t.Errorf("the desk with a hint runs %d statements:\n%s", len(seen), strings.Join(seen, "\n---\n"))
	}
	if n := a.page().Find(".quote-hint").Length(); n != 1 {
		t.Errorf("there are %d hints", n)
	}
	h.signIn(account.Reviewer)
	h.get(desk).button(h, "Reject edit 4", "code_4", "not_evidence", "note_4", "No").status(http.StatusSeeOther)
	h.get(desk).has("#edit-4", "rejected").lacks(".quote-hint")
}

// What a proposal withdraws or decides besides its letter is named on its card.
func TestTheDeskNamesWhatOtherEditsAreAbout(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	by := h.signIn(account.Contributor)
	id, desk := h.imports(by, deskLetter)
	i, err := h.store.Initiative(t.Context(), "microsoft-newsguard")
	if err != nil {
		t.Fatal(err)
	}
	var citation, version int64
	if err := h.pool.QueryRow(t.Context(), "select id, version from citation where resolution = 'ambiguous' order by id limit 1").Scan(&citation, &version); err != nil {
		t.Fatal(err)
	}
	edits := []norms.Edit{norms.Withdraw{Kind: "initiative", Key: i.Slug, Version: i.Version}, norms.ResolveCitation{ID: citation, Version: version, Decision: "set_aside", Note: "unclear"}}
	if _, err := h.store.Propose(t.Context(), by, norms.Staging{Reason: "by the way", Edits: edits, Into: id}); err != nil {
		t.Fatal(err)
	}
	h.get(desk).has("section[aria-labelledby=besides] h3", "The source").has("section[aria-labelledby=elsewhere] #edit-8 .what", i.Title).
		has("#edit-8 .what a[href='/initiatives/microsoft-newsguard']", i.Title).has("#edit-9 .what a[href='"+href.CitationEdit(citation)+"']", "GCSC")
}

// Whoever corrects an edit comes back to where they came from, and what a line cites
// is no list of numbers between bars but a form of its own.
func TestACorrectionLeadsBackToWhereOneCameFrom(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.signIn(account.Reviewer)
	for edit, place := range map[int]int{1: 0, 5: 95, 7: 190} {
		link := h.get(desk).page().Find(fmt.Sprintf("#edit-%d a", edit)).FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(s.Text(), "Correct edit") })
		form := h.get(link.AttrOr("href", "")).status(http.StatusOK)
		back := fmt.Sprintf("%s?place=%d#edit-%d", desk, place, edit)
		form.has("main form a[href='"+back+"']", "")
		h.post(form.page().Find("main form.edit").AttrOr("action", ""), form.typed("decision_note", "As printed")...).leads(http.StatusSeeOther, back)
	}
	line := h.get(href.ProposalEditFormBeside(id, 7, 190)).lacks("[name=references]").lacks("[name=decided]").has("main p a[href='"+href.ProposalRegroup(id, 7)+"']", "Move, split or correct")
	h.post(href.ProposalEditForm(id, 7), line.typed("text", "Paris Call principle 1")...).leads(http.StatusSeeOther, href.ProposalEdit(id, 7))
	h.get(desk).has("#edit-7 .readings .printed", "Paris Call principle 1").has("#edit-7", "accepted as corrected")
	h.get(href.ProposalEditForm(id, 5)).has("main form a[href='"+href.ProposalEdit(id, 5)+"']", "")
}

// People judge words, not code points: where a reference stands is its line.
func TestAProposalShowsNoCodePoints(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, _ := h.imports(h.signIn(account.Contributor), deskLetter)
	shown := h.get(href.Proposal(id)).status(http.StatusOK).has("#edit-4 dl", "GCSC norm 5").has("#edit-4 dl", "line 5").has(".facts", "a document or table that was sent in")
	for _, word := range shown.page().Find("#edit-4 dt").EachIter() {
		switch word.Text() {
		case "Place start", "Place end", "Prefix", "Suffix", "Origin", "Asserter":
			t.Errorf("edit 4 has a field %q", word.Text())
		}
	}
	shown.has("#edit-1 dd", "23 November 2026")
	h.get(href.JSON(href.Proposal(id))).says(`"place_start"`)
	marked, _ := h.imports(h.signIn(account.Contributor), "# Filters\n\n- **Safe Home filter.** We filter names. (Paris Call principle 1)\n")
	if said := h.get(href.Proposal(marked)).has("#edit-4", "Safe Home filter. We filter names.").page().Find("#edit-4").Text(); strings.Contains(said, "**") {
		t.Errorf("a line is shown with its marks: %s", said)
	}
}

// What is no initiative, or was misread, is rejected as that, and what no list has
// is said in words.
func TestAReasonOfOnesOwnIsSaidInWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.signIn(account.Reviewer)
	for n, code := range map[string]string{"5": "not_an_initiative", "6": "misread"} {
		h.get(desk).button(h, "Reject edit "+n, "code_"+n, code, "note_"+n, "").status(http.StatusSeeOther)
	}
	h.get(desk).has("#edit-5", "not an initiative").has("#edit-6", "misread").
		button(h, "Reject edit 3", "code_3", "another_reason", "note_3", "").status(http.StatusUnprocessableEntity).has("#field-note-3-problem", "say in words")
	h.get(desk).button(h, "Reject edit 3", "code_3", "another_reason", "note_3", "It is an advertisement").status(http.StatusSeeOther)
	h.get(desk).has("#edit-3", "another reason. It is an advertisement")
}

// What was made of no text is read on its own page.
func TestAProposalWithoutATextLeadsToItsPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.get(to+"/text").leads(http.StatusSeeOther, to)
	h.get(to).lacks("a[href='" + to + "/text']")
}

// Whoever merges sees what goes along; what others decided about that in the
// meantime is shown beside what was typed, and stays.
func TestAMergeShowsWhatOthersDecidedMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.signIn(account.Reviewer)
	form := h.get(href.ProposalRegroup(id, 3)).has("section[aria-labelledby=along] li", "(Paris Call principles 1 and 5, GCSC norm 5)").has("section[aria-labelledby=along] .candidates", "gcsc@singapore-2018/5")
	card := h.get(desk)
	h.get(desk).button(h, "Reject edit 7", "code_7", "not_evidence", "note_7", "No").status(http.StatusSeeOther)
	h.get(desk).button(h, "Accept edit 4").status(http.StatusSeeOther)
	form.button(h, "Merge", "into", "microsoft-newsguard").status(http.StatusConflict).has("main", "decided about edit 4 since you read it").
		has("section[aria-labelledby=along] .meta", "accepted by Ada reviewer").has("option[value=microsoft-newsguard][selected]", "")
	card.button(h, "Merge edit 5 and 2 edits that name it with edit 3").status(http.StatusSeeOther)
	h.get(desk).has("#edit-7", "rejected").has("#edit-4", "accepted by")
}

// What waits is not for every account: another contributor sees that there is a
// document, and reads it neither there nor through a proposal that names it.
func TestAWaitingTextIsReadByItsSenderAndByEditors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.get(desk).status(http.StatusOK)
	other := h.signIn(account.Contributor)
	const words = "open a school"
	for _, address := range []string{desk, desk + "?place=30", href.ProposalRegroup(id, 3)} {
		if a := h.get(address).status(http.StatusForbidden); strings.Contains(a.page().Find("main").Text(), words) {
			t.Errorf("%s tells what the letter says", address)
		}
	}
	h.get(href.Proposal(id)).status(http.StatusOK).has("main", "A document came with it").lacks("a[href='" + desk + "']")
	sum := sha256.Sum256([]byte(deskLetter))
	stolen := norms.PutSourceText{Source: "loot", FileSHA256: hex.EncodeToString(sum[:])}
	loot := norms.PutSource{Slug: "loot", Title: "Loot", Kind: "contribution", Exhaustiveness: "unknown"}
	const refused = "no file with this SHA-256 was received from you"
	steal := func(st norms.Staging) {
		st.Reason, st.Edits = "curious", []norms.Edit{loot, stolen}
		if _, err := h.store.Propose(t.Context(), other, st); err == nil || !strings.Contains(err.Error(), refused) {
			t.Errorf("proposing to attach it is answered with %v", err)
		}
	}
	steal(norms.Staging{From: "form"})
	steal(norms.Staging{From: "api"})
	own, ownDesk := h.imports(other, "# Ours\n\n- We do something else. (Paris Call principle 2)\n")
	steal(norms.Staging{Into: own})
	change := href.ProposalEditForm(own, 2)
	h.post(change, h.get(change).typed("file_sha256", stolen.FileSHA256)...).status(http.StatusUnprocessableEntity).has("#errors", refused)
	h.get(ownDesk).status(http.StatusOK).has("main", "something else")
	h.signIn(account.Editor)
	h.get(desk).status(http.StatusOK).has("main", words)
}
