package serve

import (
	"context"
	"log/slog"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
)

// NoteFault puts what went wrong inside on the line that the log gets about
// the request of ctx, for handlers behind the site's that have no log line of
// their own. It says whether there is such a request.
func NoteFault(ctx context.Context, err error) bool {
	v, ok := VisitIn(ctx)
	if ok {
		v.Fault = err
	}
	return ok
}

// NoteActor puts on that line who makes the request.
func NoteActor(ctx context.Context, by account.Actor) {
	if v, ok := VisitIn(ctx); ok {
		v.Actor = by
	}
}

// Asker says which request ctx belongs to, for what is logged beside its line.
func Asker(ctx context.Context) []slog.Attr {
	v, ok := VisitIn(ctx)
	if !ok {
		return nil
	}
	attrs := []slog.Attr{slog.String("request", v.id)}
	if c := chi.RouteContext(ctx); c != nil {
		attrs = append(attrs, slog.String("route", c.RoutePattern()))
	}
	return attrs
}
