package browse

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// textSlack is how far from its measured end a piece of a text may end with a
// line; it is measured from its beginning so that pieces are for ever the same.
const textSlack = 4_000

// textLead is how far before its measured beginning a piece is read: of an
// address that stands there all is known, so that it is hidden.
const textLead = 400

// textPiece reads @size code points of a text from @from and the @lead before
// them, with the references that stand in them.
const textPiece = `
select length(s.body) as length, substr(s.body, greatest(@from::int - @lead::int, 0) + 1, @size::int + least(@from::int, @lead::int)) as text,
  coalesce(d.text_sha256, '') as text_sha256, coalesce(d.media_type, '') as media_type, coalesce(d.bytes, 0) as bytes,
  (select coalesce(json_agg(m order by m."start", m."end", m.line, m.position), '[]') from (
    select ` + citedReference + `, t.id as line, r.position,
      (select coalesce(json_agg(json_build_object('label', c.label, 'resolution', c.resolution, 'principle', coalesce(n.ref, ''),
          'principle_title', coalesce(n.title, ''), 'initiative', i.slug, 'initiative_title', i.title) order by c.position, c.id), '[]')
       from citation c
       left join link l on l.id = c.link_id
       left join principle_name n on n.id = l.principle_id
       where c.reference_id = r.id) as citations
    from citation_line t
    join reference r on r.line_id = t.id
    join initiative i on i.id = t.initiative_id
    where t.source_id = s.id and r.place_as_of is null and r.place_start < @from::int + @size::int and r.place_end > @from::int) m) as mark_list,
  (select count(*) ` + leftOf + `) as left_total,
  (select coalesce(json_agg(x order by x.place_as_of desc, x.start, x.initiative), '[]') from (
    select r.text, r.place_start as start, r.place_end as "end", r.place_as_of, i.slug as initiative, i.title as initiative_title
    ` + leftOf + `
    order by r.place_as_of desc, r.place_start, i.slug, r.id
    limit @left) x) as left_list,
  (select coalesce(json_agg(x order by x.as_of desc), '[]') from (
    select h.sha256, max(h.until_rev) - 1 as as_of
    from history.source h
    where h.id = s.id and h.until_rev <= s.version and h.body is not null and h.sha256 <> s.sha256
    group by h.sha256) x) as earlier
from source s
left join lateral (select o.text_sha256, o.media_type, o.bytes from document o where o.file_sha256 = s.sha256 and o.text_sha256 = encode(sha256(convert_to(s.body, 'utf8')), 'hex') order by o.id limit 1) d on true
where s.id = @source`

// leftOf are the references to earlier texts of the source s.
const leftOf = `
    from citation_line t
    join reference r on r.line_id = t.id
    join initiative i on i.id = t.initiative_id
    where t.source_id = s.id and r.place_as_of is not null`

// leftShown is how many of them are listed.
const leftShown = 200

type textRecord struct {
	Length     int
	Text       string
	TextSHA256 string `db:"text_sha256"`
	MediaType  string
	Bytes      int64
	MarkList   []markRecord
	LeftTotal  int
	LeftList   []norms.LeftReference
	Earlier    []norms.EarlierText
}

// markRecord is a mark with what its numbers may mean.
type markRecord struct {
	norms.TextMark
	citedMeaning
}

// sourceText reads the piece of a text that holds a place, with what it cites.
func (s *Store) sourceText(ctx context.Context, source int64, place int) (*norms.SourceText, error) {
	number := max(0, place) / norms.TextShown
	found, err := s.textPiece(ctx, source, number)
	if err == nil && found != nil && number > 0 && place < found.Start {
		found, err = s.textPiece(ctx, source, number-1) // its last line reaches over the measured end
	}
	return found, err
}

func (s *Store) textPiece(ctx context.Context, source int64, number int) (*norms.SourceText, error) {
	from := number * norms.TextShown
	found, err := postgres.Collect[textRecord](ctx, s.db, "the text of a source", textPiece,
		pgx.StrictNamedArgs{"source": source, "from": from, "size": norms.TextShown + textSlack, "lead": textLead, "left": leftShown})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return s.hinted(ctx, found[0].MarkList, found[0].piece(from))
}

// piece cuts what was read at the ends of lines. What is not for the public is
// hidden before: half an address is not known for one.
func (r textRecord) piece(from int) *norms.SourceText {
	lead := min(from, textLead)
	runes, shown := []rune(r.Text)[lead:], []rune(norms.Mask(r.Text))[lead:]
	start, end := 0, len(runes)
	if from > 0 {
		start = lineAfter(runes, 0)
	}
	if len(runes) > norms.TextShown {
		end = lineAfter(runes, norms.TextShown)
	}
	out := &norms.SourceText{Start: from + start, End: from + end, Length: r.Length, Text: string(shown[start:end]),
		TextSHA256: r.TextSHA256, MediaType: r.MediaType, Bytes: r.Bytes, Marks: []norms.TextMark{}, Astray: []norms.TextMark{},
		Left: r.LeftList, LeftTotal: r.LeftTotal, Earlier: r.Earlier}
	for _, m := range byPlace(r.MarkList) {
		switch {
		case m.Start >= out.End || m.Start < out.Start:
		case m.End-from <= len(runes) && anchor.Same(runes[m.Start-from:m.End-from], []rune(m.Text)):
			out.Marks = append(out.Marks, m)
		default:
			out.Astray = append(out.Astray, m)
		}
	}
	return out
}

// lineAfter is where the first line begins at or after a place, or the place
// itself where that is too far.
func lineAfter(runes []rune, place int) int {
	to := min(len(runes), place+textSlack)
	if i := slices.Index(runes[place:to], '\n'); i >= 0 {
		return place + i + 1
	}
	return place
}

// byPlace makes one mark of those at one place.
func byPlace(list []markRecord) []norms.TextMark {
	var out []norms.TextMark
	for _, m := range list {
		if n := len(out); n > 0 && sameMark(out[n-1], m.TextMark) {
			out[n-1].Cites = append(out[n-1].Cites, m.Cites...)
			continue
		}
		out = append(out, m.TextMark)
	}
	return out
}

func sameMark(a, b norms.TextMark) bool {
	return a.Start == b.Start && a.End == b.End && strings.EqualFold(a.Text, b.Text)
}
