package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
)

func (a *api) readStats() {
	op := huma.Operation{
		OperationID: "get-stats", Method: http.MethodGet, Path: "/stats", Tags: []string{"stats"},
		Summary:     "Figures of the whole record",
		Description: "Principles and links are counted for current editions; links are contributors' own, of relation supports.",
	}
	register(a, op, func(ctx context.Context, _ *struct{}) (*answer[norms.Stats], error) {
		s, err := a.Store.Stats(ctx)
		return &answer[norms.Stats]{s}, err
	})
}
