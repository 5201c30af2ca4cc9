package site

import (
	"net/http"
	"testing"

	"normmap/internal/norms"
)

// A label that a principle is known by leads to it, in the same form and as of
// the same revision.
func TestEveryKnownLabelLeadsToItsPrinciple(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for address, want := range map[string]string{
		"/agreements/un-norms/principles/6":                "/agreements/un-norms/principles/13-f",
		"/agreements/un-norms/principles/13f":              "/agreements/un-norms/principles/13-f",
		"/agreements/un-norms/principles/f.json?as_of=1":   "/agreements/un-norms/principles/13-f.json?as_of=1",
		"/agreements/un-norms/principles/11?as_of=1&x=%2F": "/agreements/un-norms/principles/13-k?as_of=1&x=%2F",
	} {
		h.get(address).leads(http.StatusSeeOther, want)
		h.get(want).status(http.StatusOK)
	}
	h.get("/agreements/un-norms/principles/13-f").status(http.StatusOK)
	h.queries.take()
	h.get("/agreements/un-norms/principles/99").status(http.StatusNotFound).says("13(a)")
	if n := h.queries.take(); len(n) > maxStatements {
		t.Errorf("an unknown label costs %d statements", len(n))
	}
}

func TestReaderChoosesWhereNumberingsDisagree(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutNumbering{Agreement: "un-norms", Slug: "other", Title: "Another count", Basis: "inferred", Position: 9,
		Labels: []norms.NumberingLabel{{Label: "6", Principle: "un-norms@2015/13-a"}}})
	h.get("/agreements/un-norms/principles/6").status(http.StatusOK).has("h1", "Which “6” is meant?").
		has(".lede", "several principles as 6").has("ol.principles a", "norm 13(a)").has("ol.principles a", "norm 13(f)")
	h.get("/agreements/manrs/principles/1").status(http.StatusOK).has(".lede", "in force side by side")
}

func TestUnverifiedIsMarkedBesideTheVeryThing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const address = "/agreements/paris-call/principles/1"
	if n := h.get(address).page().Find("main .lead .badge.warn").Length(); n != 0 {
		t.Fatalf("%d marks before anything is unverified", n)
	}
	unverified := func(kind norms.EntityKind, entity, field string) norms.PutFact {
		return norms.PutFact{Kind: kind, Entity: entity, Field: field, Confidence: "unverified"}
	}
	event := norms.PutEvent{Agreement: "paris-call", Kind: "repealed", On: "2030-10-18", Title: "Repealed by 60 states"}
	titles, summaries := unverified("edition", "paris-call/2018", "titles"), unverified("edition", "paris-call/2018", "summaries")
	titles.Version, summaries.Version = 1, 1 // the seeds have both
	h.apply(unverified("edition", "paris-call/2018", "numbers"), titles,
		summaries, event, unverified("agreement", "paris-call", norms.EventField+event.Title))
	h.get(address).has(".states .badge.warn", "number unverified").has(".states .badge.warn", "title unverified").
		has(".lede .badge.warn", "unverified").has(".lede", " unverified").has(".kicker", " repealed 18 October 2030")
	h.get("/agreements/paris-call").has("ol.principles .title .badge.warn", "unverified").has("#facts ~ details th", "Event: Repealed by 60 states").
		has(".events .badge.warn", "unverified").has(".kicker .badge", "repealed 18 October 2030")
	h.get("/agreements").has("th .badge", "repealed 18 October 2030").has("th", "Paris Call repealed")
	h.get("/agreements/paris-call/editions/2018").has(".facts .badge", "repealed 18 October 2030")
	h.get("/coverage?agreement=paris-call").has("tr.group .badge", "repealed 18 October 2030")
	h.get("/changes?happened_since=2030").has(".events .badge.warn", "unverified")
	if n := h.get(address + "?as_of=1").page().Find(".kicker .badge").Length(); n != 0 {
		t.Error("a repeal that was recorded later is shown as of revision 1")
	}
}
