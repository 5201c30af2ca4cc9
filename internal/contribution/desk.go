package contribution

import (
	"cmp"
	"context"
	"slices"

	"normmap/internal/account"
	"normmap/internal/citation"
	"normmap/internal/norms"
)

// Desk reads a proposal beside the text that it was made of: the piece of the
// text that holds a place, with what was understood of it. What labels mean is
// looked up as of now; edits are not held against the record, which accepting
// them does.
func (r Reader) Desk(ctx context.Context, by account.Actor, id int64, place int) (norms.Desk, error) {
	found, err := r.Store.ProposalText(ctx, by, id)
	if err != nil {
		return norms.Desk{}, err
	}
	d := newDesk(found)
	if err := d.cut(ctx, place); err != nil {
		return norms.Desk{}, err
	}
	if d.NewVersion, err = r.proposedVersion(ctx, found); err != nil {
		return norms.Desk{}, err
	}
	return d.Desk, r.explain(ctx, &d)
}

// desk is a desk while it is made.
type desk struct {
	norms.Desk
	lines  Lines
	cards  []norms.DeskCard // in the order of the text
	bySlug map[string]norms.DeskInitiative
	titles map[string]string // of recorded initiatives
	dated  norms.Date
}

func newDesk(p norms.ProposalText) desk {
	d := desk{lines: LinesOf(p.Text), bySlug: map[string]norms.DeskInitiative{}, titles: p.Titles, dated: p.PublishedOn,
		Desk: norms.Desk{ProposalRow: p.ProposalRow, Source: p.Source, SourceTitle: p.Title, Held: p.Held, Besides: []norms.DeskCard{}}}
	d.Length, d.ToLookAt = len(d.lines.runes), []norms.DeskProblem{}
	for i, problem := range p.Problems {
		if !problem.OfEarlierText() { // these come last
			d.ToLookAt = append(d.ToLookAt, norms.DeskProblem{Number: i + 1, TextProblem: problem.Masked()})
		}
	}
	for _, e := range p.List {
		d.cards = append(d.cards, norms.DeskCard{ProposedEdit: e, Place: d.placeOf(e.Edit)})
	}
	slices.SortStableFunc(d.cards, func(a, b norms.DeskCard) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(rank(a.Edit), rank(b.Edit)), cmp.Compare(a.Position, b.Position))
	})
	d.group()
	d.likely(p.Recorded)
	return d
}

// rank puts an initiative before the lines that are printed in its own.
func rank(e norms.Edit) int {
	if _, cites := e.(norms.PutCitationLine); cites {
		return 1
	}
	return 0
}

// placeOf is where the words of an edit begin, -1 when it has none there.
func (d *desk) placeOf(e norms.Edit) int {
	switch e := e.(type) {
	case norms.PutInitiative:
		if n := norms.LineOf(e.Place); n > 0 && n <= len(d.lines.starts) && e.Source == d.Source {
			return d.lines.starts[n-1]
		}
	case norms.PutCitationLine:
		for _, r := range e.References {
			if e.Source == d.Source && d.stands(r) {
				return r.Start
			}
		}
	}
	return -1
}

// stands tells whether a reference is printed where it says.
func (d *desk) stands(r norms.Reference) bool {
	return r.Start >= 0 && r.End <= len(d.lines.runes) && r.Start <= r.End && string(d.lines.runes[r.Start:r.End]) == r.Text
}

// group finds out which initiatives there are, what belongs to each, and what
// waits.
func (d *desk) group() {
	d.Initiatives, d.Waiting = []norms.DeskInitiative{}, []norms.DeskPlace{}
	for _, c := range d.cards {
		if put, ok := c.Edit.(norms.PutInitiative); ok && standing(c) {
			i := norms.DeskInitiative{Slug: put.Slug, Title: put.Title, Position: c.Position}
			d.Initiatives, d.bySlug[put.Slug] = append(d.Initiatives, i), i
		}
	}
	waiting := map[int]bool{}
	lines, along, before := map[string][]norms.DeskPlace{}, map[string][]norms.DeskPlace{}, norms.DeskInitiative{}
	for i := range d.cards {
		c := &d.cards[i]
		at := norms.DeskPlace{EditSeen: c.Shown(), Place: c.Place}
		waits := c.Waits() && c.Decision == norms.Undecided
		if waits {
			d.Waiting = append(d.Waiting, at)
			waiting[c.Position] = true
		}
		if standing(*c) && c.Waits() {
			if c.Orphaned != nil {
				d.Orphans = append(d.Orphans, at)
			}
			for _, slug := range norms.InitiativesNamed(c.Edit) {
				along[slug] = append(along[slug], at)
			}
		}
		switch put := c.Edit.(type) {
		case norms.PutInitiative:
			c.Parent = d.named(put.Parent)
			if c.Before = before; standing(*c) {
				before = d.bySlug[put.Slug]
			}
		case norms.PutCitationLine:
			c.Initiative = d.named(put.Initiative)
			if standing(*c) {
				c.First = len(lines[put.Initiative]) == 0
				lines[put.Initiative] = append(lines[put.Initiative], at)
			}
		}
	}
	for i := range d.cards {
		put, ok := d.cards[i].Edit.(norms.PutInitiative)
		if ok {
			d.cards[i].Lines, d.cards[i].Along = undecided(lines[put.Slug], waiting), along[put.Slug]
		}
	}
}

// standing tells whether an edit is neither taken out nor rejected.
func standing(c norms.DeskCard) bool {
	return c.Edit != nil && c.State != norms.EditOut && c.Decision != norms.Rejected
}

// named is the initiative of a name: of the proposal, or a recorded one.
func (d *desk) named(slug string) norms.DeskInitiative {
	if i, ok := d.bySlug[slug]; ok {
		return i
	}
	return norms.DeskInitiative{Slug: slug, Title: cmp.Or(d.titles[slug], slug)}
}

// undecided are those of a list that wait, which are named by their positions.
func undecided(list []norms.DeskPlace, waiting map[int]bool) []norms.DeskPlace {
	return slices.DeleteFunc(slices.Clone(list), func(p norms.DeskPlace) bool { return !waiting[p.Position] })
}

// explain looks up what the labels mean that the desk shows.
func (r Reader) explain(ctx context.Context, d *desk) error {
	var shown []*norms.DeskCard
	for i := range d.Passages {
		for j := range d.Passages[i].Cards {
			shown = append(shown, &d.Passages[i].Cards[j])
		}
	}
	for i := range d.Besides {
		shown = append(shown, &d.Besides[i])
	}
	if err := r.meanings(ctx, d, shown); err != nil {
		return err
	}
	if err := r.hintOnDesk(ctx, d, shown); err != nil {
		return err
	}
	d.mark()
	return nil
}

// Along are the edits that would go along with an initiative that is merged, or
// with the line at which one is split, with what each number in them means.
func (r Reader) Along(ctx context.Context, p norms.ProposalText, position int) ([]norms.DeskCard, error) {
	d := newDesk(p)
	var out []norms.DeskCard
	for _, e := range norms.GoAlong(p.List, position) {
		i := slices.IndexFunc(d.cards, func(c norms.DeskCard) bool { return c.Position == e.Position })
		out = append(out, d.cards[i])
	}
	shown := make([]*norms.DeskCard, len(out))
	for i := range out {
		shown[i] = &out[i]
	}
	return out, r.meanings(ctx, &d, shown)
}

// meanings looks up what the labels of cards mean.
func (r Reader) meanings(ctx context.Context, d *desk, shown []*norms.DeskCard) error {
	var refs []citation.Reference
	for _, c := range shown {
		line, _ := c.Edit.(norms.PutCitationLine)
		for _, ref := range line.References {
			refs = append(refs, asCited(ref))
		}
	}
	found, err := r.Store.Understand(ctx, refs, d.dated)
	if err != nil {
		return err
	}
	for _, c := range shown {
		line, _ := c.Edit.(norms.PutCitationLine)
		for i, ref := range line.References {
			out := norms.DeskReference{Reference: ref, Stands: d.stands(ref)}
			for _, m := range found[i].Citations {
				decided, _ := line.DecisionOn(i+1, m.Label)
				out.Citations = append(out.Citations, norms.DeskMeaning{Label: m.Label, Resolution: m.Resolution, Candidates: m.Candidates, Decided: decided})
			}
			c.References = append(c.References, out)
		}
		found = found[len(line.References):]
	}
	return nil
}

func asCited(r norms.Reference) citation.Reference {
	out := citation.Reference{Text: r.Text, Start: r.Start, End: r.End, Name: r.Name, Agreement: r.Agreement, Edition: r.Edition}
	for _, l := range r.Labels {
		out.Labels = append(out.Labels, citation.Label{Text: l})
	}
	return out
}

// mark marks in each passage where it cites something, and where there is
// something to look at. Of lines that rest on the same words the first one is
// marked.
func (d *desk) mark() {
	for i := range d.Passages {
		p := &d.Passages[i]
		p.Marks = []norms.DeskMark{}
		for _, c := range p.Cards {
			for _, ref := range c.References {
				unresolved := slices.ContainsFunc(ref.Citations, norms.DeskMeaning.Unresolved)
				if ref.Stands && standing(c) && ref.Start >= p.Start && ref.End <= p.End {
					p.Marks = append(p.Marks, norms.DeskMark{Start: ref.Start, End: ref.End, Edit: c.Position, Decision: c.Decision, Unresolved: unresolved})
				}
			}
		}
		for _, problem := range p.Problems {
			_, line := d.lines.around(problem.Start, problem.Start)
			p.Marks = append(p.Marks, norms.DeskMark{Start: problem.Start, End: min(problem.End, line), Problem: problem.Number})
		}
		slices.SortStableFunc(p.Marks, func(a, b norms.DeskMark) int { return cmp.Compare(a.Start, b.Start) })
	}
}
