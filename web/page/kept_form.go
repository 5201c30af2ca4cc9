package page

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Kept is what was typed into a form that could not be taken: the session had
// ended, the thing was withdrawn, or the database is away.
type Kept struct {
	Failure
	Action  string  // where it is sent again
	SignIn  *SignIn // what was tried, when signing in helps; else nil
	Restore string  // where what it is about can be restored, "" when it is there
	Values  url.Values
}

// The fields in which someone signs in who comes back to a form. They are told
// from those of the form by their names; the password is in no other.
const (
	AgainEmail    = "sign-in-email"
	AgainPassword = "sign-in-password"
)

// names lists the fields in a fixed order.
func (k Kept) names() []string { return slices.Sorted(maps.Keys(k.Values)) }

// telling says whether a field holds something that a person typed.
func (k Kept) telling(name string) bool {
	aside := name == "version" || name == "step" || name == "mark" || name == "do" || strings.HasPrefix(name, TakePrefix)
	return !aside && k.Values.Get(name) != ""
}
