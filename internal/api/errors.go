package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/status"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

// failure is an error as programs get it, a problem document (RFC 9457), with
// the headers that belong to its status.
type failure struct {
	*huma.ErrorModel
	Reference string `json:"reference,omitempty"` // the request's number, under which the log has it
	Reason    string `json:"reason,omitempty"`    // why a file was refused
	headers   http.Header
}

// GetHeaders implements huma.HeadersError.
func (f failure) GetHeaders() http.Header { return f.headers }

func failed(code int, detail string) failure {
	m := &huma.ErrorModel{Type: "about:blank", Title: http.StatusText(code), Status: code, Detail: detail}
	return failure{ErrorModel: m, headers: http.Header{}}
}

// with adds a header.
func (f failure) with(name, value string) failure {
	f.headers.Set(name, value)
	return f
}

// withField names what of the request is wrong.
func withField(f failure, location, message string) failure {
	f.Errors = append(f.Errors, &huma.ErrorDetail{Location: location, Message: message})
	return f
}

// statusClientLeft is for the log only: nobody is left to read the answer.
const statusClientLeft = 499

// statusOf is as everywhere, except that versions are named by If-Match here.
func statusOf(k norms.Kind) int {
	if k == norms.Stale {
		return http.StatusPreconditionFailed
	}
	return status.Of(k)
}

// problem turns any error into what the client is told. Fields without a place
// of their own were sent in the query or the body, as in says.
func (a *api) problem(ctx context.Context, in string, err error) failure {
	if f, ok := errors.AsType[failure](err); ok {
		f.Reference = requestID(ctx)
		return f
	}
	if renamed, ok := errors.AsType[*naming.RenamedError](err); ok {
		f := movedTo(renamed, addressOf(ctx, renamed))
		f.Reference = requestID(ctx)
		return f
	}
	e, ok := errors.AsType[*norms.Error](err)
	if !ok || statusOf(e.Kind) == 0 {
		return a.fault(ctx, err)
	}
	f := failed(statusOf(e.Kind), e.Message)
	for _, p := range e.Problems {
		f.Errors = append(f.Errors, &huma.ErrorDetail{Location: location(in, p.Field), Message: p.Message})
	}
	if f.Detail == "" {
		f.Detail = "some values are not accepted; errors says which and why"
	}
	f.Reference = requestID(ctx)
	return a.withHeaders(ctx, f, err)
}

func (a *api) withHeaders(ctx context.Context, f failure, err error) failure {
	switch f.Status {
	case http.StatusUnauthorized:
		return f.with("WWW-Authenticate", `Bearer realm="normmap"`)
	case http.StatusTooManyRequests:
		return f.with("Retry-After", fmt.Sprint(int(limitWindow.Seconds())))
	case http.StatusServiceUnavailable:
		a.note(ctx, slog.LevelWarn, err)
		return f.with("Retry-After", "5")
	}
	return f
}

// location is where a field was sent.
func location(in, field string) string {
	where, _, _ := strings.Cut(field, ".")
	if where == "path" || where == "header" || where == "body" {
		return field
	}
	switch field {
	case "id", "label", "slug":
		return "path." + field
	case "version":
		return "header.If-Match"
	case keyHeader:
		return "header." + keyHeader
	}
	return in + "." + field
}

// fault hides an error of the program's own behind a reference to the log.
func (a *api) fault(ctx context.Context, err error) failure {
	if errors.Is(err, context.Canceled) {
		return failed(statusClientLeft, "")
	}
	f := failed(http.StatusInternalServerError, "something went wrong on our side; quote the reference when you report it")
	f.Reference = requestID(ctx)
	a.note(ctx, slog.LevelError, err)
	return f
}

// note brings what went wrong inside into the log, once: on the line that the
// request has there, or on one of its own where no door before logs requests.
func (a *api) note(ctx context.Context, level slog.Level, err error) {
	if a.Fault != nil && a.Fault(ctx, err) {
		return
	}
	a.Log.LogAttrs(ctx, level, "api", slog.String("request", requestID(ctx)), slog.String("error", err.Error()))
}

// moved turns the error for a renamed thing into a redirect to its present
// address, which to gives below the root; others stay what they are.
func moved(err error, to func(slug string) string) error {
	m, ok := errors.AsType[*naming.MovedError](err)
	if !ok {
		return err
	}
	return movedTo(m, href.API()+to(m.Slug))
}

func movedTo(err error, address string) failure {
	return failed(http.StatusMovedPermanently, err.Error()).with("Location", address)
}

// refuse answers before an operation was reached.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, err error) {
	send(w, a.problem(r.Context(), "query", err))
}

// send answers with a problem document.
func send(w http.ResponseWriter, f failure) {
	h := w.Header()
	for name, values := range f.headers {
		h[name] = values
	}
	h.Set("Content-Type", "application/problem+json")
	w.WriteHeader(f.Status)
	_ = json.NewEncoder(w).Encode(f) // whoever hung up cannot be told
}

// told brings the errors that huma makes while it reads a request into the
// form of all others. What was sent is not echoed: it may be long or secret.
func told(c huma.Context, _ string, body any) (any, error) {
	m, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	m.Type = "about:blank"
	for _, e := range m.Errors {
		e.Value = nil
		e.Location = strings.TrimSuffix(e.Location, ".")
	}
	switch m.Status {
	case http.StatusBadRequest:
		m.Detail = "the body cannot be read; send one JSON object"
	case http.StatusRequestEntityTooLarge:
		m.Detail = "more was sent than this operation takes; send less at a time"
	case http.StatusUnprocessableEntity:
		m.Detail = "some values are not accepted; errors says which and why"
	}
	return failure{ErrorModel: m, Reference: requestID(c.Context())}, nil
}
