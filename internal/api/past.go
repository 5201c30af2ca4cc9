package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
)

// Past is the parameter that every read takes. It is exported for huma, which
// looks into exported fields only.
type Past struct {
	AsOf  string `query:"as_of" doc:"The record as it was: a revision (12), a day (2026-11-22, its end in UTC) or an instant (2026-11-22T09:30:00Z). It is about when something was recorded, not when it happened."`
	asked []string
}

// Resolve implements huma.Resolver: a question that was left empty is one that
// cannot be read, and not about the present.
func (p *Past) Resolve(c huma.Context) []error {
	u := c.URL()
	p.asked = u.Query()["as_of"]
	return nil
}

func (p Past) past() Past { return p }

// stay keeps the question in an address that a read leads to.
func (p Past) stay(address string) string { return href.With(address, "as_of", p.AsOf) }

// aboutPast are the inputs of reads: they embed Past.
type aboutPast interface{ past() Past }

// remembered is what reads give: a body and, of the past, its date.
type remembered[T any] struct {
	Memento string `header:"Memento-Datetime" doc:"With as_of: when the state of the record that is shown was written (RFC 7089)."`
	Body    T
}

// reading gives read one state of the record: a snapshot of the present, or a
// revision of the past, as p asks.
func reading[T any](ctx context.Context, a *api, p Past, read func(*store.Store) (T, error)) (*remembered[T], error) {
	if p.asked != nil {
		return remembering(ctx, a, p.asked, read)
	}
	now, err := a.Store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer now.End()
	body, err := read(now.Store)
	return &remembered[T]{Body: body}, err
}

func remembering[T any](ctx context.Context, a *api, asked []string, read func(*store.Store) (T, error)) (*remembered[T], error) {
	epoch := a.Store.Epoch()
	m, err := a.moment(ctx, asked)
	if err != nil {
		return nil, err
	}
	body, err := read(a.Store.At(m, epoch))
	return &remembered[T]{m.At.UTC().Format(http.TimeFormat), body}, err
}

// moment is the state of the record that was asked for.
func (a *api) moment(ctx context.Context, asked []string) (norms.Moment, error) {
	q, err := norms.AskedAsOf(asked, a.Now())
	if err != nil {
		return norms.Moment{}, err
	}
	return a.Store.Moment(ctx, q)
}
