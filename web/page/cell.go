package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/words"
)

// CellTitle names a cell: the principle and the organization.
func CellTitle(ctx context.Context, c norms.Cell) string {
	return words.Text(ctx, "cell.title", "Principle", agreementPrinciple(ctx, c.Principle), "Organization", c.Organization.Name)
}

// RulingValue is a ruling as forms write it.
func RulingValue(outside bool) string {
	if outside {
		return "outside"
	}
	return "inside"
}

// RulingWord says what a ruling decides.
func RulingWord(ctx context.Context, value string) string { return words.Of(ctx, "ruling", value) }
