package store

import (
	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// The statements that find what fits a search, whose plans a test looks at.
var SearchStatements = []string{searchHeld, searchHeldWithin, searchLikely, searchLikelyWithin, searchEither, searchEitherWithin}

// SearchArgs gives the parameters of one of them.
func SearchArgs(statement string, f norms.SearchFilter) pgx.StrictNamedArgs {
	w, args := wordsOf(f.Q), searchArgs(f, []int64{}, 1, nil)
	switch statement {
	case searchHeld, searchHeldWithin:
		return w.heldArgs(args)
	case searchEither, searchEitherWithin:
		return w.eitherArgs(args)
	}
	return w.likelyArgs(args, []searchHit{})
}
