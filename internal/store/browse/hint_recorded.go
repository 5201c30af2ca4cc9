package browse

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/quote"
	"normmap/internal/store/postgres"
)

// citedReference is a recorded reference r with the principles that its numbers
// mean or may mean. It is open when it cites one number that is ambiguous.
const citedReference = `r.place_start as "start", r.place_end as "end", r.text, coalesce((select ra.slug from agreement ra where ra.id = r.agreement_id), '') as agreement,
      (select coalesce(json_agg(distinct mn.ref), '[]')
       from citation mc
       left join link ml on ml.id = mc.link_id
       left join citation_candidate mk on mk.citation_id = mc.id
       join principle_name mn on mn.id in (ml.principle_id, mk.principle_id)
       where mc.reference_id = r.id) as meant,
      (select count(*) = 1 and bool_and(oc.resolution = 'ambiguous') from citation oc where oc.reference_id = r.id) as open,
      exists (select from citation ac where ac.reference_id = r.id and ac.resolution = 'set_aside') as set_aside`

// citedMeaning is what a recorded reference means or may mean.
type citedMeaning struct {
	Agreement string   `json:"agreement"`
	Meant     []string `json:"meant"`
	Open      bool     `json:"open"`
	SetAside  bool     `json:"set_aside"`
}

// cite is the reference as the check takes it. Of what somebody set aside
// nothing is said any more.
func (m citedMeaning) cite(start, end int) quote.Cite {
	if m.SetAside {
		return quote.Cite{Start: start, End: end}
	}
	return quote.Cite{Start: start, End: end, Agreement: m.Agreement, Meant: m.Meant, Open: m.Open}
}

// hinted adds hints to the marks of a piece of a text.
func (s *Store) hinted(ctx context.Context, marks []markRecord, piece *norms.SourceText) (*norms.SourceText, error) {
	stands := func(m markRecord) bool {
		return slices.ContainsFunc(piece.Marks, func(p norms.TextMark) bool { return sameMark(p, m.TextMark) })
	}
	marks = slices.DeleteFunc(slices.Clone(marks), func(m markRecord) bool { return !stands(m) })
	cites := make([]quote.Cite, len(marks))
	for i, m := range marks {
		cites[i] = m.cite(m.Start-piece.Start, m.End-piece.Start)
	}
	hints, err := s.check(ctx, piece.Text, cites)
	for _, h := range hints {
		i := slices.IndexFunc(piece.Marks, func(p norms.TextMark) bool { return sameMark(p, marks[h.Cite].TextMark) })
		for w := range h.Words {
			h.Words[w].Start += piece.Start
			h.Words[w].End += piece.Start
		}
		piece.Marks[i].Hint = &h.QuoteHint
	}
	return piece, err
}

// hintLines adds hints to lines of which no text is held.
func (s *Store) hintLines(ctx context.Context, lines []norms.CitationLine) error {
	cites := make([][]quote.Cite, len(lines))
	for i, l := range lines {
		for _, r := range l.References {
			cites[i] = append(cites[i], citeOf(r))
		}
	}
	k, err := s.checker(ctx, slices.Concat(cites...))
	if err != nil {
		return err
	}
	for i, l := range lines {
		printed := make([]norms.Reference, len(l.References))
		for j, r := range l.References {
			printed[j].Text = r.Text
		}
		hints, err := lineHints(ctx, l.Text, printed, cites[i], k)
		if err != nil {
			return err
		}
		for j, h := range hints {
			l.References[j].Hint = h
		}
	}
	return nil
}

// citeOf is a reference that is shown as the check takes it.
func citeOf(r norms.ReferenceRow) quote.Cite {
	m := citedMeaning{Agreement: r.Agreement, Open: len(r.Citations) == 1}
	for _, c := range r.Citations {
		m.SetAside = m.SetAside || c.Resolution == norms.SetAside
		m.Open = m.Open && c.Resolution == norms.Ambiguous
		if c.Principle != "" {
			m.Meant = append(m.Meant, c.Principle)
		}
		for _, k := range c.Candidates {
			m.Meant = append(m.Meant, k.Principle)
		}
	}
	return m.cite(0, 0)
}

// around is how many code points of a text on either side of a citation are
// looked at for its page.
const around = 2_000

// citedAround reads the text around a citation with all that is cited there, or
// its line where the text is not held.
const citedAround = `
select case when w.held then substr(s.body, w.start + 1, w.size) else t.text end as text, w.held, w.start,
  (select coalesce(json_agg(m order by m.line, m.position), '[]') from (
    select ` + citedReference + `, ot.id as line, r.position, r.id = mine.id as mine
    from citation_line ot
    join reference r on r.line_id = ot.id
    where ot.source_id = s.id and case when w.held then r.place_as_of is null and r.place_start >= w.start and r.place_end <= w.start + w.size else ot.id = t.id end) m) as cited
from citation c
join reference mine on mine.id = c.reference_id
join citation_line t on t.id = mine.line_id
join source s on s.id = t.source_id
cross join lateral (
  select s.body is not null and mine.place_start is not null and mine.place_as_of is null as held, greatest(coalesce(mine.place_start, 0) - @around::int, 0) as start,
    2 * @around::int + char_length(mine.text) as size) w
where c.id = @id`

type citedRecord struct {
	Text  string
	Held  bool
	Start int
	Cited []struct {
		citedMeaning
		Text  string `json:"text"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Mine  bool   `json:"mine"`
	}
}

// CitationHint is the hint about the reference of a citation, nil for most.
func (s *Store) CitationHint(ctx context.Context, id int64) (*norms.QuoteHint, error) {
	found, err := postgres.Collect[citedRecord](ctx, s.db, "the text around a citation", citedAround, pgx.StrictNamedArgs{"id": id, "around": around})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	r := found[0]
	refs, cites, mine := make([]norms.Reference, len(r.Cited)), make([]quote.Cite, len(r.Cited)), 0
	for i, c := range r.Cited {
		refs[i], cites[i] = norms.Reference{Text: c.Text}, c.cite(c.Start-r.Start, c.End-r.Start)
		if c.Mine {
			mine = i
		} else {
			cites[i].Agreement = ""
		}
	}
	k, err := s.checker(ctx, cites)
	if err != nil {
		return nil, err
	}
	if !r.Held {
		hints, err := lineHints(ctx, r.Text, refs, cites, k)
		return hints[mine], err
	}
	hints, err := k.Check(ctx, r.Text, cites)
	return byCite(hints, len(cites))[mine], err
}
