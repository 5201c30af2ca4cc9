package page_test

import (
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
)

// Links of curators that are on no page of contributors' links are led to.
func TestLinksOnOtherPagesAreLedTo(t *testing.T) {
	t.Parallel()
	p := norms.Principle{PrincipleRow: norms.PrincipleRow{Ref: "paris-call/1", Links: 2512, CuratorLinks: 521},
		Evidence: []norms.LinkRow{{ID: 1, Origin: "contributor", Relation: "supports", Initiative: "night-class"}}}
	_, doc := render(t, page.Principle(frame(account.Actor{}, "/agreements/paris-call/principles/1"), p))
	found := doc.Find("section[aria-labelledby=beside] a")
	if got, want := found.AttrOr("href", ""), "/links?principle=paris-call%2F1&origin=curator&relation=supports"; found.Length() != 1 || got != want {
		t.Errorf("%d links, the first to %q, want one to %q", found.Length(), got, want)
	}
}
