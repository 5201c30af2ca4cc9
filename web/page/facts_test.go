package page_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
)

// shown renders a full screen by its name.
func shown(t *testing.T, name string, actor account.Actor) *goquery.Document {
	t.Helper()
	s, ok := screens()[name]
	if !ok {
		t.Fatalf("there is no screen %q", name)
	}
	_, doc := render(t, s.full(frame(actor, s.path)))
	return doc
}

func TestOnlyEditorsSeeEditLinks(t *testing.T) {
	t.Parallel()
	const editing = `a[href$="/edit"], a[href$="/new"], a[href$="/cite"], a[href$="/revert"]`
	for name, least := range map[string]int{"principle": 5, "organization": 4, "initiative": 6, "gaps": 2, "organizations": 1, "initiatives": 1} {
		if got := shown(t, name, editor()).Find(editing).Length(); got < least {
			t.Errorf("%s shows an editor %d edit links, want at least %d", name, got, least)
		}
		if got := shown(t, name, account.Actor{}).Find(editing).Length(); got != 0 {
			t.Errorf("%s shows a visitor %d edit links", name, got)
		}
	}
}

func TestChangesetIsTakenBackOnce(t *testing.T) {
	t.Parallel()
	row := changesetRow()
	_, again := render(t, page.Changeset(frame(editor(), "/changesets/42"), norms.Changeset{ChangesetRow: row}, nil, 0))
	row.RevertedBy = 0
	_, first := render(t, page.Changeset(frame(editor(), "/changesets/42"), norms.Changeset{ChangesetRow: row}, nil, 0))
	if again.Find(`a[href$="/revert"]`).Length() != 0 || first.Find(`a[href$="/revert"]`).Length() != 1 {
		t.Error("a changeset offers to be taken back exactly while it has not been")
	}
}

func TestContributorsLinksAreKeptApart(t *testing.T) {
	t.Parallel()
	doc := shown(t, "principle", account.Actor{})
	own, others := doc.Find("#evidence").Parent(), doc.Find("#beside").Parent()
	if got := own.Find("tbody tr").Length(); got != 1 {
		t.Errorf("%d contributor's links, want 1", got)
	}
	if got := own.Find("q.printed").Text(); got != "Paris Call principles 1 and 5" {
		t.Errorf("the printed reference reads %q", got)
	}
	if got := own.Find(`a[href="/sources/microsoft-bpf-2019"]`).Length(); got != 1 {
		t.Errorf("the source is linked %d times", got)
	}
	if !strings.Contains(own.Text(), "self-reported") || strings.Contains(others.Text(), "self-reported") {
		t.Error("self-reported marks the contributor's links and no others")
	}
	if got := others.Find("tbody tr").Length(); got != 2 {
		t.Errorf("%d links by others, want 2", got)
	}
}

func TestStatesAreWordsAndShapes(t *testing.T) {
	t.Parallel()
	doc := shown(t, "agreement", account.Actor{})
	for selector, want := range map[string]string{".principles .cited": "cited", ".principles .not_reviewed": "not reviewed", ".principles .possibly": "possibly cited"} {
		s := doc.Find(selector).First()
		if got := strings.TrimSpace(s.Text()); got != want {
			t.Errorf("%s reads %q, want %q", selector, got, want)
		}
		if s.Find("svg").Length() != 1 {
			t.Errorf("%s has no shape", selector)
		}
	}
}

func TestDoubtfulFactsAreMarked(t *testing.T) {
	t.Parallel()
	if got := shown(t, "agreement", account.Actor{}).Find("dl.facts .badge.warn").Text(); got != "unverified" {
		t.Errorf("an unverified date carries %q", got)
	}
	if !strings.Contains(shown(t, "source", account.Actor{}).Find(".kicker").Text(), "text not held") {
		t.Error("a source without its text does not say so")
	}
	if !strings.Contains(shown(t, "principle", account.Actor{}).Find(".states").Text(), "our numbering") {
		t.Error("a number of ours does not say so")
	}
}

func TestAdherenceShowsRouteAndEvidence(t *testing.T) {
	t.Parallel()
	rows := shown(t, "organization", account.Actor{}).Find("#adherences").Parent().Find("tbody tr")
	direct, via := rows.Eq(0).Text(), rows.Eq(1).Text()
	for text, where := range map[string]string{"direct": direct, "22 links recorded": direct, "Cybersecurity Tech Accord": via, "none recorded": via} {
		if !strings.Contains(where, text) {
			t.Errorf("the row %q does not say %q", where, text)
		}
	}
}

func TestListsLeadToTheirNextPage(t *testing.T) {
	t.Parallel()
	const want = "/initiatives?principle=paris-call%2F1&q="
	if got := shown(t, "initiatives", account.Actor{}).Find("a[rel=next]").AttrOr("href", ""); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "&cursor=abc%3D") {
		t.Errorf("the next page is %q", got)
	}
}

func TestEmptyStatesSayNoneRecorded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"principle", "initiative", "organizations", "initiatives", "sources"} {
		s := screens()[name]
		_, doc := render(t, s.empty(frame(account.Actor{}, s.path)))
		if !strings.Contains(doc.Find("main").Text(), "None recorded") {
			t.Errorf("the empty page %s does not say that none is recorded", name)
		}
	}
}

func TestErrorSaysWhatWhyAndWhatNext(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503, 418} {
		f := page.NewFailure(t.Context(), status, "")
		if f.Status != status || !said(f.Title) || !said(f.Why) || !said(f.Advice) {
			t.Errorf("status %d lacks words: %+v", status, f)
		}
	}
	if f := page.NewFailure(t.Context(), 404, "no agreement \"x\""); f.Why != "no agreement \"x\"" {
		t.Errorf("the error's own words are lost: %q", f.Why)
	}
}

// said tells a text from nothing and from an id without a message.
func said(text string) bool { return strings.Contains(text, " ") }
