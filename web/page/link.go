package page

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// around puts marks of omission around text from the middle of a line.
func around(before, text, after string) string {
	if text == "" {
		return ""
	}
	return before + text + after
}

// claimPlace says where a printed reference stands and which of its numbers
// is meant.
func claimPlace(ctx context.Context, r norms.ClaimReference) string {
	var parts []string
	if r.Place != "" {
		parts = append(parts, r.Place)
	}
	if r.Start >= 0 {
		parts = append(parts, words.Text(ctx, "link.claim.place", "Start", ui.Number(r.Start), "End", ui.Number(r.End)))
	}
	return strings.Join(append(parts, words.Text(ctx, "link.claim.number", "Label", r.Label)), " · ")
}
