package form

import (
	"normmap/internal/site/serve"
	"normmap/internal/store"
)

// Site is what all forms that edit the record share.
type Site struct {
	*serve.Server
	Store *store.Store // that forms read: the record now, or as it was when a writer began
}

// New makes it.
func New(s *serve.Server) *Site { return &Site{Server: s, Store: s.Store} }
