package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
)

// Paging are the parameters of every list. It is exported for huma, which
// looks into exported fields only.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" default:"50" doc:"How many items to give at most; more than 200 are never given at once."`
	Cursor string `query:"cursor" doc:"Where to go on: the value of next of the page before, as it was given."`
}

func (p Paging) page() norms.Page { return norms.Page{Limit: p.Limit, Cursor: p.Cursor} }

// answer is what most operations give: a body and nothing else.
type answer[T any] struct {
	Body T
}

// listed adds a list. F are its parameters: filters, with Paging.
func listed[F, T any](a *api, collection, summary string, read func(context.Context, *F) (norms.List[T], error)) {
	op := huma.Operation{
		OperationID: "list-" + collection, Method: http.MethodGet, Path: "/" + collection,
		Summary: summary, Tags: []string{collection},
		Description: "One page of a list with a total order. total counts all that match; next is the cursor of the page that follows, null on the last.",
	}
	register(a, op, func(ctx context.Context, in *F) (*answer[norms.List[T]], error) {
		list, err := read(ctx, in)
		return &answer[norms.List[T]]{list}, err
	})
}

type bySlug struct {
	Slug string `path:"slug" doc:"The thing's name in addresses."`
}

// one adds the read of one thing by its slug.
func one[T any](a *api, collection, id, summary string, read func(context.Context, string) (T, error)) {
	op := huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: "/" + collection + "/{slug}",
		Summary: summary, Tags: []string{collection},
		Description: "A renamed thing redirects to its present address; a withdrawn one is gone, with what happened.",
		Errors:      []int{http.StatusMovedPermanently, http.StatusNotFound, http.StatusGone},
	}
	register(a, op, func(ctx context.Context, in *bySlug) (*answer[T], error) {
		thing, err := read(ctx, in.Slug)
		return &answer[T]{thing}, moved(err, func(slug string) string { return "/" + collection + "/" + slug })
	})
}
