package edit

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
	"normmap/internal/store/postgres"
)

type citationLineData struct {
	SourceID     int64  `db:"source_id"`
	InitiativeID int64  `db:"initiative_id"`
	Text         string `db:"text"`
	Place        string `db:"place"`
}

// citationLineKey is the natural key of a line.
const citationLineKey = "source_id = @source and initiative_id = @initiative and text = @text"

func (d citationLineData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"source": d.SourceID, "initiative": d.InitiativeID, "text": d.Text}
}

type referenceData struct {
	LineID        int64  `db:"line_id"`
	Position      int    `db:"position"`
	Text          string `db:"text"`
	AgreementName string `db:"agreement_name"`
	AgreementID   *int64 `db:"agreement_id"`
	Start         *int   `db:"place_start"`
	End           *int   `db:"place_end"`
	Prefix        string `db:"prefix"`
	Suffix        string `db:"suffix"`
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

type candidateData struct {
	CitationID  int64  `db:"citation_id"`
	Position    int    `db:"position"`
	PrincipleID int64  `db:"principle_id"`
	Reason      string `db:"reason"`
}

var (
	citationLineTable = newTable[citationLineData]("citation_line")
	referenceTable    = newPart[referenceData]("reference")
	citationTable     = newTable[citationData]("citation")
	candidateTable    = newPart[candidateData]("citation_candidate")
)

// cited is what resolving a citation needs to know about it.
type cited struct {
	Agreement    string     `db:"agreement"` // slug, "" when unknown
	On           norms.Date `db:"published_on"`
	InitiativeID int64      `db:"initiative_id"`
	ReporterID   int64      `db:"reported_by_id"`
	Edition      string     `db:"-"` // slug, when the text tells which it means
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
	data := citationLineData{source, initiative, e.Text, e.Place}
	id, changed, err := put(ctx, w, citationLineTable, wish[citationLineData]{
		thing: norms.Thing{Kind: "citation_line", Key: e.Initiative, Name: "the citation line of " + e.Initiative},
		where: citationLineKey, key: data.key(), data: data, keyed: w.by.Seeds, refused: "text",
	})
	if err != nil || !changed {
		return w.wrote(id, false, err)
	}
	return w.wrote(id, true, w.putReferences(ctx, id, data, e))
}

func (w *writing) putReferences(ctx context.Context, line int64, data citationLineData, e norms.PutCitationLine) error {
	if !w.run.isNew(citationLineTable.name, line) {
		var have int
		if err := w.db.QueryRow(ctx, "select count(*) from reference where line_id = $1", line).Scan(&have); err != nil || have > 0 {
			return postgres.Failure(err) // only the place of a recorded line changed
		}
	}
	about, err := w.printed(ctx, data)
	if err != nil {
		return err
	}
	rest := 0 // references stand in order; each is looked for after the one before
	for i, r := range e.References {
		at := strings.Index(e.Text[rest:], r.Text)
		if at < 0 {
			return norms.Field(fmt.Sprintf("references[%d].text", i), "does not stand in the line, after the references before it")
		}
		before, after := e.Text[:rest+at], e.Text[rest+at+len(r.Text):]
		rest += at + len(r.Text)
		about.Agreement, about.Edition = r.Agreement, r.Edition
		if err := w.stands(ctx, e.Source, fmt.Sprintf("references[%d].start", i), r); err != nil {
			return err
		}
		data := referenceData{LineID: line, Position: i + 1, Text: r.Text, AgreementName: r.Name, Prefix: tail(before, besides), Suffix: head(after, besides)}
		if err := w.putReference(ctx, about, data, e); err != nil {
			return err
		}
	}
	return nil
}

// besidePlace is how many code points on either side of a place are read with it: of
// an address or a number that reaches into the place all is known then.
const besidePlace = 400

const aroundPlace = `
select s.title, substr(s.body, greatest(@start::int - @beside::int, 0) + 1, @end::int + @beside::int - greatest(@start::int - @beside::int, 0)) as text
from source s
where s.slug = @source`

// stands refuses a reference that does not stand at its place in the text that is
// held of its source: it was read in another one. What pages hide there is refused
// whether it stands there or not, for edits that are only tried out would tell it.
func (w *writing) stands(ctx context.Context, source, field string, r norms.Reference) error {
	if r.Start < 0 {
		return nil
	}
	var title string
	var around *string
	args := pgx.StrictNamedArgs{"source": source, "start": r.Start, "end": r.End, "beside": besidePlace}
	if err := w.db.QueryRow(ctx, aroundPlace, args).Scan(&title, &around); err != nil || around == nil {
		return postgres.Failure(err)
	}
	if before := min(r.Start, besidePlace); !shows(*around, r.Text, before, before+r.End-r.Start) {
		return norms.Field(field, "is not where %q stands in the text of “%s”: it was read in another document, which needs a source of its own", r.Text, title)
	}
	return nil
}

// shows tells whether a text has words at a place, and pages show them there.
func shows(text, words string, start, end int) bool {
	held := []rune(text)
	return start <= end && end <= len(held) && string(held[start:end]) == words && string([]rune(norms.Mask(text))[start:end]) == words
}

func (w *writing) putReference(ctx context.Context, about cited, data referenceData, e norms.PutCitationLine) (err error) {
	r := e.References[data.Position-1]
	field := fmt.Sprintf("references[%d].agreement", data.Position-1)
	if data.AgreementID, err = w.optionalID(ctx, field, "agreement", r.Agreement); err != nil {
		return err
	}
	if r.Start >= 0 {
		data.Start, data.End = &r.Start, &r.End
	}
	id, err := insert(ctx, w, referenceTable, data)
	if err != nil {
		return fmt.Errorf("adding reference %d: %w", data.Position, err)
	}
	for j, label := range r.Labels {
		decided, _ := e.DecisionOn(data.Position, label)
		if err := w.addCitation(ctx, about, citationData{ReferenceID: id, Position: j + 1, Label: label}, decided); err != nil {
			return err
		}
	}
	return nil
}

// addCitation adds a label, resolved by the rule unless a person decided.
func (w *writing) addCitation(ctx context.Context, about cited, c citationData, decided norms.LabelDecided) error {
	resolution, candidates, err := w.rule(ctx, about, c.Label)
	if err != nil {
		return err
	}
	if c.Resolution = resolution; decided.Decision != "" {
		err = w.decideNew(ctx, about, &c, decided)
	} else if resolution == norms.Resolved {
		c.LinkID, err = w.contributorLink(ctx, about, candidates[0].Principle)
	}
	if err != nil {
		return err
	}
	id, err := insert(ctx, w, citationTable, c)
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
	readings, err := w.readings(ctx, browse.CitedLabel{Agreement: about.Agreement, Label: label, Edition: about.Edition})
	if err != nil {
		return "", nil, err
	}
	resolution, candidates := norms.ResolveLabel(about.On, readings)
	return resolution, candidates, nil
}

// readings tells what the numberings take a label to mean.
func (w *writing) readings(ctx context.Context, c browse.CitedLabel) ([]norms.LabelReading, error) {
	if w.run != nil {
		if known, ok := w.run.readings[c]; ok {
			return known, nil
		}
	}
	return on(w.db).record.Readings(ctx, c)
}

const publishedOn = "select published_on from source where id = @source"

// printed is what the citations of a line have in common, but for the
// agreement that each reference names.
func (w *writing) printed(ctx context.Context, line citationLineData) (about cited, err error) {
	about.InitiativeID = line.InitiativeID
	of, err := w.parties(ctx, line.InitiativeID)
	if err != nil {
		return about, err
	}
	about.ReporterID = of.ReportedByID
	if w.run != nil {
		if on, ok := w.run.published[line.SourceID]; ok {
			about.On = on
			return about, nil
		}
	}
	err = w.db.QueryRow(ctx, publishedOn, pgx.StrictNamedArgs{"source": line.SourceID}).Scan(&about.On)
	return about, postgres.Failure(err)
}

// contributorLink finds or makes the contributor's link for which a resolved
// citation stands; several citations may share one.
func (w *writing) contributorLink(ctx context.Context, about cited, ref string) (*int64, error) {
	principle, err := w.principle(ctx, "principle", ref)
	if err != nil {
		return nil, err
	}
	data := about.link(principle)
	found, err := find(ctx, w, linkTable, linkKey, data.key())
	if err != nil {
		return nil, err
	}
	if found != nil {
		return &found.ID, nil
	}
	id, err := insert(ctx, w, linkTable, data)
	if err == nil {
		learn(w.run, linkTable, linkKey, data.key(), &row[linkData]{id, w.rev, data}) // others of the run may stand for it, too
	}
	return &id, err
}

// link is the contributor's link from what is cited to a principle.
func (c cited) link(principle int64) linkData {
	return linkData{InitiativeID: c.InitiativeID, PrincipleID: principle, Relation: "supports", Origin: "contributor", AsserterID: &c.ReporterID}
}

func (w *writing) putCandidates(ctx context.Context, citation int64, candidates []norms.Candidate) error {
	for i, c := range candidates {
		principle, err := w.principle(ctx, "principle", c.Principle)
		if err != nil {
			return err
		}
		if _, err := insert(ctx, w, candidateTable, candidateData{citation, i + 1, principle, c.Reason}); err != nil {
			return fmt.Errorf("adding candidate %d: %w", i+1, err)
		}
	}
	return nil
}

// tail is the last n code points of s.
func tail(s string, n int) string {
	from := len(s)
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	return s[from:]
}

// head is the first n code points of s.
func head(s string, n int) string {
	to := 0
	for ; n > 0 && to < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[to:])
		to += size
	}
	return s[:to]
}
