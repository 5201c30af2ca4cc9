package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"normmap/internal/dossier"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

// returned are the edits of a dossier that came back while they are made: what
// was recorded when it was written, what is by now, and a draft of each
// initiative of the file as it is to be.
type returned struct {
	*making
	*Edited
	today  time.Time
	drafts map[string]*draft // by their keys in the dossier
	order  []*draft          // as the file has them, then what was struck out
	known  map[int64]*struck // lines of the dossier that were edited
	moves  []*struck         // they and new ones, in the order of the file
	said   map[string]bool
	steps  []step
}

// draft is an initiative as it is to be. Everything that the dossier did not
// change is as it is recorded now, not as it was then.
type draft struct {
	edit      norms.PutInitiative
	was, now  *norms.ContributedInitiative // nil for an added one
	place     int                          // in order
	at        int
	free      bool // its position may change
	dropped   bool // it cannot be changed
	withdrawn bool
	candidate *intake.Initiative
}

// step is an edit with what its place in the proposal depends on.
type step struct {
	norms.Edit
	rank, place int
	at          int
	title       string
	seen        []norms.Seen
}

// The ranks of edits. A part has no parts: whoever stops being one does so
// first, and becomes one when its own parts are gone.
const (
	ofSource = iota
	toWhole
	newWhole
	toOtherWhole
	withdrawnPart
	withdrawnWhole
	toPart
	newPart
	anyOther
)

// dossierEdits makes edits of what was changed in a dossier, in the file's
// order, after those that others rest on.
func (r Reader) dossierEdits(ctx context.Context, m *making, today time.Time) error {
	e := m.Edited
	for _, p := range e.Problems {
		m.Left = append(m.Left, m.problem(p.Line, p.Text, p.What))
	}
	if len(e.Changes) == 0 {
		return nil
	}
	now, err := r.Store.Contributed(ctx, m.Organization.Slug)
	if err != nil {
		return fmt.Errorf("reading what is recorded by now: %w", err)
	}
	b := &returned{making: m, Edited: e, today: today, drafts: map[string]*draft{}, known: map[int64]*struck{}, said: map[string]bool{}}
	b.draw(now)
	for _, change := range e.Changes {
		b.apply(change)
	}
	b.unnest()
	b.position()
	b.putInitiatives()
	b.putLines()
	b.arrange()
	return nil
}

// draw begins a draft of each initiative of the dossier and of the file.
func (b *returned) draw(now norms.Contributed) {
	recorded := map[int64]*norms.ContributedInitiative{}
	for n := range now.Initiatives {
		recorded[now.Initiatives[n].ID] = &now.Initiatives[n]
	}
	for n := range b.was.Initiatives {
		was := &b.was.Initiatives[n]
		d := &draft{was: was, now: recorded[was.ID]}
		if d.now != nil {
			d.edit = d.now.PutInitiative
		}
		b.drafts[was.Slug] = d
	}
	for _, p := range b.Order {
		if b.drafts[p.Key] == nil {
			b.drafts[p.Key] = &draft{}
		}
		b.line(b.drafts[p.Key])
	}
	for n := range b.was.Initiatives {
		if d := b.drafts[b.was.Initiatives[n].Slug]; !slices.Contains(b.order, d) {
			b.line(d)
		}
	}
}

func (b *returned) line(d *draft) {
	d.place = len(b.order)
	b.order = append(b.order, d)
}

// apply takes one change into the drafts.
func (b *returned) apply(c dossier.Change) {
	switch {
	case c.Subject == dossier.OfLine:
		b.strike(c)
	case c.Subject == dossier.OfHeading:
		b.head(c)
	case c.Action == dossier.Added:
		b.add(c)
	default:
		b.change(c)
	}
}

// head rewords or moves a heading with all that stands under it.
func (b *returned) head(c dossier.Change) {
	for _, slug := range c.Under {
		b.drafts[slug].edit.Heading = c.Title
	}
	for _, p := range b.Order {
		if c.Action == dossier.Moved && p.Parent == "" && p.Heading == c.Title {
			b.drafts[p.Key].free = true
		}
	}
}

// add drafts a new initiative. What the document says of its status is read as
// in any contribution.
func (b *returned) add(c dossier.Change) {
	d := b.drafts[c.Initiative]
	d.at, d.free, d.candidate = c.At, true, b.read(c.At)
	d.edit = norms.PutInitiative{
		Slug: b.names.free(b.wish(c.Title)), Title: c.Added.Title, Summary: c.Added.Summary, Kind: norms.UnsaidKind,
		Organization: b.Organization.Slug, ReportedBy: b.Organization.Slug, Heading: c.Added.Heading, Status: "ongoing",
		StatusNote: "The dossier does not say; taken as ongoing.", Source: b.Source, Place: b.where(c.At),
	}
	if i := d.candidate; i != nil && i.Planned != nil {
		d.edit.Status, d.edit.DueOn = i.Status()
		d.edit.StatusNote = b.why(*i)
	}
	b.put(d, *c.To)
	for _, l := range c.Added.Lines {
		b.moves = append(b.moves, &struck{to: d, text: l.Text, at: l.At, title: c.Title, changed: true})
	}
}

// read is the candidate that begins in a line or row, nil for none.
func (b *returned) read(at int) *intake.Initiative {
	line := b.textLine(at)
	for _, i := range b.Contribution.Reading.Initiatives {
		for _, candidate := range append([]intake.Initiative{i}, i.Parts...) {
			if b.making.lines.Of(candidate.Start) == line {
				return &candidate
			}
		}
	}
	return nil
}

// change rewords, moves or strikes out a recorded initiative.
func (b *returned) change(c dossier.Change) {
	d := b.drafts[c.Initiative]
	if d.now == nil {
		if c.Action != dossier.Withdrawn {
			b.miss(c.At, c.Title, fmt.Sprintf("this initiative was withdrawn since revision %d: restore it first, or leave it out", b.Revision))
		}
		return
	}
	d.at = cmp.Or(d.at, c.At)
	switch c.Action {
	case dossier.Withdrawn:
		d.withdrawn = true
	case dossier.Moved:
		d.free = true
		b.put(d, *c.To)
	default:
		for _, f := range c.Fields {
			*map[string]*string{"title": &d.edit.Title, "summary": &d.edit.Summary}[f.Name] = f.After
		}
	}
}

// put places a draft. What was no part in the dossier may still be one of
// something that somebody else reported, and stays so.
func (b *returned) put(d *draft, to dossier.Place) {
	switch {
	case to.Parent != "":
		if d.edit.Parent = b.drafts[to.Parent].edit.Slug; d.edit.Parent == "" {
			b.miss(d.at, d.edit.Title, fmt.Sprintf("stands under “%s”, which was withdrawn since revision %d", b.drafts[to.Parent].title(), b.Revision))
			b.undo(d)
		}
		return
	case d.was == nil || b.drafts[d.was.Parent] != nil:
		d.edit.Parent = ""
	}
	d.edit.Heading = to.Heading
}

// title is what an initiative is or was called.
func (d *draft) title() string {
	if d.was != nil {
		return cmp.Or(d.edit.Title, d.was.Title)
	}
	return d.edit.Title
}

// unnest leaves out what would be a part of a part.
func (b *returned) unnest() {
	of := map[string]*draft{}
	whole := map[string]bool{}
	for _, d := range b.order {
		if !d.withdrawn && d.edit.Slug != "" {
			of[d.edit.Slug] = d
			whole[d.edit.Parent] = true
		}
	}
	for _, d := range b.order {
		parent := of[d.edit.Parent]
		if d.withdrawn || d.edit.Slug == "" || d.now != nil && d.edit.Parent == d.now.Parent {
			continue
		}
		if deep := parent != nil && (parent.edit.Parent != "" || parent.dropped); !deep && (d.edit.Parent == "" || !whole[d.edit.Slug]) {
			continue
		}
		b.miss(d.at, d.edit.Title, "would be a part of a part, or a part with parts of its own: put it under an initiative that is no part itself")
		b.undo(d)
	}
}

// undo leaves a draft where it is recorded, and a new one out.
func (b *returned) undo(d *draft) {
	if d.now == nil {
		d.dropped = true
		return
	}
	d.edit.Parent, d.edit.Heading, d.free = d.now.Parent, d.now.Heading, false
}

// step adds an edit unless the record would refuse it, which is said.
func (b *returned) step(s step) bool {
	if err := s.Check(); err != nil {
		b.miss(s.at, s.title, "this cannot be recorded as it is: "+err.Error())
		return false
	}
	b.steps = append(b.steps, s)
	return true
}

// arrange puts the edits in order, after the source that they came from.
func (b *returned) arrange() {
	if len(b.steps) == 0 {
		return
	}
	slices.SortStableFunc(b.steps, func(x, y step) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.place, y.place)) })
	source := []step{{Edit: norms.PutSourceText{Source: b.Source, FileSHA256: b.Received.FileSHA256, MediaType: b.Received.MediaType}, rank: ofSource}}
	if b.Known == nil {
		source = slices.Insert(source, 0, step{Edit: b.dossierSource(), rank: ofSource})
	}
	b.making.steps = append(source, b.steps...)
	b.List, b.Seen = listed(b.making.steps)
}

// listed are edits, and what their proposer saw otherwise.
func listed(steps []step) (list []norms.Edit, seen []norms.Seen) {
	for n, s := range steps {
		list = append(list, s.Edit)
		for _, f := range s.seen {
			f.Edit = n
			seen = append(seen, f)
		}
	}
	return list, seen
}

// dossierSource is the file that came back: what is new in it was said by the
// contributor on the day that it came, and no earlier document is altered.
func (b *returned) dossierSource() norms.PutSource {
	e := b.newSource(b.today)
	e.PublishedOn = e.RetrievedOn
	e.Note = fmt.Sprintf("The dossier of revision %d as it was edited and sent back; its day is the one on which it was received.", b.Revision)
	return e
}
