package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// numbered is a principle as its edition calls and numbers it: norm 5.
func numbered(ctx context.Context, p norms.PrincipleRow) string {
	return words.Text(ctx, "principle.numbered", "Noun", ui.Noun(ctx, p.Noun), "Number", p.Number)
}

// inEdition is a principle with the edition that it stands in.
func inEdition(ctx context.Context, p norms.PrincipleRow) string {
	return words.Text(ctx, "principle.elsewhere.of", "Edition", p.EditionTitle, "Noun", ui.Noun(ctx, p.Noun), "Number", p.Number, "Title", p.Title)
}

// agreementPrinciple is a principle with its agreement: GCSC norm 5.
func agreementPrinciple(ctx context.Context, p norms.PrincipleRow) string {
	return words.Text(ctx, "principle.name", "Agreement", p.AgreementTitle, "Noun", ui.Noun(ctx, p.Noun), "Number", p.Number)
}
