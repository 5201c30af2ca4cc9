package serve

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"normmap/internal/norms"
	"normmap/internal/password"
)

func TestKindsBecomeStatuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err    error
		status int
	}{
		{norms.NotFoundf("no"), 404},
		{norms.Errorf(norms.Gone, "no"), 410},
		{norms.Field("title", "is missing"), 422},
		{norms.Errorf(norms.Conflict, "no"), 409},
		{norms.Errorf(norms.Stale, "no"), 409},
		{norms.Errorf(norms.Forbidden, "no"), 403},
		{norms.Errorf(norms.Unauthenticated, "no"), 401},
		{norms.Errorf(norms.Malformed, "no"), 400},
		{norms.Errorf(norms.TooMany, "no"), 429},
		{norms.Errorf(norms.Unavailable, "no"), 503},
		{Refused(http.StatusUnsupportedMediaType, "no"), 415},
		{fmt.Errorf("hashing: %w", password.ErrBusy), 503},
		{context.DeadlineExceeded, 503},
		{context.Canceled, statusClientLeft},
		{fmt.Errorf("wrapped: %w", norms.NotFoundf("no")), 404},
		{&norms.Error{Kind: 99, Message: "unknown kind"}, 500},
		{fmt.Errorf("anything else"), 500},
	}
	for _, tt := range tests {
		if got := explain(tt.err, "id").status; got != tt.status {
			t.Errorf("%v becomes %d, want %d", tt.err, got, tt.status)
		}
	}
}
