package ui

import (
	"context"
	"strconv"

	"normmap/web/words"
)

// stages are the proposals into which the reader may stage.
func (f Frame) stages(ctx context.Context) []Option {
	out := []Option{{Value: "new", Label: words.Text(ctx, "staging.new")}}
	for _, p := range f.Desk.Own {
		label := words.Text(ctx, "staging.own", "N", Number(p.ID), "Reason", p.Reason)
		out = append(out, Option{Value: strconv.FormatInt(p.ID, 10), Label: label})
	}
	return out
}

// SaveWord is what a button says that saves, label; what those send who may not
// publish is proposed.
func (f Frame) SaveWord(ctx context.Context, label string) string {
	if f.Publisher() {
		return label
	}
	return words.Text(ctx, "staging.propose")
}

// stagingHint tells those who can publish as well which button uses the choice.
func (f Frame) stagingHint(ctx context.Context) string {
	if !f.Publisher() {
		return ""
	}
	return words.Text(ctx, "staging.into_hint")
}
