package store_test

import (
	"fmt"
	"testing"

	"normmap/internal/norms"
)

// Page by page a list of a thing has every row once, whatever else is there.
func TestListsOfAThingPageByPage(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	ctx := t.Context()
	organization := func(at norms.PartPage) (norms.Organization, error) { return s.OrganizationAt(ctx, "microsoft", at) }
	source := func(at norms.PartPage) (norms.Source, error) { return s.SourceAt(ctx, "microsoft-bpf-2019", at) }
	agreement := func(at norms.PartPage) (norms.Agreement, error) { return s.AgreementAt(ctx, "paris-call", at) }
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
	} {
		all, m, err := c.read(norms.PartPage{Page: norms.Page{Limit: norms.MaxLimit}})
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
