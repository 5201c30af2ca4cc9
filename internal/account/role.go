package account

import (
	"fmt"
	"slices"
	"strings"
)

// Role is what an account may do. Each role includes the ones below it:
// visitor ⊂ contributor ⊂ editor ⊂ reviewer ⊂ admin.
type Role string

// The roles in rising order. Visitor is whoever has no account, or has not
// signed in; no account carries it.
const (
	Visitor     Role = ""
	Contributor Role = "contributor" // proposes
	Editor      Role = "editor"      // publishes
	Reviewer    Role = "reviewer"    // decides on others' proposals
	Admin       Role = "admin"       // looks after accounts
)

// Roles lists the roles that an account may have, lowest first.
func Roles() []Role {
	return []Role{Contributor, Editor, Reviewer, Admin}
}

// ParseRole reads the role of an account, spelt exactly as in [Roles]. The
// visitor is refused: an account always may do something.
func ParseRole(s string) (Role, error) {
	if slices.Contains(Roles(), Role(s)) {
		return Role(s), nil
	}
	words := make([]string, len(Roles()))
	for i, r := range Roles() {
		words[i] = string(r)
	}
	return Visitor, fmt.Errorf("%q is none of %s", s, strings.Join(words, ", "))
}

// Includes tells whether r may do whatever o may do. A role that is not in
// the list includes nothing and is included by nothing.
func (r Role) Includes(o Role) bool {
	return o.rank() >= 0 && r.rank() >= o.rank()
}

// rank is 0 for a visitor, 1 and up for the roles, -1 for an unknown word.
func (r Role) rank() int {
	if r == Visitor {
		return 0
	}
	if i := slices.Index(Roles(), r); i >= 0 {
		return i + 1
	}
	return -1
}
