package store

import (
	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// The statements that find what fits a search, whose plans a test looks at.
var SearchStatements = []string{searchHeld, searchHeldWithin, searchLikely, searchLikelyWithin}

// SearchArgs gives the parameters of one of them.
func SearchArgs(statement string, f norms.SearchFilter) pgx.StrictNamedArgs {
	w, args := wordsOf(f.Q), searchArgs(f, []int64{}, 1, nil)
	if statement == searchHeld || statement == searchHeldWithin {
		return w.heldArgs(args)
	}
	return w.likelyArgs(args, []searchHit{})
}
