package page

import (
	"maps"
	"net/url"
	"slices"
)

// Kept is what was typed into a form that could not be taken: the session had
// ended, the thing was withdrawn, or the database is away.
type Kept struct {
	Failure
	Action string // where it is sent again
	SignIn string // the sign-in page when that helps, else ""
	Values url.Values
}

// names lists the fields in a fixed order.
func (k Kept) names() []string { return slices.Sorted(maps.Keys(k.Values)) }

// telling says whether a field holds something that a person typed.
func (k Kept) telling(name string) bool {
	return name != "version" && name != "step" && name != "mark" && k.Values.Get(name) != ""
}
