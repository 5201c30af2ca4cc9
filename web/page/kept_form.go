package page

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"normmap/web/ui"
)

// Kept is what was typed into a form that could not be taken: the session had
// ended, the thing was withdrawn, or the database is away.
type Kept struct {
	Failure
	Action  string  // where it is sent again
	SignIn  *SignIn // what was tried, when signing in helps; else nil
	Restore string  // where what it is about can be restored, "" when it is there
	Values  url.Values
	Told    []KeptField // what of Values is shown; nil shows all that a person may have typed
}

// KeptField is something that was typed, as its form calls it.
type KeptField struct {
	Label  string
	Values []string
}

// The fields in which someone signs in who comes back to a form. They are told
// from those of the form by their names; the password is in no other.
const (
	AgainEmail    = "sign-in-email"
	AgainPassword = "sign-in-password"
)

// SortedNames lists the fields in a fixed order.
func SortedNames(values url.Values) []string { return slices.Sorted(maps.Keys(values)) }

// carriedOnly are fields that forms carry and no person types.
var carriedOnly = []string{"version", "step", "mark", "do", "kind", "key", "from", "filter", "all", "rows", "seen", "into", "save_as",
	"decision", "position", "edit_version", "objection_id"}

// typesKind tells whether a person chooses the kind in a form; in those about a
// thing or ticked things it says which those are.
func typesKind(values url.Values) bool { return !values.Has("key") && !values.Has("item") }

// Telling says whether a field holds something that a person typed.
func Telling(name string, values url.Values) bool {
	aside := slices.Contains(carriedOnly, name) && !(name == "kind" && typesKind(values))
	return !aside && !strings.HasPrefix(name, TakePrefix) && values.Get(name) != ""
}

// told is what of the form is shown.
func (k Kept) told(ctx context.Context) []KeptField {
	if k.Told != nil {
		return k.Told
	}
	var out []KeptField
	for _, name := range SortedNames(k.Values) {
		if Telling(name, k.Values) {
			out = append(out, KeptField{ui.FieldWord(ctx, name), k.Values[name]})
		}
	}
	return out
}
