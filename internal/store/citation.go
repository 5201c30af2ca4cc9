package store

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type citationLineData struct {
	SourceID     int64  `db:"source_id"`
	InitiativeID int64  `db:"initiative_id"`
	Text         string `db:"text"`
	Place        string `db:"place"`
}

type citationData struct {
	ReferenceID int64            `db:"reference_id"`
	Position    int              `db:"position"`
	Label       string           `db:"label"`
	Resolution  norms.Resolution `db:"resolution"`
	LinkID      *int64           `db:"link_id"`
	DecidedByID *int64           `db:"decided_by_id"`
	Note        string           `db:"note"`
}

var (
	citationLineTable = newTable[citationLineData]("citation_line")
	citationTable     = newTable[citationData]("citation")
)

// cited is what resolving a citation needs to know about it.
type cited struct {
	Agreement    string     `db:"agreement"` // slug, "" when unknown
	On           norms.Date `db:"published_on"`
	InitiativeID int64      `db:"initiative_id"`
	ReporterID   int64      `db:"reported_by_id"`
}

// putCitationLine records a printed line once. What its citations were taken
// to mean since is decided on them: a person who puts it again is told so, and
// the seeds leave it alone.
func (w *writing) putCitationLine(ctx context.Context, e norms.PutCitationLine) (bool, error) {
	source, err := w.id(ctx, "source", "source", e.Source)
	if err != nil {
		return false, err
	}
	initiative, err := w.id(ctx, "initiative", "initiative", e.Initiative)
	if err != nil {
		return false, err
	}
	id, changed, err := put(ctx, w, citationLineTable, wish[citationLineData]{
		thing: norms.Thing{Kind: "citation_line", Key: e.Initiative, Name: "the citation line of " + e.Initiative},
		where: "source_id = @source and initiative_id = @initiative and text = @text",
		key:   pgx.StrictNamedArgs{"source": source, "initiative": initiative, "text": e.Text},
		keyed: w.by.Seeds, refused: "text",
		data: citationLineData{source, initiative, e.Text, e.Place},
	})
	if err != nil || !changed {
		return w.wrote(id, false, err)
	}
	return w.wrote(id, true, w.putReferences(ctx, id, e))
}

func (w *writing) putReferences(ctx context.Context, line int64, e norms.PutCitationLine) error {
	var have int
	if err := w.db.QueryRow(ctx, "select count(*) from reference where line_id = $1", line).Scan(&have); err != nil || have > 0 {
		return failure(err) // only the place of a recorded line changed
	}
	rest := 0 // references stand in order; each is looked for after the one before
	for i, r := range e.References {
		at := strings.Index(e.Text[rest:], r.Text)
		if at < 0 {
			return norms.Field(fmt.Sprintf("references[%d].text", i), "does not stand in the line, after the references before it")
		}
		before, after := e.Text[:rest+at], e.Text[rest+at+len(r.Text):]
		rest += at + len(r.Text)
		if err := w.putReference(ctx, line, i, r, tail(before, 32), head(after, 32)); err != nil {
			return err
		}
	}
	return nil
}

const insertReference = `
insert into reference (line_id, position, text, agreement_name, agreement_id, place_start, place_end, prefix, suffix)
values (@line, @position, @text, @name, @agreement, @start, @end, @prefix, @suffix)
returning id`

func (w *writing) putReference(ctx context.Context, line int64, i int, r norms.Reference, prefix, suffix string) error {
	agreement, err := w.optionalID(ctx, fmt.Sprintf("references[%d].agreement", i), "agreement", r.Agreement)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"line": line, "position": i + 1, "text": r.Text, "name": r.Name, "agreement": agreement,
		"start": &r.Start, "end": &r.End, "prefix": prefix, "suffix": suffix}
	if r.Start < 0 {
		args["start"], args["end"] = nil, nil
	}
	var id int64
	if err := w.db.QueryRow(ctx, insertReference, args).Scan(&id); err != nil {
		return fmt.Errorf("adding reference %d: %w", i+1, failure(err))
	}
	for j, label := range r.Labels {
		if err := w.addCitation(ctx, citationData{ReferenceID: id, Position: j + 1, Label: label}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) addCitation(ctx context.Context, c citationData) error {
	about, err := w.cited(ctx, c.ReferenceID)
	if err != nil {
		return err
	}
	resolution, candidates, err := w.rule(ctx, about, c.Label)
	if err != nil {
		return err
	}
	c.Resolution = resolution
	if resolution == norms.Resolved {
		if c.LinkID, err = w.contributorLink(ctx, about, candidates[0].Principle); err != nil {
			return err
		}
	}
	id, err := citationTable.insert(ctx, w.db, c, w.rev)
	if err != nil {
		return err
	}
	return w.putCandidates(ctx, id, candidates)
}

// rule reads a label by the agreement's numberings (product rule 1).
func (w *writing) rule(ctx context.Context, about cited, label string) (norms.Resolution, []norms.Candidate, error) {
	if about.Agreement == "" {
		return norms.UnknownAgreement, nil, nil
	}
	readings, err := New(w.db).Readings(ctx, about.Agreement, label)
	if err != nil {
		return "", nil, err
	}
	resolution, candidates := norms.ResolveLabel(about.On, readings)
	return resolution, candidates, nil
}

func (w *writing) cited(ctx context.Context, reference int64) (cited, error) {
	const q = `
select coalesce(a.slug, '') as agreement, s.published_on, l.initiative_id, i.reported_by_id
from reference r
join citation_line l on l.id = r.line_id
join source s on s.id = l.source_id
join initiative i on i.id = l.initiative_id
left join agreement a on a.id = r.agreement_id
where r.id = $1`
	rows, err := w.db.Query(ctx, q, reference)
	if err != nil {
		return cited{}, failure(err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[cited])
	if err != nil {
		return c, fmt.Errorf("reading reference %d: %w", reference, failure(err))
	}
	return c, nil
}

// contributorLink finds or makes the contributor's link for which a resolved
// citation stands; several citations may share one.
func (w *writing) contributorLink(ctx context.Context, about cited, ref string) (*int64, error) {
	principle, err := w.principle(ctx, "principle", ref)
	if err != nil {
		return nil, err
	}
	data := linkData{InitiativeID: about.InitiativeID, PrincipleID: principle, Relation: "supports", Origin: "contributor", AsserterID: &about.ReporterID}
	found, err := linkTable.find(ctx, w.db, linkKey, data.key())
	if err != nil {
		return nil, err
	}
	if found != nil {
		return &found.ID, nil
	}
	id, err := linkTable.insert(ctx, w.db, data, w.rev)
	return &id, err
}

func (w *writing) putCandidates(ctx context.Context, citation int64, candidates []norms.Candidate) error {
	const q = "insert into citation_candidate (citation_id, position, principle_id, reason) values ($1, $2, $3, $4)"
	for i, c := range candidates {
		principle, err := w.principle(ctx, "principle", c.Principle)
		if err != nil {
			return err
		}
		if _, err := w.db.Exec(ctx, q, citation, i+1, principle, c.Reason); err != nil {
			return fmt.Errorf("adding candidate %d: %w", i+1, failure(err))
		}
	}
	return nil
}

// resolveCitation records a person's decision. A link that no citation stands
// for any more goes with it.
func (w *writing) resolveCitation(ctx context.Context, e norms.ResolveCitation) (bool, error) {
	found, err := citationTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err != nil {
		return false, err
	}
	if err := withdrawable(found, e.ID, e.Version, "citation"); err != nil {
		return false, err
	}
	data, err := w.decide(ctx, found.Data, e)
	if err != nil {
		return false, err
	}
	if err := citationTable.update(ctx, w.db, e.ID, data, w.rev); err != nil {
		return false, err
	}
	if old := found.Data.LinkID; old != nil && (data.LinkID == nil || *data.LinkID != *old) {
		err = w.releaseLink(ctx, *old)
	}
	return w.wrote(e.ID, true, err)
}

func (w *writing) decide(ctx context.Context, c citationData, e norms.ResolveCitation) (citationData, error) {
	about, err := w.cited(ctx, c.ReferenceID)
	if err != nil {
		return c, err
	}
	ref := e.Principle
	c.DecidedByID, c.Note, c.LinkID = &w.by.ID, e.Note, nil
	switch e.Decision {
	case "resolve":
		c.Resolution = norms.Resolved
		if err := w.belongs(ctx, ref, about); err != nil {
			return c, err
		}
	case "set_aside":
		c.Resolution = norms.SetAside
	case "reopen": // the rule decides again, by the numberings as they are now
		candidates, err := w.reopen(ctx, &c, about, e.ID)
		if err != nil {
			return c, err
		}
		if c.Resolution == norms.Resolved {
			ref = candidates[0].Principle
		}
	}
	if c.Resolution == norms.Resolved {
		c.LinkID, err = w.contributorLink(ctx, about, ref)
	}
	return c, err
}

// belongs refuses a principle of another agreement than the cited one.
func (w *writing) belongs(ctx context.Context, ref string, about cited) error {
	r, err := norms.ParseRef(ref)
	if err != nil {
		return norms.Field("principle", "%s", err)
	}
	if about.Agreement != "" && r.Agreement != about.Agreement {
		return norms.Field("principle", "is one of %s, but the citation names %s; choose one of its principles, or set the citation aside", r.Agreement, about.Agreement)
	}
	return nil
}

func (w *writing) reopen(ctx context.Context, c *citationData, about cited, id int64) ([]norms.Candidate, error) {
	var candidates []norms.Candidate
	var err error
	c.DecidedByID = nil
	if c.Resolution, candidates, err = w.rule(ctx, about, c.Label); err != nil {
		return nil, err
	}
	if _, err := w.db.Exec(ctx, "delete from citation_candidate where citation_id = $1", id); err != nil {
		return nil, failure(err)
	}
	return candidates, w.putCandidates(ctx, id, candidates)
}

func (w *writing) releaseLink(ctx context.Context, id int64) error {
	var held bool
	if err := w.db.QueryRow(ctx, "select exists (select from citation where link_id = $1)", id).Scan(&held); err != nil || held {
		return failure(err)
	}
	return linkTable.drop(ctx, w.db, id)
}

// tail is the last n code points of s.
func tail(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// head is the first n code points of s.
func head(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}
