// Package imports is the part of the site where contributions are sent in: as a
// pasted text or a file, to be read only or to be proposed.
package imports

import (
	"net/http"
	"strconv"
	"time"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/words"
)

// perMinute is how many contributions one account may have read. Few are read
// at once, whoever sends them.
const perMinute = 30

// Site is that part of the site.
type Site struct {
	*form.Site
	reader contribution.Reader
	limit  serve.Limit // by account
}

// New makes it.
func New(s *form.Site, r contribution.Reader) *Site {
	r.Store = s.Store
	return &Site{s, r, serve.NewLimit(perMinute)}
}

// ShowImport answers with the form, filled from the query.
func (s *Site) ShowImport(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, serve.Query(r), outcome{})
}

// SendImport reads what was sent and proposes what it says, or shows what was
// read. Scripts are told how far the work is.
func (s *Site) SendImport(w http.ResponseWriter, r *http.Request) error {
	if s.limit.OnLimit(w, r, strconv.FormatInt(serve.Actor(r).ID, 10)) {
		return serve.Later(norms.Errorf(norms.TooMany, "%s", words.Text(r.Context(), "import.too_often", "N", perMinute)), time.Minute)
	}
	if serve.TakesLines(r) {
		s.sendInLines(w, r)
		return nil
	}
	return s.send(w, r, nil)
}

// send answers with a page, or leads to the proposal.
func (s *Site) send(w http.ResponseWriter, r *http.Request, tell func(contribution.Progress)) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	done, err := s.work(r, typed, tell)
	if err == nil && done.leads != "" {
		return serve.SeeOther(w, r, done.leads)
	}
	done.err = err
	return s.show(w, r, typed, done)
}
