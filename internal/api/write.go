package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// maxBody is the longest body of an operation that writes, in bytes: a
// thousand edits of usual length.
const maxBody = 1 << 20

const keyHeader = "Idempotency-Key"

// writes describes an operation that writes: who may ask for it, how often,
// and that the same request may be sent again. op says the rest.
func (a *api) writes(op huma.Operation, does ...account.Action) huma.Operation {
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict,
		http.StatusUnprocessableEntity, http.StatusTooManyRequests)
	if op.Method != http.MethodDelete {
		op.Errors = append(op.Errors, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
		op.MaxBodyBytes = maxBody + 1 // huma refuses this size and above
	}
	op.Security = []map[string][]string{{"token": {}}}
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: keyHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxKey)},
		Description: "A name of your choice for this request. Sent again within 24 hours under the same key, it is not done again: it gets the first answer, with the header Idempotency-Replayed.",
	})
	op.Metadata = map[string]any{needs: does}
	op.Middlewares = append(a.guarded(does...), a.limitWrites, a.once)
	return op
}

// maxKey is the longest key of a request.
const maxKey = 200

type boundKey struct{}

// in is the store for a request that writes: that of the transaction which
// keeps its answer, too, when the request may come again.
func (a *api) in(ctx context.Context) *store.Store {
	if tx, ok := ctx.Value(boundKey{}).(*store.Store); ok {
		return tx
	}
	return a.Store
}

// once answers a request that names a key, and the same one again with the
// answer of the first time.
func (a *api) once(c huma.Context, next func(huma.Context)) {
	key := c.Header(keyHeader)
	if key == "" {
		next(c)
		return
	}
	r, w := humachi.Unwrap(c)
	if !utf8.ValidString(key) {
		a.refuse(w, r, withField(failed(http.StatusBadRequest, "a header holds bytes that are not UTF-8 text"), "header."+keyHeader, "is not UTF-8 text"))
		return
	}
	hash, body, err := digest(r, key)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	request := store.Request{Account: actor(c.Context()).ID, Key: key, Hash: hash}
	answer, again, err := a.Store.Once(c.Context(), request, func(tx *store.Store) (store.Answer, error) {
		bound := r.WithContext(context.WithValue(c.Context(), boundKey{}, tx))
		bound.Body = io.NopCloser(bytes.NewReader(body))
		kept := &kept{header: http.Header{}, status: http.StatusOK}
		next(humachi.NewContext(c.Operation(), bound, kept))
		return store.Answer{Status: kept.status, Header: kept.header, Body: kept.body.Bytes()}, nil
	})
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	if again {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body) // whoever hung up asks again
}

// digest reads a request as a whole and is by what it is known again.
func digest(r *http.Request, key string) (hash, body []byte, err error) {
	if len(key) > maxKey {
		return nil, nil, norms.Field(keyHeader, "has %d bytes; at most %d fit", len(key), maxKey)
	}
	body, err = io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	_, cut := errors.AsType[*http.MaxBytesError](err)
	switch {
	case cut || len(body) > maxBody:
		return nil, nil, failed(http.StatusRequestEntityTooLarge, "more was sent than this operation takes; send less at a time")
	case err != nil:
		return nil, nil, failed(http.StatusBadRequest, "the body could not be read to its end; send it again")
	}
	h := sha256.New()
	for _, part := range []string{r.Method, r.URL.RequestURI(), r.Header.Get("If-Match"), r.Header.Get("If-None-Match")} {
		fmt.Fprintf(h, "%s\n", strconv.Quote(part))
	}
	h.Write(body)
	return h.Sum(nil), body, nil
}

// kept is an answer before it is sent.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter, as do those below.
func (k *kept) Header() http.Header { return k.header }

func (k *kept) WriteHeader(status int) { k.status = status }

func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
