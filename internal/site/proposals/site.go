package proposals

import "normmap/internal/site/form"

// Site is the part of the site where proposals are looked at, corrected
// and decided.
type Site struct{ *form.Site }

// New makes it.
func New(s *form.Site) *Site { return &Site{s} }
