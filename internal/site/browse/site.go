package browse

import "normmap/internal/site/serve"

// Site is the part of the site that everybody reads.
type Site struct {
	*serve.Server
	Downloads *serve.Slots // of those under way
}

// New makes it.
func New(s *serve.Server) *Site {
	return &Site{Server: s, Downloads: serve.NewSlots(DownloadRules())}
}
