package page

import (
	"context"
	"slices"
	"strconv"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// ChangeList is what the list of changes shows. Kinds and Things are the
// choices of its filter; the difference is there when a span was asked for.
type ChangeList struct {
	norms.ChangeList
	Filter     norms.ChangeFilter
	Difference *norms.Difference
	Kinds      []string
	Things     []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l ChangeList) Address() string { return changesAddress(href.Changes(), l.Filter) }

// Feed is the list for feed readers. It has no span: it is about what is new.
func (l ChangeList) Feed() string { return FeedAddress(l.Filter) }

// FeedAddress is that of the feed of the changes that f chooses.
func FeedAddress(f norms.ChangeFilter) string {
	f.Since, f.Until = "", ""
	return changesAddress(href.ChangesFeed(), f)
}

func changesAddress(address string, f norms.ChangeFilter) string {
	return href.With(address, "thing", f.Thing, "kind", f.Kind, "by", f.By, "since", f.Since, "until", f.Until)
}

// Difference is what the page about a net difference shows.
type Difference struct {
	norms.Difference
	Filter norms.ChangeFilter
	Thing  *norms.Thing
}

// Address is that of the difference, from its beginning.
func (d Difference) Address() string { return differenceAddress(d.Filter, d.Span) }

// differenceAddress names the revisions themselves, so that it stays the same
// difference; the beginning of the record has none.
func differenceAddress(f norms.ChangeFilter, span norms.Span) string {
	f.Until = strconv.FormatInt(span.Until, 10)
	if span.Since > 0 {
		f.Since = strconv.FormatInt(span.Since, 10)
	}
	return href.With(changesAddress(href.Changes(), f), "show", "difference")
}

// ThingHistory is what the page of a history shows.
type ThingHistory struct {
	norms.History
	Address string // of its beginning
}

// rest is where all rows are that a changeset wrote of the thing. Before the
// first one there is no revision to compare with.
func (h ThingHistory) rest(e norms.HistoryEntry) string {
	at := e.Changeset.ID
	if h.Thing.Kind == "link" || at == 1 {
		return href.Changeset(at)
	}
	return differenceAddress(norms.ChangeFilter{Thing: h.Thing.Kind + "/" + h.Thing.Key}, norms.Span{Since: at - 1, Until: at})
}

// ofKind narrows the difference to rows of one kind.
func (d Difference) ofKind(kind string) string {
	d.Filter.Kind = kind
	return d.Address()
}

// kindGroup are the changes to rows of one kind.
type kindGroup struct {
	Kind    string
	Changes []norms.Change
}

// byKind groups changes, which come sorted by kind.
func byKind(list []norms.Change) []kindGroup {
	var out []kindGroup
	for _, c := range list {
		if n := len(out); n == 0 || out[n-1].Kind != c.Thing.Kind {
			out = append(out, kindGroup{Kind: c.Thing.Kind})
		}
		last := &out[len(out)-1]
		last.Changes = append(last.Changes, c)
	}
	return out
}

// ChangesTitle is the heading of a list of changes: of everything, or of one
// thing.
func ChangesTitle(ctx context.Context, of *norms.Thing) string {
	if of == nil {
		return words.Text(ctx, "changes.title")
	}
	return words.Text(ctx, "changes.title_of", "Thing", of.Name)
}

// DifferenceTitle is the heading of a net difference.
func DifferenceTitle(ctx context.Context, of *norms.Thing) string {
	if of == nil {
		return words.Text(ctx, "changes.difference.title")
	}
	return words.Text(ctx, "changes.difference.title_of", "Thing", of.Name)
}

// worldLink leads to events: those of the agreement whose changes are shown,
// or the form that asks for any.
func worldLink(of *norms.Thing) string {
	if of != nil && of.Kind == "agreement" {
		return href.Agreement(of.Key) + "#events"
	}
	return "#world"
}

func spanWords(ctx context.Context, s norms.Span) string {
	if s.Since == 0 {
		return words.Text(ctx, "changes.span_all", "Until", words.Number(s.Until))
	}
	return words.Text(ctx, "changes.span", "Since", words.Number(s.Since), "Until", words.Number(s.Until))
}

// thingOptions offers agreements and organizations, and what is chosen even if
// it is something else.
func (l ChangeList) thingOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, c := range l.Things {
		out = append(out, ui.Option{Value: c.Kind + "/" + c.Slug, Label: thingLabel(ctx, c)})
	}
	chosen := l.Filter.Thing
	known := slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == chosen })
	if chosen != "" && !known {
		label := chosen
		if l.Thing != nil {
			label = l.Thing.Name
		}
		out = append([]ui.Option{{Value: chosen, Label: label}}, out...)
	}
	return ui.OrNone(words.Text(ctx, "changes.filter.anything"), out)
}

func thingLabel(ctx context.Context, c norms.Choice) string {
	if c.Kind == "agreement" {
		return words.Text(ctx, "changes.filter.agreement", "Name", c.Title)
	}
	return words.Text(ctx, "changes.filter.organization", "Name", c.Title)
}

func (l ChangeList) kindOptions(ctx context.Context) []ui.Option {
	return ui.OrNone(words.Text(ctx, "changes.filter.any"), ui.Options(ctx, l.Kinds, ui.ThingKind))
}

// agreements are the choices among which events are looked for.
func (l ChangeList) agreements() []norms.Choice {
	return slices.DeleteFunc(slices.Clone(l.Things), func(c norms.Choice) bool { return c.Kind != "agreement" })
}

// Happenings is what the list of events in the world shows.
type Happenings struct {
	Items      []norms.Happening
	Filter     norms.HappeningFilter
	Agreements []norms.Choice
}

// Address is that of the list as filtered.
func (h Happenings) Address() string {
	return href.With(href.Happenings(string(h.Filter.Since)), "agreement", h.Filter.Agreement)
}

// HappeningsTitle is the heading of the list of events.
func HappeningsTitle(ctx context.Context, f norms.HappeningFilter) string {
	return words.Text(ctx, "changes.world.title_since", "Date", ui.DateWords(ctx, f.Since))
}
