package intake

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// HeldText is a source with the text that it holds.
type HeldText struct {
	Slug, Title string
	SHA256      string `db:"sha256"` // of its file
	PublishedOn norms.Date
	Text        string
}

// likelyTexts are the newest texts of an organization, and those of others in
// which any of some words stand.
const likelyTexts = `
with likely as (
  (select s.id from source s join organization o on o.id = s.organization_id
   where o.slug = @organization and s.body is not null
   order by s.id desc limit @most)
  union
  (select s.id from source s
   where s.body is not null and exists (select from unnest(@probes::text[]) p (words) where strpos(s.body, p.words) > 0)
   order by s.id desc limit @most)
)
select s.slug, s.title, s.sha256, s.published_on, s.body as text
from likely join source s using (id)
order by s.id`

// mostLikely is how many texts of either kind are compared.
const mostLikely = 20

// LikelyTexts reads the texts of which one may be an earlier version of a
// document that an organization sent: its own ones, and those that print any of
// the probes.
func (s *Store) LikelyTexts(ctx context.Context, organization string, probes []string) ([]HeldText, error) {
	return postgres.Collect[HeldText](ctx, s.db, "texts that are held", likelyTexts,
		pgx.StrictNamedArgs{"organization": organization, "probes": list(probes), "most": mostLikely})
}

const heldText = `select s.slug, s.title, s.sha256, s.published_on, coalesce(s.body, '') as text from source s where s.slug = @slug`

// HeldText reads the text of a source, "" where none is held; nil when there is
// no such source.
func (s *Store) HeldText(ctx context.Context, slug string) (*HeldText, error) {
	found, err := postgres.Collect[HeldText](ctx, s.db, "the text of a source", heldText, pgx.StrictNamedArgs{"slug": slug})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// Quoted is a reference of a source as it stands in the text that this holds.
type Quoted struct {
	Initiative      string // slug
	InitiativeTitle string
	Text            string // as printed
	Agreement       string // slug, "" when unknown
	Start, End      int
}

const quotedFrom = `
select i.slug as initiative, i.title as initiative_title, r.text, coalesce(a.slug, '') as agreement, r.place_start as "start", r.place_end as "end"
from source s
join citation_line t on t.source_id = s.id
join initiative i on i.id = t.initiative_id
join reference r on r.line_id = t.id
left join agreement a on a.id = r.agreement_id
where s.slug = @slug and r.place_start is not null and r.place_as_of is null
order by r.place_start, r.place_end, r.id`

// QuotedFrom reads what is quoted from the text of a source.
func (s *Store) QuotedFrom(ctx context.Context, slug string) ([]Quoted, error) {
	return postgres.Collect[Quoted](ctx, s.db, "what is quoted from a text", quotedFrom, pgx.StrictNamedArgs{"slug": slug})
}

// Told is an initiative that a source tells of.
type Told struct{ Slug, Title, Place string }

const toldBy = `
select i.slug, i.title, case when i.source_id = s.id then i.place else '' end as place
from source s
join initiative i on i.source_id = s.id or i.id in (select t.initiative_id from citation_line t where t.source_id = s.id)
where s.slug = @slug
order by i.id`

// ToldBy reads of which initiatives a source tells.
func (s *Store) ToldBy(ctx context.Context, slug string) ([]Told, error) {
	return postgres.Collect[Told](ctx, s.db, "what a source tells of", toldBy, pgx.StrictNamedArgs{"slug": slug})
}

const earlierFile = `
select s.slug, s.title, s.sha256, s.published_on, '' as text
from source s
where s.body is not null and s.sha256 <> @sha256
  and exists (select from history.source h where h.id = s.id and h.sha256 = @sha256 and h.body is not null)
order by s.id
limit 1`

// EarlierFile finds the source whose text was once that of a file, and is another
// one now; nil when there is none.
func (s *Store) EarlierFile(ctx context.Context, sha256 string) (*HeldText, error) {
	found, err := postgres.Collect[HeldText](ctx, s.db, "the source of an earlier file", earlierFile, pgx.StrictNamedArgs{"sha256": sha256})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}
