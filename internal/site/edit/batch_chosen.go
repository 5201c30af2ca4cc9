package edit

import (
	"context"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
)

// chosenInitiatives are the initiatives that a list's filter chooses, one more
// than a batch may hold at most.
func (s *Site) chosenInitiatives(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.InitiativesWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.InitiativeRow], error) { return s.Store.Initiatives(ctx, f, p) },
		func(i norms.InitiativeRow) string { return i.Slug })
}

func (s *Site) chosenOrganizations(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.OrganizationsWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.OrganizationRow], error) { return s.Store.Organizations(ctx, f, p) },
		func(o norms.OrganizationRow) string { return o.Slug })
}

func everyKey[T any](list func(norms.Page) (norms.List[T], error), key func(T) string) ([]string, error) {
	var out []string
	for p := (norms.Page{Limit: norms.MaxLimit}); ; {
		l, err := list(p)
		if err != nil {
			return nil, err
		}
		for _, row := range l.Items {
			out = append(out, key(row))
		}
		if l.Next == nil || len(out) > norms.MaxBatch {
			return out, nil
		}
		p.Cursor = *l.Next
	}
}

func (s *Site) chosenLinks(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.LinksWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.LinkRow], error) { return s.Store.Links(ctx, f, p) },
		func(row norms.LinkRow) string { return rowKey(row.ID) })
}

func (s *Site) chosenStatements(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.StatementsWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.StatementRow], error) { return s.Store.Statements(ctx, f, p) },
		func(row norms.StatementRow) string { return rowKey(row.ID) })
}

func (s *Site) chosenCrosswalk(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.CrosswalkWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.CrosswalkRow], error) { return s.Store.Crosswalk(ctx, f, p) },
		func(row norms.CrosswalkRow) string { return rowKey(row.ID) })
}

func (s *Site) chosenSources(ctx context.Context, q url.Values) ([]string, error) {
	f := browse.SourcesWhere(q)
	if err := f.Check(); err != nil {
		return nil, err
	}
	return everyKey(func(p norms.Page) (norms.List[norms.SourceRow], error) { return s.Store.Sources(ctx, f, p) },
		func(d norms.SourceRow) string { return d.Slug })
}

// rowKey is the key of a thing that has a number for its name.
func rowKey(id int64) string { return strconv.FormatInt(id, 10) }
