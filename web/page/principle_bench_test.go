package page_test

import (
	"io"
	"slices"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
)

// BenchmarkPrinciple renders the page of a principle with a full page of
// evidence, as it is made when it is not in memory.
func BenchmarkPrinciple(b *testing.B) {
	p := norms.Principle{PrincipleRow: principleRows()[2], Evidence: slices.Repeat(linkRows()[:1], 25)}
	f := frame(account.Actor{}, "/agreements/paris-call/principles/6")
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Principle(f, p).Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
