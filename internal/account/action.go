package account

// Action is something that the doors and the store guard.
type Action string

// Every guarded action.
const (
	Read             Action = "read"               // pages, data files, API reads
	ManageOwnAccount Action = "manage own account" // own password, sessions and API tokens
	EditMappings     Action = "edit mappings"      // links, citations, initiatives, organizations, adherences
	RevertChangesets Action = "revert changesets"  // undo what a changeset did
	RevertSeeds      Action = "revert seeds"       // undo what the seed files put there: everything, nearly
	ManageAccounts   Action = "manage accounts"    // add, disable, reset, give roles
)

// Actions lists every guarded action.
func Actions() []Action {
	return []Action{Read, ManageOwnAccount, EditMappings, RevertChangesets, RevertSeeds, ManageAccounts}
}

// Needs is the permission table: the lowest role that may do a. It is false
// for an action that is not in the table, which then nobody may do.
func (a Action) Needs() (Role, bool) {
	switch a {
	case Read:
		return Visitor, true
	case ManageOwnAccount:
		return Contributor, true
	case EditMappings, RevertChangesets:
		return Editor, true
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
