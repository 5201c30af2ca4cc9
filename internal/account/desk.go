package account

// Desk is what waits for somebody: in the review of proposals and, for an
// account that is bound to an organization, assessments of what it claims.
type Desk struct {
	ToReview int           // open proposals of others, for those who may decide
	Own      []OwnProposal // open ones of their own, the newest first
	ToAnswer int           // assessments of what the organization claims, without an answer
}

// OwnProposal is an open proposal to which its proposer may add.
type OwnProposal struct {
	ID     int64  `json:"id"`
	Reason string `json:"reason"`
}
