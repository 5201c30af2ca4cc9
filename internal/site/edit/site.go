package edit

import (
	"normmap/internal/site/form"
	"normmap/internal/site/proposals"
)

// Site is the part of the site with the forms that edit the record.
type Site struct {
	*form.Site
	proposals *proposals.Site
}

// New makes it.
func New(s *form.Site, p *proposals.Site) *Site {
	return &Site{s, p}
}

// Plain makes the plain form of a kind of thing, which is read from the record
// as it is now or as it was.
func (s *Site) Plain(of func(*Site) form.Editor) form.EditorOf {
	return func(f *form.Site) form.Editor { return of(&Site{f, s.proposals}) }
}
