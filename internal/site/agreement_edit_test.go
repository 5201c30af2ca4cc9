package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// submit sends a form with changes and follows where it leads.
func (h *house) submit(form, to string, changes ...string) answer {
	h.t.Helper()
	h.post(form, h.get(form).status(http.StatusOK).typed(changes...)...).leads(http.StatusSeeOther, to)
	path, _, _ := strings.Cut(to, "#")
	return h.get(path).status(http.StatusOK)
}

// harborCall makes an agreement with an edition of ten principles by forms.
func (h *house) harborCall() {
	h.t.Helper()
	h.submit("/agreements/new", "/agreements/harbor-call", "title", "Harbor Call for Quiet Networks", "short_title", "Harbor Call", "legal_nature", "voluntary_commitment",
		"space", "between_stakeholder_groups", "convener", "Port of Nowhere", "aliases", "Quiet Call\r\n\r\nHarbour Call", "url", "https://example.org/harbor",
		"summary", "Ports pledge.", "reason", "New text")
	h.submit("/agreements/harbor-call/editions/new", "/agreements/harbor-call/editions/2024-05", "title", "Harbor Call 2024", "noun", "principle",
		"published_on", "May 2024", "reason", "Its first text")
	const list = "/agreements/harbor-call/editions/2024-05/principles/new/list"
	lines := []string{"1. Keep quiet", "2) Keep calm", "3\tMind the gap", "4 | Sound no horn"}
	for n := 5; n <= 10; n++ {
		lines = append(lines, fmt.Sprintf("%d | Rule %d", n, n))
	}
	read := h.post(list, h.get(list).typed("list", strings.Join(lines, "\r\n"), "reason", "As printed", "step", "read")...).status(http.StatusOK)
	read.has(".understood", "10 principles would be added").has(".understood", "Sound no horn").has(".understood", "Keep calm")
	if n := len(h.agreement("harbor-call").Principles); n != 0 {
		h.t.Fatalf("reading a list recorded %d principles", n)
	}
	h.post(list, read.typed("step", "save")...).leads(http.StatusSeeOther, "/agreements/harbor-call/editions/2024-05#principles")
}

func TestAgreementIsMadeByFormsAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.harborCall()
	a := h.agreement("harbor-call")
	got := norms.PutAgreement{Version: a.Version, Slug: a.Slug, Title: a.Title, ShortTitle: a.ShortTitle, LegalNature: a.LegalNature, Space: a.Space,
		Convener: a.Convener, URL: a.URL, Summary: a.Summary, Aliases: a.Aliases}
	want := norms.PutAgreement{Version: 2, Slug: "harbor-call", Title: "Harbor Call for Quiet Networks", ShortTitle: "Harbor Call", LegalNature: "voluntary_commitment",
		Space: "between_stakeholder_groups", Convener: "Port of Nowhere", URL: "https://example.org/harbor", Summary: "Ports pledge.", Aliases: []string{"Harbour Call", "Quiet Call"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(a.Editions) != 1 || !a.Editions[0].Current || a.Editions[0].PublishedOn != "2024-05" || len(a.Principles) != 10 || a.Principles[3].Title != "Sound no horn" {
		t.Errorf("the editions are %+v with %d principles", a.Editions, len(a.Principles))
	}

	numbering := h.get("/agreements/harbor-call/numberings/new").status(http.StatusOK)
	if labels := numbering.page().Find("textarea[name=labels]").Text(); !strings.Contains(labels, "7 | harbor-call@2024-05/7") {
		t.Errorf("a new numbering begins with %q", labels)
	}
	h.submit("/agreements/harbor-call/numberings/new", "/agreements/harbor-call#numberings", "title", "Text order", "basis", "printed",
		"labels", "1 | 1\n2\tharbor-call/2\niii | harbor-call@2024-05/3", "from", "1 May 2024", "reason", "r")
	h.submit("/agreements/harbor-call/events/new", "/agreements/harbor-call#events", "kind", "launched", "on", "2 May 2024", "title", "Opened", "source", "microsoft-bpf-2019", "reason", "r").
		has(".events", "Opened").has(".events", "2 May 2024").has(".events", "Microsoft contribution")
	h.submit("/sources/new", "/sources/port-letter", "title", "Port letter", "kind", "contribution", "published_on", "June 2024", "exhaustiveness", "unknown", "reason", "r").
		has(".notice", "Saved")
	h.citesHarborCall()
}

// citesHarborCall reports an initiative that cites the Quiet Call, and looks
// how that was resolved.
func (h *house) citesHarborCall() {
	h.t.Helper()
	h.submit("/initiatives/new", "/initiatives/night-watch", "title", "Night watch", "kind", "programme", "organization", "microsoft", "reported_by", "microsoft",
		"status", "ongoing", "source", "port-letter", "reason", "r")
	const cite = "/initiatives/night-watch/cite"
	read := h.post(cite, h.get(cite).typed("text", "(Quiet Call principle 2)", "reason", "r", "step", "read")...).status(http.StatusOK)
	h.post(cite, read.typed("step", "save")...).leads(http.StatusSeeOther, "/initiatives/night-watch")
	h.get("/initiatives/night-watch").has("main table", "Harbor Call principle 2")
	h.get("/agreements/harbor-call/principles/2").has("main table", "Night watch")
}

func TestListOfPrinciplesSaysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.harborCall()
	const list = "/agreements/harbor-call/editions/2024-05/principles/new/list"
	form := h.get(list).typed("list", "11 | Kept\nno number here\n12 |\n11. Again\nnew | Taken word", "step", "save")
	a := h.post(list, form...).status(http.StatusUnprocessableEntity)
	a.has("#errors", "line 2: write the number, a bar and the title").has("#errors", "line 3: write the number").
		has("#errors", "line 4: the number 11 stands there twice").has("#errors", "line 5: \"new\" is an address of the site itself").has("textarea[name=list]", "11 | Kept")
	h.post(list, h.get(list).typed("list", " ", "step", "save", "reason", "r")...).status(http.StatusUnprocessableEntity).has("#field-list-problem", "is empty")
	many := strings.Repeat("a | b\n", 301)
	h.post(list, h.get(list).typed("list", many, "step", "read")...).status(http.StatusUnprocessableEntity).has("#field-list-problem", "has 301 lines; at most 300")

	read := h.post(list, h.get(list).typed("list", "10 | Another title\n11 | Added", "reason", "r", "step", "read")...).status(http.StatusOK)
	read.has(".understood", "1 principle would be added").has(".understood", "left alone, recorded as Rule 10")
	h.post(list, read.typed("step", "save", "reason", "")...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post(list, read.typed("step", "save", "list", "11 | Something else")...).status(http.StatusConflict).has(".problem", "not what was shown before").has(".understood", "Something else")
	h.submit("/agreements/harbor-call/editions/2024-05/principles/new", "/agreements/harbor-call/editions/2024-05/principles/11", "number", "11", "title", "Meanwhile", "reason", "r")
	h.post(list, read.typed("step", "save")...).status(http.StatusConflict).has(".understood", "left alone, recorded as Meanwhile")
	if n := len(h.agreement("harbor-call").Principles); n != 11 {
		t.Errorf("%d principles are recorded, want 11", n)
	}
}

func TestPrincipleIsAddedAndChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.harborCall()
	const add = "/agreements/harbor-call/editions/2024-05/principles/new"
	form := h.get(add).status(http.StatusOK).typed("number", "13 (f)", "title", "Lamps", "summary", "Lit.", "obligation", "recommended",
		"applicability", "At night", "our_numbering", "true", "reason", "r")
	form = append(form, "addressees", "states", "addressees", "developers")
	h.post(add, form...).leads(http.StatusSeeOther, "/agreements/harbor-call/editions/2024-05/principles/13-f")
	edit := "/agreements/harbor-call/principles/13-f/edit"
	h.submit(edit, "/agreements/harbor-call/editions/2024-05/principles/13-f", "title", "Lanterns", "reason", "r").has("h1", "Lanterns")
	p, err := h.store.Principle(t.Context(), norms.Ref{Agreement: "harbor-call", Label: "13-f"}, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]norms.Addressee{"states", "developers"}, p.Addressees); diff != "" {
		t.Error(diff)
	}
	if p.Number != "13 (f)" || p.Title != "Lanterns" || p.Summary != "Lit." || p.Obligation != "recommended" || p.Applicability != "At night" || !p.OurNumbering || p.Position != 11 {
		t.Errorf("recorded is %+v", p)
	}
	h.post(add, h.get(add).typed("number", "13(F)", "title", "Same label", "reason", "r")...).status(http.StatusConflict).has("#field-number-problem", "is already recorded")
}

func TestCurrentEditionGivesWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.harborCall()
	h.submit("/agreements/harbor-call/editions/new", "/agreements/harbor-call/editions/2025", "title", "Harbor Call 2025", "noun", "principle", "published_on", "2025",
		"current", "true", "reason", "r").has(".notice", "Harbor Call 2024 is an earlier edition now")
	for _, e := range h.agreement("harbor-call").Editions {
		if want := e.Slug == "2025"; e.Current != want {
			t.Errorf("edition %s: current %v, want %v", e.Slug, e.Current, want)
		}
	}
	if c := h.changeset(); len(c.Changes) != 2 {
		t.Errorf("the changeset has %d rows, want both editions", len(c.Changes))
	}
}
