package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// muchAbout adds what may be recorded about one principle and one organization.
const muchAbout = `
insert into organization (slug, name, kind, stakeholder_group, version)
select 'many-' || g, 'Organization ' || g, 'body', 'private_sector', # from generate_series(1, 12) g;
insert into cell_review (principle_id, organization_id, account_id, reviewed_on, note, version)
select p.id, o.id, w.id, '2026', 'Looked in the annual report.', # from principle_name p, organization o, account w
where p.ref = 'paris-call/1' and o.slug like 'many-%' or p.id <= 12 and o.slug = 'microsoft' and p.ref <> 'paris-call/1';
insert into addressee_ruling (principle_id, organization_id, outside, rationale, version)
select principle_id, organization_id, true, 'The text says so.', # from cell_review;
insert into statement (kind, title, principle_id, organization_id, stance, summary, source_id, version)
select 'position', 'Position ' || g, p.id, o.id, 'for', 'A position.', s.id, # from principle_name p, organization o, source s, generate_series(1, 12) g
where p.ref = 'paris-call/1' and o.slug = 'microsoft' and s.slug = 'microsoft-bpf-2019';
insert into crosswalk (subject_id, relation, object_id, rationale_kind, rationale, origin, confidence, version)
select p.id, 'equal', o.id, 'semantic', 'Both ask for it.', 'curator', 'known', # from principle_name p, principle_name o
where p.ref = 'paris-call/1' and o.agreement <> p.agreement and not exists (select from crosswalk x where p.id in (x.subject_id, x.object_id) and o.id in (x.subject_id, x.object_id))
order by o.id limit 12;
insert into citation (reference_id, position, label, resolution, version) select min(reference_id), 3000 + g, '1', 'ambiguous', # from citation, generate_series(1, 30) g group by g;
insert into citation_candidate (citation_id, position, principle_id, reason)
select c.id, 1, p.id, 'The number fits.' from citation c, principle_name p where c.position > 3000 and p.ref = 'paris-call/1'`

// Page by page a list of a thing has every row once, whatever else is there.
func TestListsOfAThingPageByPage(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	editor(t, pool)
	rewrite(t, pool, versioned.Replace(muchAbout))
	ctx := t.Context()
	organization := func(at norms.PartPage) (norms.Organization, error) { return s.OrganizationAt(ctx, "microsoft", at) }
	source := func(at norms.PartPage) (norms.Source, error) { return s.SourceAt(ctx, "microsoft-bpf-2019", at) }
	agreement := func(at norms.PartPage) (norms.Agreement, error) { return s.AgreementAt(ctx, "paris-call", at) }
	principle := func(at norms.PartPage) (norms.Principle, error) {
		p, _, err := s.SolePrinciple(ctx, norms.Ref{Agreement: "paris-call", Label: "1"}, at)
		return p, err
	}
	for _, c := range []struct {
		of, part string
		read     func(norms.PartPage) (names []string, m norms.Parts, err error)
	}{
		{"organization", "initiatives", partRead(organization, func(o norms.Organization) ([]string, norms.Parts) {
			return named(o.Initiatives, func(i norms.InitiativeRow) string { return i.Slug }), o.More
		})},
		{"organization", "sources", partRead(organization, func(o norms.Organization) ([]string, norms.Parts) {
			return named(o.Sources, func(r norms.SourceRow) string { return r.Slug }), o.More
		})},
		{"organization", "statements", partRead(organization, func(o norms.Organization) ([]string, norms.Parts) {
			return named(o.Statements, func(r norms.StatementRow) string { return fmt.Sprint(r.ID) }), o.More
		})},
		{"source", "lines", partRead(source, func(d norms.Source) ([]string, norms.Parts) {
			return named(d.Lines, func(l norms.CitationLine) string { return fmt.Sprint(l.ID) }), d.More
		})},
		{"source", "initiatives", partRead(source, func(d norms.Source) ([]string, norms.Parts) {
			return named(d.Initiatives, func(i norms.InitiativeRow) string { return i.Slug }), d.More
		})},
		{"source", "adherences", partRead(source, func(d norms.Source) ([]string, norms.Parts) {
			return named(d.Adherences, func(r norms.AdherenceRow) string { return fmt.Sprint(r.ID) }), d.More
		})},
		{"source", "facts", partRead(source, func(d norms.Source) ([]string, norms.Parts) {
			return named(d.Facts, func(r norms.FactRow) string { return fmt.Sprint(r.ID) }), d.More
		})},
		{"source", "statements", partRead(source, func(d norms.Source) ([]string, norms.Parts) {
			return named(d.Statements, func(r norms.StatementRow) string { return fmt.Sprint(r.ID) }), d.More
		})},
		{"agreement", "adherences", partRead(agreement, func(a norms.Agreement) ([]string, norms.Parts) {
			return named(a.Adherences, func(r norms.AdherenceRow) string { return fmt.Sprint(r.ID) }), a.More
		})},
		{"agreement", "statements", partRead(agreement, func(a norms.Agreement) ([]string, norms.Parts) {
			return named(a.Statements, func(r norms.StatementRow) string { return fmt.Sprint(r.ID) }), a.More
		})},
		{"organization", "reviews", partRead(organization, func(o norms.Organization) ([]string, norms.Parts) {
			return named(o.Cells.Reviews, func(r norms.CellReviewRow) string { return r.Principle }), o.More
		})},
		{"organization", "rulings", partRead(organization, func(o norms.Organization) ([]string, norms.Parts) {
			return named(o.Cells.Rulings, func(r norms.RulingRow) string { return r.Principle }), o.More
		})},
		{"principle", "statements", partRead(principle, func(p norms.Principle) ([]string, norms.Parts) {
			return named(p.Statements, func(r norms.StatementRow) string { return fmt.Sprint(r.ID) }), p.More
		})},
		{"principle", "alike", partRead(principle, func(p norms.Principle) ([]string, norms.Parts) {
			return named(p.Alike, func(r norms.CrosswalkRow) string { return fmt.Sprint(r.ID) }), p.More
		})},
		{"principle", "reviews", partRead(principle, func(p norms.Principle) ([]string, norms.Parts) {
			return named(p.Cells.Reviews, func(r norms.CellReviewRow) string { return r.Organization }), p.More
		})},
		{"principle", "rulings", partRead(principle, func(p norms.Principle) ([]string, norms.Parts) {
			return named(p.Cells.Rulings, func(r norms.RulingRow) string { return r.Organization }), p.More
		})},
		{"principle", "possibly", partRead(principle, func(p norms.Principle) ([]string, norms.Parts) {
			rows := named(p.Possibly, func(c norms.CitationRow) string { return fmt.Sprintf("%09d", c.ID) })
			slices.Sort(rows) // a page shows those that it chose as they are printed
			return rows, p.More
		})},
	} {
		all, m, err := c.read(norms.PartPage{Part: c.part, Page: norms.Page{Limit: norms.MaxLimit}})
		must(t, err)
		if len(m.Next) > 0 || m.Totals[c.part] != len(all) || len(all) < 3 {
			t.Errorf("%s, %s: %d of %d at once, next %v", c.of, c.part, len(all), m.Totals[c.part], m.Next)
		}
		var paged []string
		for at := (norms.PartPage{Part: c.part, Page: norms.Page{Limit: 2}}); ; {
			some, m, err := c.read(at)
			must(t, err)
			paged = append(paged, some...)
			if m.Next[c.part] == "" {
				break
			}
			at.Cursor = m.Next[c.part]
		}
		if fmt.Sprint(paged) != fmt.Sprint(all) {
			t.Errorf("%s, %s: page by page %v, at once %v", c.of, c.part, paged, all)
		}
	}
	_, err := organization(norms.PartPage{Part: "sources", Page: norms.Page{Cursor: "x"}})
	wantKind(t, "a cursor that is none", err, norms.Malformed)
}

func partRead[T any](read func(norms.PartPage) (T, error), rows func(T) ([]string, norms.Parts)) func(norms.PartPage) ([]string, norms.Parts, error) {
	return func(at norms.PartPage) ([]string, norms.Parts, error) {
		thing, err := read(at)
		names, m := rows(thing)
		return names, m, err
	}
}

func named[T any](rows []T, name func(T) string) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = name(r)
	}
	return out
}

// However much is recorded about it, a page shows a few rows of each list, with
// the total and where the list goes on, whether its texts are kept or not.
func TestAPageOfAPrincipleShowsAFewOfEachList(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	editor(t, pool)
	rewrite(t, pool, versioned.Replace(muchAbout))
	ref := norms.Ref{Agreement: "paris-call", Label: "1"}
	for range 2 {
		p := ofSnapshot(t, s, ref, norms.Page{})
		got := map[string]int{"statements": len(p.Statements), "alike": len(p.Alike), "reviews": len(p.Cells.Reviews), "rulings": len(p.Cells.Rulings), "possibly": len(p.Possibly)}
		want := map[string]int{"statements": norms.FewShown, "alike": norms.FewShown, "reviews": norms.FewShown, "rulings": norms.FewShown, "possibly": norms.FewShown}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows: %s", diff)
		}
		for part, shown := range got {
			if total := p.More.Totals[part]; total <= shown || p.More.Next[part] == "" {
				t.Errorf("%s: %d in all, going on at %q", part, total, p.More.Next[part])
			}
		}
	}
}
