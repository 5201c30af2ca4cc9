package proposals

import (
	"time"

	"normmap/internal/contribution"
	"normmap/internal/site/form"
)

// Site is the part of the site where proposals are looked at, corrected
// and decided.
type Site struct{ *form.Site }

// New makes it.
func New(s *form.Site) *Site { return &Site{s} }

// comparing is how long a page may compare two versions of a document.
const comparing = 2 * time.Second

func (s *Site) reader() contribution.Reader {
	return contribution.Reader{Store: s.Store, Time: comparing}
}
