package site

// proposalSite is the part of the site where proposals are looked at, corrected
// and decided.
type proposalSite struct{ *formSite }

// newProposalSite makes it.
func newProposalSite(s *formSite) *proposalSite { return &proposalSite{s} }
