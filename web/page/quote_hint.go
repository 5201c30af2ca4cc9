package page

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/words"
)

// sharedWord says by which words a hint was come to, and how they are said.
func sharedWord(ctx context.Context, h norms.QuoteHint) string {
	shared := strings.Join(h.Shares(), ", ")
	switch h.Kind {
	case "quoted":
		return words.Text(ctx, "citations.hint.quoted", "Words", shared)
	case "named":
		return words.Text(ctx, "citations.hint.named", "Words", shared)
	}
	return words.Text(ctx, "citations.hint.paraphrased", "Words", shared)
}
