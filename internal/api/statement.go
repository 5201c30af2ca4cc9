package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type statementFilter struct {
	Paging
	Kind         statementKind `query:"kind" doc:"Only those of this kind."`
	Stance       stance        `query:"stance" doc:"Only those of this stance."`
	Element      slug          `query:"element" doc:"Only those about this element."`
	Agreement    slug          `query:"agreement" doc:"Only those about this agreement or a principle of it."`
	Principle    ref           `query:"principle" doc:"Only those about this principle."`
	Organization slug          `query:"organization" doc:"Only those of this organization."`
	Source       slug          `query:"source" doc:"Only those in this document."`
	Question     question      `query:"question" doc:"Only those that answer this question of the forum's call, or none of them."`
}

func (a *api) readStatements() {
	listed(a, "statements", "What organizations say about elements, agreements and principles", func(ctx context.Context, s *store.Store, in *statementFilter) (norms.List[norms.StatementRow], error) {
		f := norms.StatementFilter{Kind: string(in.Kind), Stance: string(in.Stance), Element: string(in.Element), Agreement: string(in.Agreement),
			Principle: string(in.Principle), Organization: string(in.Organization), Source: string(in.Source), Question: string(in.Question)}
		return s.Statements(ctx, f, in.page())
	})
}
