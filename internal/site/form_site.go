package site

import "normmap/internal/store"

// formSite is what all forms that edit the record share.
type formSite struct {
	*server
	Store *store.Store // that forms read: the record now, or as it was when a writer began
}

// newFormSite makes it.
func newFormSite(s *server) *formSite { return &formSite{server: s, Store: s.Store} }
