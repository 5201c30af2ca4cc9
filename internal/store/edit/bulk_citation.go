package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
	"normmap/internal/store/postgres"
)

func (w *writing) aheadOfLines(ctx context.Context, edits []norms.PutCitationLine) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("source", e.Source)
		asked.add("initiative", e.Initiative)
		for _, r := range e.References {
			asked.add("agreement", r.Agreement)
		}
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var lines []citationLineData
	for _, e := range edits {
		line := citationLineData{w.known["source "+e.Source], w.known["initiative "+e.Initiative], e.Text, e.Place}
		if !w.knowsCited(e) || w.run.again(citationLineData{SourceID: line.SourceID, InitiativeID: line.InitiativeID, Text: line.Text}) {
			break
		}
		lines = append(lines, line)
	}
	w.run.assumeNew(citationLineTable.name, len(lines)) // nobody changes a line
	if err := w.knowLines(ctx, lines); err != nil {
		return 0, err
	}
	return len(lines), w.knowCited(ctx, edits[:len(lines)], lines)
}

func (w *writing) knowsCited(e norms.PutCitationLine) bool {
	for _, r := range e.References {
		if !w.knows("agreement", r.Agreement) {
			return false
		}
	}
	return w.knows("source", e.Source) && w.knows("initiative", e.Initiative)
}

const publishedOnOfMany = "select id, published_on from source where id = any (@sources) order by id"

// knowLines looks up what the lines' sources and initiatives say.
func (w *writing) knowLines(ctx context.Context, lines []citationLineData) error {
	initiatives, sources := map[int64]bool{}, map[int64]bool{}
	for _, l := range lines {
		initiatives[l.InitiativeID], sources[l.SourceID] = true, true
	}
	type dated struct {
		ID          int64
		PublishedOn norms.Date
	}
	found, err := postgres.Collect[dated](ctx, w.db, "when sources were published", publishedOnOfMany, pgx.StrictNamedArgs{"sources": numbersOf(sources)})
	if err != nil {
		return err
	}
	for _, s := range found {
		w.run.published[s.ID] = s.PublishedOn
	}
	return w.knowParties(ctx, numbersOf(initiatives))
}

// knowCited looks up what the labels mean and which of the links, for which
// they stand, there are already.
func (w *writing) knowCited(ctx context.Context, edits []norms.PutCitationLine, lines []citationLineData) error {
	if err := w.knowReadings(ctx, edits); err != nil {
		return err
	}
	var keys []pgx.StrictNamedArgs
	asked := map[linkPlace]bool{}
	for i, e := range edits {
		about, err := w.printed(ctx, lines[i])
		if err != nil {
			return err
		}
		for _, c := range labelsOf(e) {
			resolution, candidates := norms.ResolveLabel(about.On, w.run.readings[c])
			if c.Agreement == "" || resolution != norms.Resolved || !w.knows("principle", candidates[0].Principle) {
				continue
			}
			link := about.link(w.known["principle "+candidates[0].Principle])
			if !asked[link.place()] {
				asked[link.place()] = true
				keys = append(keys, link.key())
			}
		}
	}
	return findAll(ctx, w, linkTable, linkKey, keys)
}

// knowReadings reads each label that is cited once, and looks up the principles
// that it may mean.
func (w *writing) knowReadings(ctx context.Context, edits []norms.PutCitationLine) error {
	var labels []browse.CitedLabel
	for _, e := range edits {
		for _, c := range labelsOf(e) {
			if _, known := w.run.readings[c]; c.Agreement != "" && !known {
				w.run.readings[c] = nil
				labels = append(labels, c)
			}
		}
	}
	found, err := on(w.db).record.ReadingsOf(ctx, labels)
	if err != nil {
		return err
	}
	asked := namesAsked{}
	for i, readings := range found {
		w.run.readings[labels[i]] = readings
		for _, r := range readings {
			asked.add("principle", r.Principle)
		}
	}
	return w.know(ctx, asked)
}

// labelsOf are the labels that a line cites.
func labelsOf(e norms.PutCitationLine) (out []browse.CitedLabel) {
	for _, r := range e.References {
		for _, l := range r.Labels {
			out = append(out, browse.CitedLabel{Agreement: r.Agreement, Label: l, Edition: r.Edition})
		}
	}
	return out
}
