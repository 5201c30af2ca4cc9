package store

import (
	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// SuggestRows is the statement of suggestions, whose plan a test looks at.
const SuggestRows = suggestRows

// SuggestArgs gives its parameters.
func SuggestArgs(f norms.SuggestionsAsked, w norms.Weighing) pgx.StrictNamedArgs {
	return suggestArgs(f, w)
}
