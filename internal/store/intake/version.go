package intake

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// HeldText is a source with the text that it holds.
type HeldText struct {
	Slug, Title  string
	Organization string // slug of the one that published it, "" for none
	SHA256       string `db:"sha256"` // of its file
	PublishedOn  norms.Date
	Text         string
}

const heldTextColumns = `s.slug, s.title, coalesce(o.slug, '') as organization, s.sha256, s.published_on`

// likelyTexts are the texts that have most numbers of their sketches in common
// with that of a document. No text is looked at to find them, and each number by
// itself, since the index is not trusted with many.
const likelyTexts = `
with alike as materialized (
  select k.document_id, count(*) as common
  from unnest(@marks::bigint[]) m (mark)
  cross join lateral (select x.document_id from text_sketch x where x.marks @> array[m.mark]) k
  group by k.document_id
  order by common desc, k.document_id desc
  limit @looked
), likely as materialized (
  select s.id, max(alike.common) as common
  from alike
  join document d on d.id = alike.document_id
  join source s on s.sha256 = d.file_sha256 and s.sha256 <> '' and s.body is not null
  group by s.id
  order by common desc, s.id desc
  limit @most
)
select ` + heldTextColumns + `, s.body as text
from likely
join source s using (id)
left join organization o on o.id = s.organization_id
order by likely.common desc, s.id desc`

// mostLooked is how many documents are looked at: of those that wait no text is
// held. mostLikely is how many texts are compared.
const (
	mostLooked = 100
	mostLikely = 5
)

// LikelyTexts reads the texts of which one may be an earlier version of a text,
// the likest first.
func (s *Store) LikelyTexts(ctx context.Context, text string) ([]HeldText, error) {
	return postgres.Collect[HeldText](ctx, s.db, "texts that are held", likelyTexts, pgx.StrictNamedArgs{"marks": anchor.Sketch(text), "looked": mostLooked, "most": mostLikely})
}

const (
	unsketched = `
select d.id, d.text from document d
where not exists (select from text_sketch k where k.document_id = d.id)
order by d.id
limit 10`

	sketch = `insert into text_sketch (document_id, marks) values (@document, @marks) on conflict on constraint text_sketch_pkey do nothing`
)

// SketchTexts makes sketches of some documents that have none, because they were
// received before there were any, and tells of how many.
func (s *Store) SketchTexts(ctx context.Context) (int, error) {
	type document struct {
		ID   int64
		Text string
	}
	found, err := postgres.Collect[document](ctx, s.db, "documents without a sketch", unsketched, pgx.StrictNamedArgs{})
	if err != nil {
		return 0, err
	}
	for i, d := range found {
		if _, err := s.db.Exec(ctx, sketch, pgx.StrictNamedArgs{"document": d.ID, "marks": anchor.Sketch(d.Text)}); err != nil {
			return i, fmt.Errorf("keeping the sketch of document %d: %w", d.ID, postgres.Failure(err))
		}
	}
	return len(found), nil
}

const heldText = `
select ` + heldTextColumns + `, coalesce(s.body, '') as text
from source s
left join organization o on o.id = s.organization_id
where s.slug = @slug`

// HeldText reads the text of a source, "" where none is held; nil when there is
// no such source.
func (s *Store) HeldText(ctx context.Context, slug string) (*HeldText, error) {
	return s.oneText(ctx, "the text of a source", heldText, pgx.StrictNamedArgs{"slug": slug})
}

const textAsOf = `
select h.body as text
from source s
join history.source h on h.id = s.id
where s.slug = @slug and h.since_rev <= @as_of and h.until_rev > @as_of and h.body is not null`

// TextAsOf reads the text that a source held as of a revision, "" for none.
func (s *Store) TextAsOf(ctx context.Context, slug string, asOf int64) (string, error) {
	type only struct{ Text string }
	found, err := postgres.Collect[only](ctx, s.db, "an earlier text of a source", textAsOf, pgx.StrictNamedArgs{"slug": slug, "as_of": asOf})
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Text, nil
}

func (s *Store) oneText(ctx context.Context, what, q string, args pgx.StrictNamedArgs) (*HeldText, error) {
	found, err := postgres.Collect[HeldText](ctx, s.db, what, q, args)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// Quoted is a reference of a source as it stands in the text that this holds or,
// when its words are not there any more, in an earlier one.
type Quoted struct {
	Initiative      string // slug
	InitiativeTitle string
	Text            string // as printed
	Agreement       string // slug, "" when unknown
	Start, End      int
	AsOf            int64 // 0, or a revision as of which the source's text prints it there
}

const quotedFrom = `
select i.slug as initiative, i.title as initiative_title, r.text, coalesce(a.slug, '') as agreement, r.place_start as "start", r.place_end as "end",
  coalesce(r.place_as_of, 0) as as_of
from source s
join citation_line t on t.source_id = s.id
join initiative i on i.id = t.initiative_id
join reference r on r.line_id = t.id
left join agreement a on a.id = r.agreement_id
where s.slug = @slug and r.place_start is not null
order by r.place_start, r.place_end, r.id`

// QuotedFrom reads what is quoted from the text of a source and from earlier ones.
func (s *Store) QuotedFrom(ctx context.Context, slug string) ([]Quoted, error) {
	return postgres.Collect[Quoted](ctx, s.db, "what is quoted from a text", quotedFrom, pgx.StrictNamedArgs{"slug": slug})
}

// Told is an initiative that a source tells of.
type Told struct {
	Slug, Title, Place string
	Status             norms.Status
	DueOn              norms.Date `db:"due_on"` // by when what is planned is promised
}

const toldBy = `
select i.slug, i.title, case when i.source_id = s.id then i.place else '' end as place, i.status, i.due_on
from source s
join initiative i on i.source_id = s.id or i.id in (select t.initiative_id from citation_line t where t.source_id = s.id)
where s.slug = @slug
order by i.id`

// ToldBy reads of which initiatives a source tells.
func (s *Store) ToldBy(ctx context.Context, slug string) ([]Told, error) {
	return postgres.Collect[Told](ctx, s.db, "what a source tells of", toldBy, pgx.StrictNamedArgs{"slug": slug})
}

// earlierFile is the source of a text that gave way to another one. A text that
// was taken back gave way to none: it can be sent again.
const earlierFile = `
select ` + heldTextColumns + `, '' as text
from history.source h
join history.source n on n.id = h.id and n.since_rev = h.until_rev and n.body <> h.body
join changeset c on c.id = n.since_rev and c.reverts_id is null and not exists (
  select from changeset u where u.reverts_id = c.id and not exists (select from changeset v where v.reverts_id = u.id))
join source s on s.id = h.id and s.body is not null and s.sha256 <> @sha256
left join organization o on o.id = s.organization_id
where h.sha256 = @sha256 and h.sha256 <> ''
order by s.id
limit 1`

// EarlierFile finds the source whose text was once that of a file, and is another
// one now; nil when there is none.
func (s *Store) EarlierFile(ctx context.Context, sha256 string) (*HeldText, error) {
	return s.oneText(ctx, "the source of an earlier file", earlierFile, pgx.StrictNamedArgs{"sha256": sha256})
}
