package site

import (
	"net/http"
	"strconv"
	"time"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
)

// looksPerMinute is how often one account may have edits tried out: what is
// staged, proposed or about to be done to a list, held against the record.
const looksPerMinute = 120

// looking bounds how often one account has edits tried out.
func (s *site) looking(h serve.Handler) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.looks.OnLimit(w, r, strconv.FormatInt(serve.Actor(r).ID, 10)) {
			return serve.Later(norms.Errorf(norms.TooMany, "your account had edits tried out more than %d times within a minute; try again in a minute", looksPerMinute), time.Minute)
		}
		return h(w, r)
	}
}
