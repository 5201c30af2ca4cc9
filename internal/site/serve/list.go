package serve

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
)

// PageOf reads which page of a list is asked for. A table is always the whole
// list, so it starts at the beginning and takes long steps.
func PageOf(r *http.Request) (norms.Page, error) {
	if Wanted(r, AsHTML, AsJSON, AsCSV) == AsCSV {
		return norms.Page{Limit: norms.MaxLimit}, nil
	}
	q := Query(r)
	p := norms.Page{Cursor: q.Get("cursor")}
	if limit := q.Get("limit"); limit != "" {
		n, err := strconv.Atoi(limit)
		if err != nil || n < 1 {
			return p, norms.Field("limit", "must be a number of 1 or more; at most %d are given at once", norms.MaxLimit)
		}
		p.Limit = n
	}
	return p, nil
}

// checked is a filter of a list.
type checked interface{ Check() error }

// ListFor reads the page of a list that is asked for, and the whole list as a
// table of that name.
func ListFor[F checked, T any](r *http.Request, name string, f F, read func(context.Context, F, norms.Page) (norms.List[T], error)) (norms.List[T], *Table, error) {
	p, err := PageOf(r)
	if err == nil {
		err = f.Check()
	}
	if err != nil {
		return norms.List[T]{}, nil, err
	}
	more := func(p norms.Page) (norms.List[T], error) { return read(r.Context(), f, p) }
	list, err := more(p)
	return list, TableOf(name, list, more), err
}

// PartOf reads which list of a thing is asked for further on, and from where.
// As data every list is as long as one may be.
func PartOf(r *http.Request) (norms.PartPage, error) {
	p, err := PageOf(r)
	if p.Limit == 0 && !ReadsPage(r) {
		p.Limit = norms.MaxLimit
	}
	return norms.PartPage{Part: Query(r).Get("part"), Page: p}, err
}

// ReadsPage tells whether the answer will be the page itself, not its data, so
// that what only the page shows has to be read.
func ReadsPage(r *http.Request) bool { return Wanted(r, AsHTML, AsJSON, AsCSV) == AsHTML }

// SlugOf reads a slug of the address. What is no slug names nothing.
func SlugOf(r *http.Request, name string) (string, error) {
	s, err := norms.ParseSlug(chi.URLParam(r, name))
	if err != nil {
		return "", norms.NotFoundf("there is no page at this address: names in addresses hold lower-case letters, digits and hyphens only")
	}
	return string(s), nil
}

// IDOf reads a number of the address, in the one way in which it is written.
func IDOf(r *http.Request) (int64, error) {
	text := chi.URLParam(r, "id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 || strconv.FormatInt(id, 10) != text {
		return 0, norms.NotFoundf("there is no page at this address: it needs a number")
	}
	return id, nil
}

// ByNumber reads what the address gives the number of; the zero value, with
// which the form of a new one begins, when it gives none.
func ByNumber[T any](r *http.Request, read func(context.Context, int64) (T, error)) (T, error) {
	var none T
	if chi.URLParam(r, "id") == "" {
		return none, nil
	}
	id, err := IDOf(r)
	if err != nil {
		return none, err
	}
	return read(r.Context(), id)
}

// RefOf reads a principle's ref of the address; without an edition it means
// the current one.
func RefOf(r *http.Request) (norms.Ref, error) {
	agreement, err := SlugOf(r, "agreement")
	if err != nil {
		return norms.Ref{}, err
	}
	label, err := SlugOf(r, "label")
	if err != nil {
		return norms.Ref{}, err
	}
	ref := norms.Ref{Agreement: agreement, Label: label}
	if chi.URLParam(r, "edition") != "" {
		ref.Edition, err = SlugOf(r, "edition")
	}
	return ref, err
}

// KeyOf is the key of the thing of a kind that the address names.
func KeyOf(r *http.Request, kind string) (string, error) {
	switch kind {
	case "principle":
		ref, err := RefOf(r)
		return ref.String(), err
	case "agreement":
		return SlugOf(r, "agreement")
	case "link":
		id, err := IDOf(r)
		return strconv.FormatInt(id, 10), err
	}
	return SlugOf(r, "slug")
}
