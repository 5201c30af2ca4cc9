package contribution

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

// Edits are what accepting a contribution does to the record, in the order of
// the document. Left is what could not be put into edits, with the reason.
type Edits struct {
	Source string // slug
	List   []norms.Edit
	Left   []intake.Problem
	Seen   []norms.Seen // of a dossier, what others changed since it was written
	Note   string       // what whoever reviews them should know, "" for nothing

	steps []step // of a dossier
}

// Edits makes edits of what was read; today is when the document was received.
// A document whose text is held has nothing to add, and one that is recorded
// with what it reports adds its text only: what people made of it stands.
func (r Reader) Edits(ctx context.Context, c Contribution, today time.Time) (Edits, error) {
	if c.Known != nil && c.Known.TextHeld {
		return Edits{Source: c.Known.Slug}, nil
	}
	if c.Earlier != nil {
		return Edits{Source: c.Earlier.Slug}, nil
	}
	m := making{Contribution: c, lines: LinesOf(c.Received.Text)}
	wish, wishes := c.wishes()
	if c.Version != nil {
		err := r.versionEdits(ctx, &m, wishes, today)
		m.Note = c.Version.note()
		m.Left = append(m.Left, c.Outside()...)
		return m.Edits, err
	}
	err := r.nameSource(ctx, &m, wish)
	if err != nil {
		return m.Edits, err
	}
	if c.Edited != nil {
		if m.names, err = r.slugs(ctx, "initiative", c.Received.FileSHA256, wishes); err == nil {
			err = r.dossierEdits(ctx, &m, today)
		}
		if len(m.List) == 0 && c.Known == nil {
			m.Source = "" // none is recorded of a dossier that changes nothing
		}
		return m.Edits, err
	}
	if c.Known == nil {
		m.add(m.newSource(today), intake.Span{})
	}
	m.add(norms.PutSourceText{Source: m.Source, FileSHA256: c.Received.FileSHA256, MediaType: c.Received.MediaType}, intake.Span{})
	if c.Known != nil && c.Known.InitiativeCount+c.Known.ReferenceCount > 0 {
		return m.Edits, nil
	}
	if err := r.nameInitiatives(ctx, &m, wishes); err != nil {
		return m.Edits, err
	}
	for n, i := range c.Reading.Initiatives {
		m.initiative(i, "", m.last+n+1)
	}
	m.Left, m.Note = append(m.Left, c.Outside()...), c.alikeNote()
	return m.Edits, nil
}

// OutsideInitiatives is the kind of problem of what is cited outside of any
// initiative.
const OutsideInitiatives intake.ProblemKind = "outside_initiatives"

// Outside is what the document cites outside of any initiative. Nothing is
// proposed of it: a link has an initiative.
func (c Contribution) Outside() []intake.Problem {
	if c.Edited != nil {
		return nil // it says itself what cannot be told
	}
	var out []intake.Problem
	for _, r := range c.Reading.Elsewhere {
		out = append(out, intake.Problem{Span: intake.Span{Start: r.Start, End: r.End}, Kind: OutsideInitiatives, Text: r.Text,
			What: "this is cited outside of any initiative, so no link is proposed: add it to one by hand if it belongs there"})
	}
	return out
}

// nameSource finds the name of the source that the document is or will be.
func (r Reader) nameSource(ctx context.Context, m *making, wish string) error {
	if m.Known != nil {
		m.Source = m.Known.Slug
		return nil
	}
	free, err := r.slugs(ctx, "source", m.Received.FileSHA256, []string{wish})
	if err == nil {
		m.Source = free.free(wish)
	}
	return err
}

// nameInitiatives finds names for new initiatives and the end of what was reported
// before, after which they come.
func (r Reader) nameInitiatives(ctx context.Context, m *making, wishes []string) (err error) {
	if m.names, err = r.slugs(ctx, "initiative", m.Received.FileSHA256, wishes); err != nil {
		return err
	}
	if m.last, err = r.Store.LastPosition(ctx, m.Organization.Slug); err != nil {
		return fmt.Errorf("looking for the end of what was reported before: %w", err)
	}
	return nil
}

// making is a list of edits while it is made.
type making struct {
	Contribution
	Edits
	lines Lines
	names slugs
	last  int // the highest position of what was reported
}

// add appends an edit; one that the record would refuse is left out and said.
func (m *making) add(e norms.Edit, at intake.Span) bool {
	err := e.Check()
	if err == nil {
		m.List = append(m.List, e)
		return true
	}
	m.leave(at, "this cannot be recorded as it is: "+err.Error())
	return false
}

func (m *making) leave(at intake.Span, why string) {
	m.Left = append(m.Left, intake.Problem{Span: at, Kind: NotRecorded, Text: m.words(at), What: why})
}

// words are what stands at a place of the document.
func (m *making) words(at intake.Span) string { return string(m.lines.runes[at.Start:at.End]) }

// NotRecorded is the kind of problem of what was read but cannot be proposed.
const NotRecorded intake.ProblemKind = "not_recorded"

func (m *making) newSource(today time.Time) norms.PutSource {
	return norms.PutSource{
		Slug: m.Source, Title: m.Title(), Kind: "contribution", Publisher: m.Organization.Name, Organization: m.Organization.Slug,
		PublishedOn: m.Reading.Dated, RetrievedOn: norms.Date(today.UTC().Format(time.DateOnly)), SHA256: m.Received.FileSHA256,
		Language: m.Reading.Language, Exhaustiveness: "unknown",
	}
}

// initiative adds a candidate, what it cites, and its parts.
func (m *making) initiative(i intake.Initiative, parent string, position int) {
	status, due := i.Status()
	e := norms.PutInitiative{
		Slug: m.names.free(m.wish(i.Title)), Title: cut(publicText(i.Title), norms.MaxTitle), Kind: norms.UnsaidKind, Parent: parent,
		Organization: m.Organization.Slug, ReportedBy: m.Organization.Slug, Heading: cut(publicText(i.Heading), norms.MaxTitle), Position: position,
		Status: status, DueOn: due, StatusNote: m.why(i), Source: m.Source, Place: m.place(i.Start),
	}
	switch {
	case i.Planned != nil:
	case i.Ended != nil:
		e.EndedOn = i.Ended.On
	case i.Since != nil:
		e.StartedOn = i.Since.On
	}
	if !m.add(e, i.Span) {
		return
	}
	m.cite(e.Slug, i.References)
	for n, p := range i.Parts {
		m.initiative(p, e.Slug, n+1)
	}
}

// why says what the status of a candidate was taken from.
func (m *making) why(i intake.Initiative) string {
	if i.Planned == nil && i.Ended != nil {
		return fmt.Sprintf("The document says “%s”, %s.", publicText(strings.Join(strings.Fields(i.Ended.Text), " ")), m.place(i.Ended.Start))
	}
	if i.Planned == nil && i.Since != nil {
		return fmt.Sprintf("The document says “%s”, %s; taken as ongoing.", publicText(strings.Join(strings.Fields(i.Since.Text), " ")), m.place(i.Since.Start))
	}
	if i.Planned == nil {
		return "The document does not say; taken as ongoing."
	}
	return fmt.Sprintf("The document says “%s”, %s.", publicText(strings.TrimSpace(i.Planned.Text)), m.place(i.Planned.Start))
}

func (m *making) place(at int) string { return norms.PlaceOfLine(m.lines.Of(at)) }

// cite adds the lines in which a candidate's references are printed. The same
// words twice are told apart by the line before them.
func (m *making) cite(initiative string, refs []citation.Reference) {
	said := map[string]bool{}
	if m.Version != nil {
		said = maps.Clone(m.Version.lines[initiative])
		if said == nil {
			said = map[string]bool{}
		}
	}
	for _, p := range m.lines.printed(refs) {
		for said[m.lines.text(p)] && p.start > 0 {
			from, _ := m.lines.around(p.start-1, p.start)
			if !m.lines.records(from, p.end) {
				break
			}
			p.start = from
		}
		text := m.lines.text(p)
		at := intake.Span{Start: p.refs[0].Start, End: p.refs[len(p.refs)-1].End}
		if said[text] {
			m.leave(at, "the same words are recorded for the same initiative already")
			continue
		}
		said[text] = true
		m.add(norms.PutCitationLine{Source: m.Source, Initiative: initiative, Text: text, Place: m.place(at.Start), References: references(p.refs)}, at)
	}
}

// references are what edits say of references.
func references(refs []citation.Reference) []norms.Reference {
	out := make([]norms.Reference, len(refs))
	for i, r := range refs {
		out[i] = norms.Reference{Text: r.Text, Start: r.Start, End: r.Start + utf8.RuneCountInString(r.Text), Name: r.Name, Agreement: r.Agreement, Edition: r.Edition}
		for _, l := range r.Labels {
			out[i].Labels = append(out[i].Labels, l.Text)
		}
	}
	return out
}
