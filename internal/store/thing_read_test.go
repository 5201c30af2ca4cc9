package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/browse"
	"normmap/internal/store/naming"
)

func TestFiguresOfTheFoundingLetter(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	want := norms.Stats{Agreements: 14, Editions: 22, Principles: 187, Organizations: 2, Initiatives: 17, References: 29,
		Citations: 38, Links: 34, Unresolved: 4, Revision: 1}
	start := read[norms.Start](t)(s.Start(t.Context()))
	if d := cmp.Diff(want, start.Stats); d != "" {
		t.Error(d)
	}
	links := 0
	for _, a := range start.Agreements {
		links += a.Links
	}
	if links != want.Links || len(start.Agreements) != want.Agreements || len(start.Recent) != 1 {
		t.Errorf("agreements add up to %d links; start has %d agreements and %d changes", links, len(start.Agreements), len(start.Recent))
	}
}

func TestOnlyContributorsLinksToCurrentEditionsCount(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by, ctx := editor(t, pool), t.Context()
	apply(t, s, by, aLink("paris-call/4"))
	p := read[norms.Principle](t)(s.Principle(ctx, norms.Ref{Agreement: "paris-call", Label: "4"}, norms.Page{}))
	if p.Links != 0 || p.CuratorLinks != 1 || len(p.Evidence) != 1 || p.Evidence[0].PrincipleName != "Paris Call principle 4" {
		t.Errorf("a curator's link gives %d links, %d beside, evidence %+v", p.Links, p.CuratorLinks, p.Evidence)
	}
	c := read[norms.List[norms.CitationRow]](t)(s.Citations(ctx, norms.CitationFilter{Resolution: "ambiguous"}, norms.Page{})).Items[0]
	apply(t, s, by, norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "resolve", Principle: "gcsc@singapore-2018/5", Note: "the package"})
	stats := read[norms.Stats](t)(s.Stats(ctx))
	if stats.Links != 34 || stats.Unresolved != 3 {
		t.Errorf("a link to an edition that is not current gives %d links and %d unresolved, want 34 and 3", stats.Links, stats.Unresolved)
	}
	old := read[norms.Principle](t)(s.Principle(ctx, norms.Ref{Agreement: "gcsc", Edition: "singapore-2018", Label: "5"}, norms.Page{}))
	if old.Links != 1 || old.Evidence[0].Current || old.Evidence[0].Reference != c.Reference || old.Evidence[0].Citation != c.ID {
		t.Errorf("its own page has %d links: %+v", old.Links, old.Evidence)
	}
}

func TestPrinciplePage(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	ctx := t.Context()
	p := read[norms.Principle](t)(s.Principle(ctx, norms.Ref{Agreement: "paris-call", Label: "1"}, norms.Page{}))
	if p.Name() != "Paris Call principle 1" || p.Links != 10 || len(p.Evidence) != 10 || p.State() != "cited" || p.Previous != nil || p.Next.Ref != "paris-call/2" {
		t.Errorf("got %s with %d links, %d of them shown; between %v and %v", p.Name(), p.Links, len(p.Evidence), p.Previous, p.Next)
	}
	p = read[norms.Principle](t)(s.Principle(ctx, norms.Ref{Agreement: "gcsc", Edition: "final-2019", Label: "6"}, norms.Page{}))
	var elsewhere []string
	for _, e := range p.Elsewhere {
		elsewhere = append(elsewhere, e.Ref)
	}
	if p.Ref != "gcsc/6" || p.PossiblyCited != 2 || len(p.Possibly) != 2 || len(p.Labels) != 2 || fmt.Sprint(elsewhere) != "[gcsc@singapore-2018/6]" {
		t.Errorf("%s: possibly cited %d, labels %v, elsewhere %v", p.Ref, p.PossiblyCited, p.Labels, elsewhere)
	}
	want := []string{"gcsc/5", "gcsc/6", "gcsc@singapore-2018/5"}
	for i, c := range p.Possibly[0].Candidates {
		if c.Principle != want[i] || c.Reason == "" || c.Title == "" {
			t.Errorf("candidate %d is %+v, want %s", i, c, want[i])
		}
	}
}

func TestUnqualifiedLabelOfSeveralProgrammes(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	_, err := s.Principle(t.Context(), norms.Ref{Agreement: "manrs", Label: "1"}, norms.Page{})
	wantKind(t, "manrs/1", err, norms.NotFound)
	choices := read[[]norms.PrincipleRow](t)(s.PrincipleChoices(t.Context(), "manrs", "1"))
	if len(choices) != 4 || choices[0].Ref != "manrs@network-operators/1" {
		t.Errorf("choices %+v", choices)
	}
	if none := read[[]norms.PrincipleRow](t)(s.PrincipleChoices(t.Context(), "manrs", "99")); len(none) != 0 {
		t.Errorf("choices for a label that is not there: %v", none)
	}
}

func TestAgreementAndEditionPages(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	a := read[norms.Agreement](t)(s.Agreement(t.Context(), "gcsc"))
	if len(a.Editions) != 4 || !a.Editions[3].Current || len(a.Principles) != 8 || len(a.Numberings) != 4 || a.Unresolved != 4 ||
		a.PublishedOn != "2017-11" || len(a.Adherences) != 1 || len(a.Numberings[0].Labels) == 0 || len(a.Facts) == 0 {
		t.Errorf("gcsc: %+v", a)
	}
	if a := read[norms.Agreement](t)(s.Agreement(t.Context(), "tech-accord")); a.Collective != "cybersecurity-tech-accord" {
		t.Errorf("the body of the Tech Accord is %q", a.Collective)
	}
	e := read[norms.Edition](t)(s.Edition(t.Context(), "gcsc", "singapore-2018"))
	if e.Current || e.AgreementTitle != "GCSC" || len(e.Principles) != 6 || e.PrincipleCount != 6 || len(e.Numberings) != 2 {
		t.Errorf("Singapore package: %+v", e)
	}
	_, err := s.Edition(t.Context(), "gcsc", "nothing")
	wantKind(t, "an edition that is not there", err, norms.NotFound)
	readings := read[[]norms.LabelReading](t)(s.Readings(t.Context(), browse.CitedLabel{Agreement: "gcsc", Label: " 5 "}))
	if r, candidates := norms.ResolveLabel("", readings); r != norms.Ambiguous || len(candidates) != 3 {
		t.Errorf("GCSC 5 reads as %s with %v", r, candidates)
	}
	names := read[int](t)(func() (int, error) { n, err := s.Names(t.Context()); return len(n), err }())
	if names < 10 {
		t.Errorf("%d names of agreements", names)
	}
}

func TestOrganizationPage(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	o := read[norms.Organization](t)(s.Organization(t.Context(), "microsoft"))
	var paris, manrs []string
	for _, a := range o.Adherences {
		line := fmt.Sprintf("%s via %q with %d", a.Relation, a.Via, a.Links)
		switch a.Agreement {
		case "paris-call":
			paris = append(paris, line)
		case "manrs":
			manrs = append(manrs, line)
		}
	}
	if len(paris) != 2 || !strings.Contains(fmt.Sprint(paris), `via "cybersecurity-tech-accord" with 22`) {
		t.Errorf("Microsoft and the Paris Call: %q", paris)
	}
	if len(manrs) == 0 || manrs[0] != `endorsed via "" with 0` {
		t.Errorf("Microsoft and MANRS: %q, want endorsed, none recorded", manrs)
	}
	if len(o.Initiatives) != 17 || o.InitiativeCount != 17 || o.Links != 34 || len(o.Sources) == 0 {
		t.Errorf("%d initiatives, counted %d, with %d links, %d sources", len(o.Initiatives), o.InitiativeCount, o.Links, len(o.Sources))
	}
}

func TestInitiativeAndSourcePages(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	i := read[norms.Initiative](t)(s.Initiative(t.Context(), "microsoft-cvd-policy"))
	if len(i.Lines) != 1 || len(i.Lines[0].References) != 3 || i.Lines[0].References[2].Citations[0].Resolution != norms.Ambiguous ||
		len(i.Evidence) != 2 || i.Unresolved != 1 || fmt.Sprint(i.Principles) != "[paris-call/1 tech-accord/1]" {
		t.Errorf("%+v", i)
	}
	parts := 0
	for _, row := range read[norms.List[norms.InitiativeRow]](t)(s.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{})).Items {
		parts += len(read[norms.Initiative](t)(s.Initiative(t.Context(), row.Slug)).Parts)
	}
	if parts != 4 {
		t.Errorf("%d parts of initiatives, want 4", parts)
	}
	src := read[norms.Source](t)(s.Source(t.Context(), "microsoft-bpf-2019"))
	citations := 0
	for _, l := range src.Lines {
		for _, r := range l.References {
			citations += len(r.Citations)
		}
	}
	if len(src.Lines) != 13 || src.ReferenceCount != 29 || src.CitationCount != 38 || citations != 38 || src.TextHeld ||
		src.InitiativeCount != 17 || len(src.Initiatives) != 17 || len(src.Adherences) == 0 || src.SHA256 == "" || len(src.Facts) < src.FactCount {
		t.Errorf("%d lines, %d references, %d citations, %d initiatives", len(src.Lines), src.ReferenceCount, citations, len(src.Initiatives))
	}
}

func TestMovedWithdrawnAndUnknown(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ctx := t.Context()
	by := addAccount(t, s, account.Admin).Actor()
	done := apply(t, s, by, newInitiative("short-lived"), norms.PutLink{Initiative: "short-lived", Principle: "paris-call/8", Relation: "supports", Origin: "curator", Rationale: "r"})
	gone := apply(t, s, by, norms.Revert{Changeset: done.Revision})
	_, err := s.Initiative(ctx, "short-lived")
	wantKind(t, "a withdrawn initiative", err, norms.Gone)
	if want := fmt.Sprintf("changeset %d", gone.Revision); !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not name %s", err, want)
	}
	_, err = s.Link(ctx, done.IDs[1])
	wantKind(t, "a withdrawn link", err, norms.Gone)
	_, err = s.Link(ctx, done.IDs[1]+1000)
	wantKind(t, "an unknown link", err, norms.NotFound)
	_, err = s.Adherence(ctx, 99999)
	wantKind(t, "an unknown adherence", err, norms.NotFound)
	_, err = s.Changeset(ctx, 99999, norms.Page{})
	wantKind(t, "an unknown changeset", err, norms.NotFound)
	_, err = s.Source(ctx, "nothing")
	wantKind(t, "an unknown source", err, norms.NotFound)

	rewrite(t, pool, `update agreement set slug = 'appel-de-paris', version = (select max(id) from changeset) where slug = 'paris-call'`)
	reads := map[string]func() error{
		"agreement": func() error { _, err := s.Agreement(ctx, "paris-call"); return err },
		"edition":   func() error { _, err := s.Edition(ctx, "paris-call", "2018"); return err },
		"principle": func() error {
			_, err := s.Principle(ctx, norms.Ref{Agreement: "paris-call", Label: "1"}, norms.Page{})
			return err
		},
		"history": func() error { _, err := s.History(ctx, "agreement", "paris-call", norms.Page{}); return err },
	}
	for name, f := range reads {
		moved, ok := errors.AsType[*naming.MovedError](f())
		if !ok || moved.Kind != "agreement" || moved.Slug != "appel-de-paris" {
			t.Errorf("%s at an old address: %v", name, moved)
		}
	}
}
