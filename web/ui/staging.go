package ui

import (
	"context"
	"strconv"

	"normmap/web/words"
)

// stages are the ways in which the reader may save.
func (f Frame) stages(ctx context.Context) []Option {
	out := []Option{{Value: "new", Label: words.Text(ctx, "staging.new")}}
	if f.Publisher() {
		out = append([]Option{{Label: words.Text(ctx, "staging.publish")}}, out...)
	}
	for _, p := range f.Desk.Own {
		label := words.Text(ctx, "staging.own", "N", Number(p.ID), "Reason", p.Reason)
		out = append(out, Option{Value: strconv.FormatInt(p.ID, 10), Label: label})
	}
	return out
}
