package account

// Action is something that the doors and the store guard.
type Action string

// Every guarded action.
const (
	Read             Action = "read"               // pages, data files, API reads
	ManageOwnAccount Action = "manage own account" // own password, sessions and API tokens
	ProposeEdits     Action = "propose edits"      // stage changes of the record for review
	EditMappings     Action = "edit mappings"      // change the record: publish
	RevertChangesets Action = "revert changesets"  // undo what a changeset did
	DecideProposals  Action = "decide proposals"   // accept, correct or reject what others propose
	RevertSeeds      Action = "revert seeds"       // undo what the seed files put there: everything, nearly
	ManageAccounts   Action = "manage accounts"    // add, disable, reset, give roles

	// AnswerForOrganization is for whoever speaks for an organization: it
	// needs an account that is bound to one, beside the role.
	AnswerForOrganization Action = "answer for an organization"

	// ReadDossiers is to see what waits for an organization beside what is
	// recorded in its name: one's own, or as an editor any.
	ReadDossiers Action = "read dossiers"
)

// Actions lists every guarded action.
func Actions() []Action {
	return []Action{Read, ManageOwnAccount, ProposeEdits, AnswerForOrganization, ReadDossiers, EditMappings, RevertChangesets,
		DecideProposals, RevertSeeds, ManageAccounts}
}

// Needs is the permission table: the lowest role that may do a. It is false
// for an action that is not in the table, which then nobody may do.
func (a Action) Needs() (Role, bool) {
	switch a {
	case Read:
		return Visitor, true
	case ManageOwnAccount, ProposeEdits, AnswerForOrganization, ReadDossiers:
		return Contributor, true
	case EditMappings, RevertChangesets:
		return Editor, true
	case DecideProposals:
		return Reviewer, true
	case RevertSeeds, ManageAccounts:
		return Admin, true
	}
	return Visitor, false
}

// Can tells whether the role allows the action.
func (r Role) Can(a Action) bool {
	needed, known := a.Needs()
	return known && r.Includes(needed)
}
