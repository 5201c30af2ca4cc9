package page

import "normmap/internal/norms"

// CitationForm takes a person's decision about one citation.
type CitationForm struct {
	Refusal
	Citation norms.CitationRow
	Action   string
	Cancel   string
	Find     Finder // offers the candidates first
	Note     Control
	Version  int64
	Reason   string
	Hint     *norms.QuoteHint // about the words around it, nil for most
}

// MaySetAside says whether setting aside would change anything.
func (m CitationForm) MaySetAside() bool { return m.Citation.Resolution != norms.SetAside }

// MayReopen says whether somebody decided, so that the rule can decide again.
func (m CitationForm) MayReopen() bool {
	return m.Citation.DecidedBy != "" || m.Citation.Resolution == norms.SetAside
}
