package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type searchFilter struct {
	Paging
	Q            string    `query:"q" maxLength:"200" doc:"Words to look for, or a principle's number (paris call 5). Quotes, a minus and or mean what they mean on the web."`
	Kind         foundKind `query:"kind" doc:"Only things of this kind."`
	Agreement    slug      `query:"agreement" doc:"Only what belongs to this agreement."`
	Organization slug      `query:"organization" doc:"Only what concerns this organization."`
}

func (a *api) readSearch() {
	register(a, huma.Operation{
		OperationID: "search", Method: http.MethodGet, Path: "/search", Tags: []string{"search"},
		Summary: "Agreements, principles, elements, organizations, initiatives, statements and sources by words",
		Description: "One page of what was found, the best first; match says how well each fits. kinds counts all that was found, " +
			"whatever kind was chosen. understood holds the first principles that a number may mean, of understood_total; all of them are items, too. Where capped is true, more hold the words than were ranked.",
		Errors: []int{http.StatusMovedPermanently},
	}, func(ctx context.Context, in *searchFilter) (*remembered[norms.Search], error) {
		f := norms.SearchFilter{Q: in.Q, Kind: string(in.Kind), Agreement: string(in.Agreement), Organization: string(in.Organization)}
		if err := f.Check(); err != nil {
			return nil, err
		}
		return reading(ctx, a, in.past(), func(s *store.Store) (norms.Search, error) { return s.Search(ctx, f, in.page()) })
	})
}
