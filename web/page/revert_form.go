package page

import "normmap/internal/norms"

// RevertForm shows what taking a changeset back will do.
type RevertForm struct {
	Refusal
	Changeset norms.Changeset
	Action    string
	Cancel    string
	Reason    string
}

// undoing says what taking a change back does.
func undoing(action string) string {
	switch action {
	case "added":
		return "was added; will be withdrawn"
	case "withdrawn":
		return "was withdrawn; will be put back"
	}
	return "was changed; gets its former values"
}
