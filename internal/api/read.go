package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// Paging are the parameters of every list. It is exported for huma, which
// looks into exported fields only.
type Paging struct {
	Past
	Limit  int    `query:"limit" minimum:"1" default:"50" doc:"How many items to give at most; more than 200 are never given at once."`
	Cursor string `query:"cursor" doc:"Where to go on: the value of next of the page before, as it was given."`
}

func (p Paging) page() norms.Page { return norms.Page{Limit: p.Limit, Cursor: p.Cursor} }

// answer is what an operation gives that is about no state of the record.
type answer[T any] struct {
	Body T
}

// listed adds a list. F are its parameters: filters, with Paging.
func listed[F aboutPast, T any](a *api, collection, summary string, read func(context.Context, *store.Store, *F) (norms.List[T], error)) {
	op := huma.Operation{
		OperationID: "list-" + collection, Method: http.MethodGet, Path: "/" + collection,
		Summary: summary, Tags: []string{collection},
		Description: "One page of a list with a total order. total counts all that match; next is the cursor of the page that follows, null on the last. " +
			"A filter that names a thing by an earlier name redirects to the present one; one that names nothing is refused.",
		Errors: []int{http.StatusMovedPermanently},
	}
	register(a, op, func(ctx context.Context, in *F) (*remembered[norms.List[T]], error) {
		return reading(ctx, a, (*in).past(), func(s *store.Store) (norms.List[T], error) { return read(ctx, s, in) })
	})
}
