package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const versionsOfText = `
select s.body as before, d.text as after, exists (select from document k where k.file_sha256 = s.sha256 and k.text = s.body) as kept
from source s
cross join document d
where s.id = @id and d.id = @document`

// quotedReferences are those of a source that stand in the text that it holds. At
// the revision in known, text and reference were both recorded.
const quotedReferences = `
select r.id, r.line_id, r.place_start as "start", r.place_end as "end", t.place, greatest(s.version, t.version) as known
from source s
join citation_line t on t.source_id = s.id
join reference r on r.line_id = t.id
where s.id = @id and r.place_start is not null and r.place_as_of is null
order by r.place_start, r.place_end, r.id`

type quotedReference struct {
	ID, LineID int64
	Start, End int
	Place      string // of its line, in words
	Known      int64
}

const (
	moveReferences = `
update reference r set place_start = n."start", place_end = n."end", prefix = n.prefix, suffix = n.suffix
from unnest(@ids::bigint[], @starts::int[], @ends::int[], @prefixes::text[], @suffixes::text[]) n (id, "start", "end", prefix, suffix)
where r.id = n.id and (r.place_start, r.place_end, r.prefix, r.suffix) is distinct from (n."start", n."end", n.prefix, n.suffix)`

	leaveReferences = `
update reference r set place_as_of = n.known
from unnest(@ids::bigint[], @known::bigint[]) n (id, known)
where r.id = n.id`

	moveLines = `
update citation_line t set place = n.place, version = @rev
from unnest(@ids::bigint[], @places::text[]) n (id, place)
where t.id = n.id and t.place <> n.place`

	moveInitiatives = `
update initiative i set place = n.place, version = @rev
from unnest(@ids::bigint[], @places::text[]) n (id, place)
where i.id = n.id and i.place <> n.place`
)

// replaceText gives a source the text of a new version of its document. What
// stands in that text is anchored there; what does not stays where it stood in
// the text before, and says so.
func (w *writing) replaceText(ctx context.Context, have heldText) error {
	var before, after string
	var kept bool
	err := w.db.QueryRow(ctx, versionsOfText, pgx.StrictNamedArgs{"id": have.ID, "document": have.Document}).Scan(&before, &after, &kept)
	switch {
	case err != nil:
		return postgres.Failure(err)
	case !kept:
		return norms.Errorf(norms.Conflict, "the text of %q stays as it is, because no file that was received holds it; record the new version as a source of its own", have.Title)
	}
	quoted, err := postgres.Collect[quotedReference](ctx, w.db, "what is quoted from a text", quotedReferences, pgx.StrictNamedArgs{"id": have.ID})
	if err != nil {
		return err
	}
	if _, err := w.db.Exec(ctx, holdText, pgx.StrictNamedArgs{"id": have.ID, "document": have.Document, "rev": w.rev}); err != nil {
		return postgres.Failure(err)
	}
	places := make([]anchor.Place, len(quoted))
	for i, q := range quoted {
		places[i] = anchor.Place{Start: q.Start, End: q.End}
	}
	v, err := anchor.Between(ctx, before, after, places)
	if err != nil {
		return fmt.Errorf("comparing the versions of a text: %w", err)
	}
	if err := w.moveInitiatives(ctx, have.ID, v); err != nil {
		return err
	}
	return w.reanchor(ctx, quoted, v, []rune(after))
}

const initiativesOnLines = `select id, place from initiative where source_id = @id and place ~ '^line [0-9]+$' order by id for update`

// moveInitiatives writes on which lines of the new text initiatives begin. Those
// whose words are gone are still said to begin where they did.
func (w *writing) moveInitiatives(ctx context.Context, source int64, v anchor.Versions) error {
	type placed struct {
		ID    int64
		Place string
	}
	found, err := postgres.Collect[placed](ctx, w.db, "where initiatives begin", initiativesOnLines, pgx.StrictNamedArgs{"id": source})
	if err != nil {
		return err
	}
	var ids []int64
	var places []string
	for _, i := range found {
		if n := v.Line(norms.LineOf(i.Place)); n > 0 {
			ids, places = append(ids, i.ID), append(places, norms.PlaceOfLine(n))
		}
	}
	return w.execAll(ctx, []statement{{moveInitiatives, pgx.StrictNamedArgs{"ids": ids, "places": places, "rev": w.rev}, len(ids)}})
}

// reanchor writes where references stand in a new text.
func (w *writing) reanchor(ctx context.Context, quoted []quotedReference, v anchor.Versions, text []rune) error {
	var moved, left, lines []int64
	var starts, ends []int
	var prefixes, suffixes, places []string
	var known []int64
	seen := map[int64]bool{}
	for _, q := range quoted {
		found := v.Find(anchor.Place{Start: q.Start, End: q.End})
		if found.How == anchor.Gone {
			left, known = append(left, q.ID), append(known, q.Known)
			continue
		}
		prefix, suffix := beside(text, found.Place)
		moved, starts, ends = append(moved, q.ID), append(starts, found.Start), append(ends, found.End)
		prefixes, suffixes = append(prefixes, prefix), append(suffixes, suffix)
		if norms.LineOf(q.Place) > 0 && !seen[q.LineID] {
			seen[q.LineID] = true
			lines, places = append(lines, q.LineID), append(places, norms.PlaceOfLine(lineAt(text, found.Start)))
		}
	}
	return w.execAll(ctx, []statement{
		{moveReferences, pgx.StrictNamedArgs{"ids": moved, "starts": starts, "ends": ends, "prefixes": prefixes, "suffixes": suffixes}, len(moved)},
		{leaveReferences, pgx.StrictNamedArgs{"ids": left, "known": known}, len(left)},
		{moveLines, pgx.StrictNamedArgs{"ids": lines, "places": places, "rev": w.rev}, len(lines)},
	})
}

// statement is one that has as many rows to write.
type statement struct {
	sql  string
	args pgx.StrictNamedArgs
	rows int
}

// execAll runs those that have anything to write.
func (w *writing) execAll(ctx context.Context, all []statement) error {
	for _, s := range all {
		if s.rows == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, s.sql, s.args); err != nil {
			return postgres.Failure(err)
		}
	}
	return nil
}

// besides is how many code points before and after a reference are kept.
const besides = 32

// beside is what stands on its line before and after a place. How to reach people
// is hidden: it is shown with the reference.
func beside(text []rune, p anchor.Place) (prefix, suffix string) {
	from, to := p.Start, p.End
	for from > 0 && text[from-1] != '\n' {
		from--
	}
	for to < len(text) && text[to] != '\n' {
		to++
	}
	line := []rune(norms.Mask(string(text[from:to])))
	return tail(string(line[:p.Start-from]), besides), head(string(line[p.End-from:]), besides)
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
