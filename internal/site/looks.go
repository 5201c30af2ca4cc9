package site

import (
	"net/http"
	"strconv"
	"time"

	"normmap/internal/norms"
)

// looksPerMinute is how often one account may have edits tried out: what is
// staged, proposed or about to be done to a list, held against the record.
const looksPerMinute = 120

// looking bounds how often one account has edits tried out.
func (s *site) looking(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.looks.OnLimit(w, r, strconv.FormatInt(actor(r).ID, 10)) {
			return later(norms.Errorf(norms.TooMany, "your account had edits tried out more than %d times within a minute; try again in a minute", looksPerMinute), time.Minute)
		}
		return h(w, r)
	}
}
