package site

// browseSite is the part of the site that everybody reads.
type browseSite struct {
	*server
	downloads *slots // of those under way
}

// newBrowseSite makes it.
func newBrowseSite(s *server) *browseSite {
	return &browseSite{server: s, downloads: newSlots(downloadRules())}
}
