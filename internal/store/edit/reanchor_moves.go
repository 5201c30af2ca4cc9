package edit

import (
	"context"
	"slices"
	"sort"

	"github.com/jackc/pgx/v5"

	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// moves are the rows to write when a text takes the place of another one.
type moves struct {
	text        []rune // that is held
	starts      []int  // of its lines; nil until they are counted
	held        texts
	taken       map[anchor.Place]map[origin]bool // by what stands there
	references  []movedReference
	spots       map[int64]lineSpot // of citation lines, by number
	lines       map[int64]bool     // of which a reference moved
	initiatives []int64
	begin       []string
}

type movedReference struct {
	id             int64
	place          anchor.Place
	asOf           int64 // 0 in the text that is held
	prefix, suffix string
}

// origin is a place of an earlier text. What was recorded twice at one place has
// it in common.
type origin struct {
	digest string
	place  anchor.Place
}

// take gives a place to a reference, unless something with no common origin has it.
func (m *moves) take(place anchor.Place, p placed) bool {
	others, taken := m.taken[place]
	from := m.held.origins(p)
	if taken && !slices.ContainsFunc(from, func(o origin) bool { return others[o] }) {
		return false
	}
	if !taken {
		others = map[origin]bool{}
		m.taken[place] = others
	}
	for _, o := range from {
		others[o] = true
	}
	return true
}

// lineSpot is where the line of a reference stands. A citation line stands where
// the first of its references does that the held text prints or, when it prints
// none, the last text that does.
type lineSpot struct {
	asOf, start, line int64
}

func (a lineSpot) before(b lineSpot) bool {
	if (a.asOf == 0) != (b.asOf == 0) {
		return a.asOf == 0
	}
	if a.asOf != b.asOf {
		return a.asOf > b.asOf
	}
	return a.start < b.start
}

func newMoves(text []rune, held texts) *moves {
	return &moves{text: text, held: held, taken: map[anchor.Place]map[origin]bool{}, spots: map[int64]lineSpot{}, lines: map[int64]bool{}}
}

// stays notes what needs no move.
func (m *moves) stays(p placed) {
	if p.Kind != "reference" || p.AsOf != 0 || p.End > len(m.text) {
		return
	}
	m.take(anchor.Place{Start: p.Start, End: p.End}, p)
	m.spot(p, 0, p.Start, m.lineAt(p.Start))
}

// initiative notes the line on which an initiative begins now, 0 for none: then
// history tells where it did, and no other words are taken for it.
func (m *moves) initiative(h housed, line int) {
	place := ""
	if line > 0 {
		place = norms.PlaceOfLine(line)
	}
	if place != h.Line {
		m.initiatives, m.begin = append(m.initiatives, h.ID), append(m.begin, place)
	}
}

// reference notes where a reference stands: in the text that is held or, where it
// is gone, where it stood in another one. A place has the words of one origin.
func (m *moves) reference(h housed, f anchor.Found, then []rune) {
	if f.How != anchor.Gone && !m.take(f.Place, h.placed) {
		f = anchor.Found{Place: h.home.place(), How: anchor.Gone}
	}
	text, asOf, line := m.text, int64(0), 0
	if f.How == anchor.Gone {
		text, asOf = then, h.home.known
		line = lineAt(text, f.Start)
	} else {
		line = m.lineAt(f.Start)
	}
	prefix, suffix := beside(text, f.Place)
	m.references = append(m.references, movedReference{h.ID, f.Place, asOf, prefix, suffix})
	m.lines[h.LineID] = true
	m.spot(h.placed, asOf, f.Start, line)
}

func (m *moves) spot(p placed, asOf int64, start, line int) {
	if norms.LineOf(p.Line) == 0 {
		return
	}
	s := lineSpot{asOf, int64(start), int64(line)}
	if was, ok := m.spots[p.LineID]; !ok || s.before(was) {
		m.spots[p.LineID] = s
	}
}

// lineAt is the line of a place in the text that is held.
func (m *moves) lineAt(at int) int {
	if m.starts == nil {
		m.starts = []int{0}
		for i, r := range m.text {
			if r == '\n' {
				m.starts = append(m.starts, i+1)
			}
		}
	}
	return sort.SearchInts(m.starts, at+1)
}

const (
	moveReferences = `
update reference r set place_start = n."start", place_end = n."end", place_as_of = nullif(n.as_of, 0), prefix = n.prefix, suffix = n.suffix
from unnest(@ids::bigint[], @starts::int[], @ends::int[], @as_of::bigint[], @prefixes::text[], @suffixes::text[]) n (id, "start", "end", as_of, prefix, suffix)
where r.id = n.id
  and (r.place_start, r.place_end, coalesce(r.place_as_of, 0), r.prefix, r.suffix) is distinct from (n."start", n."end", n.as_of, n.prefix, n.suffix)`

	moveLines = `
update citation_line t set place = n.place, version = @rev
from unnest(@ids::bigint[], @places::text[]) n (id, place)
where t.id = n.id and t.place <> n.place`

	moveInitiatives = `
update initiative i set place = n.place, version = @rev
from unnest(@ids::bigint[], @places::text[]) n (id, place)
where i.id = n.id and i.place <> n.place`
)

// move writes where things stand now.
func (w *writing) move(ctx context.Context, m *moves) error {
	var ids, asOf []int64
	var starts, ends []int
	var prefixes, suffixes []string
	for _, r := range m.references {
		ids, asOf = append(ids, r.id), append(asOf, r.asOf)
		starts, ends = append(starts, r.place.Start), append(ends, r.place.End)
		prefixes, suffixes = append(prefixes, r.prefix), append(suffixes, r.suffix)
	}
	var lines []int64
	var places []string
	for id, s := range m.spots {
		if m.lines[id] {
			lines, places = append(lines, id), append(places, norms.PlaceOfLine(int(s.line)))
		}
	}
	for _, s := range []struct {
		sql  string
		args pgx.StrictNamedArgs
		rows int
	}{
		{moveReferences, pgx.StrictNamedArgs{"ids": ids, "starts": starts, "ends": ends, "as_of": asOf, "prefixes": prefixes, "suffixes": suffixes}, len(ids)},
		{moveLines, pgx.StrictNamedArgs{"ids": lines, "places": places, "rev": w.rev}, len(lines)},
		{moveInitiatives, pgx.StrictNamedArgs{"ids": m.initiatives, "places": m.begin, "rev": w.rev}, len(m.initiatives)},
	} {
		if s.rows == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, s.sql, s.args); err != nil {
			return postgres.Failure(err)
		}
	}
	return nil
}

// besides is how many code points before and after a reference are kept. Whether
// they tell how to reach people is seen in so many: no address is longer.
const besides, seen = 32, 512

// beside is what stands on its line before and after a place. How to reach people
// is hidden: it is shown with the reference.
func beside(text []rune, p anchor.Place) (prefix, suffix string) {
	from, to := p.Start, p.End
	for from > max(0, p.Start-seen) && text[from-1] != '\n' {
		from--
	}
	for to < min(len(text), p.End+seen) && text[to] != '\n' {
		to++
	}
	near := []rune(norms.Mask(string(text[from:to])))
	before, after := near[:p.Start-from], near[p.End-from:]
	return string(before[max(0, len(before)-besides):]), string(after[:min(len(after), besides)])
}

// lineAt is the line of a place, counted from 1.
func lineAt(text []rune, at int) int {
	n := 1
	for _, r := range text[:at] {
		if r == '\n' {
			n++
		}
	}
	return n
}
