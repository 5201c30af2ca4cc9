package page

import "normmap/internal/norms"

// LinksForm adds curator's links between one thing and several found ones, and
// leads to those that are recorded.
type LinksForm struct {
	Refusal
	Heading  string
	Lead     string
	Action   string
	Cancel   string
	Recorded []LinkLine
	Find     Finder
	Controls []Control // said once for all new links
	Version  int64
	Reason   string
	Proposed bool // the initiative is no part of the record yet
}

// LinkLine is a recorded link seen from one of its ends.
type LinkLine struct {
	norms.LinkRow
	Other     string // the other end's name
	OtherHref string
}

// ClaimedLink is a contributor's link, which no form can change.
type ClaimedLink struct {
	Link     norms.LinkRow
	Citation string // address of the form through which it changes, "" when unknown
	Refused  bool   // a change was asked for and refused
}
