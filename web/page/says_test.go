package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

func statementRows() []norms.StatementRow {
	one := norms.StatementRow{ID: 5, Kind: "tension", Stance: "qualified", Title: "One rule for all " + nasty, Summary: nasty,
		Element: "rights", ElementTitle: titles["rights"], Agreement: "paris-call", AgreementTitle: "Paris Call", Principle: "paris-call/6",
		PrincipleName: "Paris Call principle 6", PrincipleTitle: nasty, Organization: "microsoft", OrganizationName: "Microsoft " + nasty,
		Question: 6, Quote: "a “one-size-fits-all” " + nasty, Source: "microsoft-bpf-2019", SourceTitle: "A letter " + nasty, Place: "line 120 " + nasty, Version: 3}
	other := norms.StatementRow{ID: 6, Kind: "position", Stance: "neutral", Title: "Nothing much", Summary: "It says little.", Element: "rights",
		ElementTitle: titles["rights"], Organization: "microsoft", OrganizationName: "Microsoft", Source: "microsoft-bpf-2019", SourceTitle: "A letter"}
	return []norms.StatementRow{one, other}
}

func crosswalkRows() []norms.CrosswalkRow {
	one := norms.CrosswalkRow{ID: 7, Subject: "paris-call/6", SubjectName: "Paris Call principle 6", SubjectTitle: nasty, SubjectAgreement: "paris-call",
		SubjectAgreementTitle: "Paris Call", Relation: "subset_of", Object: "gcsc/6", ObjectName: "GCSC norm 6", ObjectTitle: nasty, ObjectAgreement: "gcsc",
		ObjectAgreementTitle: "GCSC", RationaleKind: "semantic", Rationale: nasty, Origin: "curator", Confidence: "known"}
	two := one
	two.ID, two.Object, two.ObjectName, two.Relation, two.Confidence = 8, "gcsc/7", "GCSC norm 7", "no_relationship", "unverified"
	two.Origin, two.Asserter, two.AsserterName, two.Source, two.SourceTitle, two.Place = "third_party", "watch", "Watchdog "+nasty, "letter", nasty, "page 2"
	turned := one.Turn()
	turned.ID = 9
	return []norms.CrosswalkRow{one, two, turned}
}

func cocitationRows() []norms.CocitationRow {
	return []norms.CocitationRow{{Subject: "paris-call/6", SubjectName: "Paris Call principle 6", SubjectTitle: nasty, SubjectAgreement: "paris-call",
		Object: "tech-accord/1", ObjectName: "Tech Accord principle 1", ObjectTitle: nasty, ObjectAgreement: "tech-accord", Initiatives: 1234}}
}

func addSaid(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	choices := map[string][]norms.Choice{}
	for _, kind := range []string{"element", "agreement", "organization", "source"} {
		choices[kind] = []norms.Choice{{Kind: kind, Slug: "paris-call", Title: nasty}}
	}
	pair := norms.PairFilter{Agreements: []string{"paris-call", "gcsc"}, Principle: "paris-call/6"}
	more := list(crosswalkRows()[:2]...)
	more.Next = new("next")
	e, f := of(page.Statements, page.StatementList{List: list(statementRows()...), Choices: choices,
		Filter: norms.StatementFilter{Kind: "tension", Stance: "for", Agreement: "paris-call", Principle: "paris-call/6", Question: "6"}})
	add("statements", "/statements", e, f)
	e, f = of(page.Statement, statementRows()[0])
	add("statement", "/statements/5", e, f)
	e, f = of(page.Crosswalk, page.CrosswalkList{List: more, Filter: norms.CrosswalkFilter{PairFilter: pair, Relation: "equal", Origin: "curator"},
		Cited: list(cocitationRows()...), Agreements: choices["agreement"]})
	add("crosswalk", "/crosswalk", e, f)
	e, f = of(page.CitedTogether, page.CocitationList{List: list(cocitationRows()...), Filter: pair, Agreements: choices["agreement"]})
	add("cited together", "/crosswalk/cited-together", e, f)
}

// The two agreements of the filter are told apart, and rows stand below the
// pair that they belong to.
func TestCrosswalkByPairs(t *testing.T) {
	t.Parallel()
	rows := crosswalkRows()
	l := page.CrosswalkList{List: list(rows...), Filter: norms.CrosswalkFilter{PairFilter: norms.PairFilter{Agreements: []string{"paris-call", "gcsc"}}},
		Agreements: []norms.Choice{{Slug: "paris-call", Title: "Paris Call"}, {Slug: "gcsc", Title: "GCSC"}}}
	_, doc := render(t, page.Crosswalk(frame(account.Actor{}, "/crosswalk"), l))
	text := func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
	pairs := strings.Join(doc.Find("main h2").Map(text), ", ")
	if pairs != "Paris Call and GCSC, GCSC and Paris Call, Cited together" {
		t.Errorf("headings: %s", pairs)
	}
	if n := doc.Find("main table").First().Find("tbody tr").Length(); n != 2 {
		t.Errorf("%d rows below the first pair, want 2", n)
	}
	chosen := strings.Join(doc.Find("select[name=agreement] option[selected]").Map(text), ", ")
	if chosen != "Paris Call, GCSC" {
		t.Errorf("chosen are %s", chosen)
	}
	if got := l.Address(); got != "/crosswalk?agreement=paris-call&agreement=gcsc" {
		t.Errorf("address %s", got)
	}
}

// Where others may be cited with a principle than those that its page shows, it
// says so.
func TestAPageSaysThatMoreMayBeCitedTogether(t *testing.T) {
	t.Parallel()
	for rows, says := range map[int]bool{norms.CitedShown - 1: false, norms.CitedShown: true} {
		p := norms.Principle{PrincipleRow: principleRows()[2], CitedWith: slices.Repeat(cocitationRows(), rows)}
		_, doc := render(t, page.Principle(ui.Frame{}, p))
		if got := strings.Contains(doc.Find("section[aria-labelledby=cited-with]").Text(), "There may be more"); got != says {
			t.Errorf("of %d: %v, want %v", rows, got, says)
		}
	}
}
