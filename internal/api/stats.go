package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

func (a *api) readStats() {
	op := huma.Operation{
		OperationID: "get-stats", Method: http.MethodGet, Path: "/stats", Tags: []string{"stats"},
		Summary:     "Figures of the whole record",
		Description: "Principles and links are counted for current editions; links are contributors' own, of relation supports.",
	}
	register(a, op, func(ctx context.Context, in *Past) (*remembered[norms.Stats], error) {
		return reading(ctx, a, *in, func(s *store.Store) (norms.Stats, error) { return s.Stats(ctx) })
	})
}
