package edit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// beforeThis is of rows of history that others than this changeset wrote, and no
// preview, which has no revision that anybody could look at.
const beforeThis = `h.since_rev < @rev and h.since_rev < 4611686018427387904`

const textsOf = `
select h.since_rev as since, h.until_rev as until, encode(sha256(convert_to(h.body, 'utf8')), 'hex') as digest
from history.source h
where h.id = @source and h.body is not null and ` + beforeThis + `
order by h.since_rev`

const textNow = `select encode(sha256(convert_to(body, 'utf8')), 'hex') as digest, body from source where id = @source and body is not null`

const textThen = `select h.body from history.source h where h.id = @source and h.since_rev = @since`

// heldThen is a text that a source held from one revision until another.
type heldThen struct {
	Since, Until int64
	Digest       string
}

const placedThings = `
select 'reference' as kind, r.id, t.id as line_id, t.place as line, r.text, r.place_start as "start", r.place_end as "end", coalesce(r.place_as_of, 0) as as_of,
  (select coalesce(json_agg(json_build_object('since', h.since_rev, 'until', h.until_rev, 'start', h.place_start, 'end', h.place_end, 'as_of', coalesce(h.place_as_of, 0)) order by h.since_rev), '[]')
   from history.reference h where h.id = r.id and h.place_start is not null and ` + beforeThis + `) as was
from citation_line t
join reference r on r.line_id = t.id
where t.source_id = @source and r.place_start is not null
union all
select 'initiative', i.id, 0, i.place, '', 0, 0, 0,
  (select coalesce(json_agg(json_build_object('since', h.since_rev, 'until', h.until_rev, 'line', h.place) order by h.since_rev), '[]')
   from history.initiative h where h.id = i.id and h.source_id = i.source_id and h.place ~ '^line [0-9]+$' and ` + beforeThis + `)
from initiative i
where i.source_id = @source and i.place ~ '^line [0-9]+$'
order by 6, 7, 1, 2`

// spot is where something stands in a text of its source: in that which is held
// or, as of a revision, in an earlier one. Of an initiative it is a line.
type spot struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	AsOf  int64  `json:"as_of"`
	Line  string `json:"line"`
}

// placed is a reference with the place of its words, or an initiative that begins
// on a line, and where each stood at the revisions before.
type placed struct {
	Kind   string
	ID     int64
	LineID int64
	Text   string // as printed
	Line   string
	Start  int
	End    int
	AsOf   int64
	Was    []spotThen
}

type spotThen struct {
	spot
	Since int64 `json:"since"`
	Until int64 `json:"until"`
}

func (p placed) spot() spot {
	if p.Kind == "initiative" {
		return spot{Line: p.Line}
	}
	return spot{Start: p.Start, End: p.End, AsOf: p.AsOf}
}

// home is a text with a place in it, and a revision at which the source held it.
type home struct {
	spot
	digest string
	known  int64 // at which what stands there was recorded, too
	since  int64 // from which the source held it
}

// texts are the texts of a source before this changeset, the oldest first.
type texts []heldThen

// during finds the last text that was held at some time of a stretch.
func (t texts) during(since, until int64) (heldThen, bool) {
	for i := len(t) - 1; i >= 0; i-- {
		if max(since, t[i].Since) < min(until, t[i].Until) {
			return t[i], true
		}
	}
	return heldThen{}, false
}

// stood tells whether something stood where it is recorded while the source held
// a text.
func (t texts) stood(p placed, digest string) bool {
	for _, was := range p.Was {
		if was.spot != p.spot() {
			continue
		}
		for _, text := range t {
			if text.Digest == digest && max(was.Since, text.Since) < min(was.Until, text.Until) {
				return true
			}
		}
	}
	return false
}

// homeOf is the last text in which something was recorded to stand. What was never
// recorded before stands in the last of all.
func (t texts) homeOf(p placed) (home, bool) {
	for i := len(p.Was) - 1; i >= 0; i-- {
		was := p.Was[i]
		since, until := was.Since, was.Until
		if was.AsOf != 0 {
			since, until = was.AsOf, was.AsOf+1
		}
		if text, ok := t.during(since, until); ok {
			return home{was.spot, text.Digest, max(since, text.Since), text.Since}, true
		}
	}
	if len(t) == 0 {
		return home{}, false
	}
	last := t[len(t)-1]
	return home{p.spot(), last.Digest, last.Since, last.Since}, true
}

// origins are the places of texts before this changeset at which something stood.
func (t texts) origins(p placed) (all []origin) {
	for _, was := range p.Was {
		for _, text := range t {
			if was.AsOf == 0 && max(was.Since, text.Since) < min(was.Until, text.Until) {
				all = append(all, origin{text.Digest, anchor.Place{Start: was.Start, End: was.End}})
			}
		}
	}
	if len(all) == 0 && len(t) > 0 { // recorded by this changeset
		all = append(all, origin{t[len(t)-1].Digest, anchor.Place{Start: p.Start, End: p.End}})
	}
	return all
}

// reanchor sees that everything that was quoted from a source stands at its place:
// in the text that it holds or, where its words are gone, in the last one that
// prints them. What was gone and stands in this text again is found again.
func (w *writing) reanchor(ctx context.Context, source int64) error {
	args := pgx.StrictNamedArgs{"source": source, "rev": w.rev}
	var digest, body string
	if err := w.db.QueryRow(ctx, textNow, pgx.StrictNamedArgs{"source": source}).Scan(&digest, &body); err != nil {
		return postgres.Failure(err)
	}
	held, err := postgres.Collect[heldThen](ctx, w.db, "the texts of a source", textsOf, args)
	if err != nil {
		return err
	}
	found, err := postgres.Collect[placed](ctx, w.db, "what stands in a text", placedThings, args)
	if err != nil {
		return err
	}
	to := newMoves([]rune(body), held)
	homes := map[string][]housed{}
	for _, p := range found {
		if texts(held).stood(p, digest) {
			to.stays(p)
			continue
		}
		h, ok := texts(held).homeOf(p)
		if !ok {
			return norms.Errorf(norms.Conflict, "the text that this is to replace was attached by the same changeset, so no revision would show it: attach the new one only")
		}
		homes[h.digest] = append(homes[h.digest], housed{p, h})
	}
	for _, list := range newestFirst(homes) {
		if err := w.follow(ctx, source, list, body, to); err != nil {
			return err
		}
	}
	return w.move(ctx, to)
}

// housed is what stands somewhere with where it stood.
type housed struct {
	placed
	home home
}

// newestFirst are things by the text in which they stood. Where two of different
// texts are found at one place it belongs to what stood in the newer one.
func newestFirst(homes map[string][]housed) [][]housed {
	return slices.SortedFunc(maps.Values(homes), func(a, b []housed) int {
		return cmp.Or(cmp.Compare(b[0].home.since, a[0].home.since), cmp.Compare(a[0].home.digest, b[0].home.digest))
	})
}

// timeToCompare is how long others who write wait for two texts to be compared. The
// database waits for twice as long before it gives a transaction up.
const timeToCompare = 5 * time.Second

func compare(ctx context.Context, then, now string, quotes []anchor.Place) (anchor.Versions, error) {
	limited, cancel := context.WithTimeout(ctx, timeToCompare)
	defer cancel()
	v, err := anchor.Between(limited, then, now, quotes)
	switch {
	case err == nil:
		return v, nil
	case limited.Err() != nil && ctx.Err() == nil:
		return v, norms.Errorf(norms.Invalid, "the text and the one that it replaces take longer to compare than others who write can wait (%s): record the new one as a source of its own", timeToCompare)
	}
	return v, fmt.Errorf("comparing two texts of a source: %w", err)
}

// follow finds in the text that is held what stood in another one.
func (w *writing) follow(ctx context.Context, source int64, list []housed, now string, to *moves) error {
	var then string
	if err := w.db.QueryRow(ctx, textThen, pgx.StrictNamedArgs{"source": source, "since": list[0].home.since}).Scan(&then); err != nil {
		return postgres.Failure(err)
	}
	runes := []rune(then)
	var quotes []anchor.Place
	for _, h := range list {
		if h.stands(runes) {
			quotes = append(quotes, h.home.place())
		}
	}
	v, err := compare(ctx, then, now, quotes)
	if err != nil {
		return err
	}
	for _, h := range list {
		switch {
		case h.Kind == "initiative":
			to.initiative(h, v.Line(norms.LineOf(h.home.Line)))
		case !h.stands(runes): // it never did: the page of the source says so
		default:
			to.reference(h, v.Find(h.home.place()), runes)
		}
	}
	return nil
}

func (h home) place() anchor.Place { return anchor.Place{Start: h.Start, End: h.End} }

// stands tells whether a reference is printed where it stood.
func (h housed) stands(text []rune) bool {
	return h.Kind == "reference" && h.home.Start < h.home.End && h.home.End <= len(text) && anchor.Same(text[h.home.Start:h.home.End], []rune(h.Text))
}
