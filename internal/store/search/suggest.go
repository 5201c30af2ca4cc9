package search

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Bounds of a suggestion. Below them everything is counted; where the record
// is larger, the latest links and the rarest words speak for all.
const (
	suggestMost    = 500 // links to a cited principle; initiatives that hold a word which still says something
	suggestWritten = 60  // different words of an initiative, the first ones
	suggestReasons = 3   // reasons of one sort
	suggestShown   = 5   // words in a reason
)

// Suggestions are principles of current editions that an initiative is likely
// to be about, the likeliest first, none of those to which it is linked
// already. Where nothing speaks for any, there are none. Errors as of
// [browse.Store.Agreement].
func (s *Store) Suggestions(ctx context.Context, f norms.SuggestionsAsked) (norms.Suggestions, error) {
	return s.SuggestionsBy(ctx, f, norms.DefaultWeighing())
}

// SuggestionsBy is Suggestions by another arithmetic.
func (s *Store) SuggestionsBy(ctx context.Context, f norms.SuggestionsAsked, w norms.Weighing) (norms.Suggestions, error) {
	out := norms.Suggestions{Items: []norms.Suggestion{}}
	if err := f.Check(); err != nil {
		return out, err
	}
	found, err := postgres.Collect[norms.Suggestion](ctx, s.db, "suggestions", suggestRows, suggestArgs(f, w))
	if err != nil {
		return out, err
	}
	if len(found) == 0 {
		if f.Initiative != "" {
			_, err = s.names.Addressed(ctx, "initiative", f.Initiative)
		}
		return out, err
	}
	for _, one := range found {
		for i, r := range one.Reasons {
			one.Reasons[i].Initiatives, one.Reasons[i].Words = append([]norms.Similar{}, r.Initiatives...), append([]string{}, r.Words...)
		}
	}
	out.Items = found
	return out, nil
}

func suggestArgs(f norms.SuggestionsAsked, w norms.Weighing) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"initiative": f.Initiative, "text": f.Text, "not": append([]string{}, f.Not...), "without": append([]string{}, f.Without...), "among": f.Among,
		"limit": f.Size(), "most": suggestMost, "words": suggestWritten, "reasons": suggestReasons, "shown": suggestShown,
		"against": w.Against, "nearest": w.Nearest, "alike": w.Alike, "word": w.Words, "only": string(w.Only),
	}
}

// SuggestRows is the statement of suggestions, whose plan a test looks at.
const SuggestRows = suggestRows

// SuggestArgs gives its parameters.
func SuggestArgs(f norms.SuggestionsAsked, w norms.Weighing) pgx.StrictNamedArgs {
	return suggestArgs(f, w)
}
