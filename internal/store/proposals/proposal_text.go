package proposals

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// citedText reads what a proposal cites. A document is shown through the
// proposal with which it was sent, which was made of it in one transaction, and
// through no other one that names its SHA-256.
const citedText = `
select coalesce(s.title, '') as title, coalesce(s.published_on, '') as published_on, s.body is not null as held,
  coalesce(d.text, s.body, '') as text, coalesce(coalesce(d.text, s.body) = s.body, false) as public,
  (select ` + problemsAsJSON + `
   from proposal_problem p where p.proposal_id = @proposal) as problems,
  (select coalesce(json_agg(json_build_object('organization', t.organization, 'slug', t.slug, 'title', t.title)), '[]') from (
    select o.slug as organization, i.slug, i.title
    from organization o
    join initiative i on i.organization_id = o.id
    where o.slug = any (@organizations::text[])
    order by i.id desc
    limit 2000) t) as recorded,
  (select coalesce(json_object_agg(i.slug, i.title), '{}') from initiative i
   where i.slug = any (@named::text[]) or i.slug = any (array(select p.text from proposal_problem p where p.proposal_id = @proposal and p.kind = @no_longer_told))) as titles
from (values (@source::text)) a (source)
left join source s on s.slug = a.source
left join lateral (
  select o.text
  from proposal p
  join proposal_edit e on e.proposal_id = p.id and e.version = 1 and e.at = p.made_at
  join document o on o.file_sha256 = e.edit -> 'with' ->> 'file_sha256' and o.media_type = coalesce(e.edit -> 'with' ->> 'media_type', o.media_type)
  where p.id = @proposal and p.made_from = 'import' and e.edit ->> 'edit' = 'put_source_text'
    and o.file_sha256 = @sha256 and (@media_type = '' or o.media_type = @media_type)
  order by o.id limit 1) d on true`

type citedRecord struct {
	Title       string
	PublishedOn norms.Date
	Held        bool
	Text        string
	Public      bool // it is the text that the source holds
	Problems    []norms.TextProblem
	Recorded    []norms.TitledInitiative
	Titles      map[string]string
}

// citedText is what is known of the source whose words edits cite. Of one that
// they add themselves they say it.
func (s *Store) citedText(ctx context.Context, proposal int64, list []norms.ProposedEdit) (string, citedRecord, error) {
	cited := norms.CitedSource(list)
	source := cited.Source
	found, err := postgres.Collect[citedRecord](ctx, s.db, "the text that a proposal cites", citedText, pgx.StrictNamedArgs{"proposal": proposal, "source": source,
		"sha256": cited.FileSHA256, "media_type": cited.MediaType, "organizations": carriers(list), "named": namedInitiatives(list), "no_longer_told": norms.NoLongerTold})
	if err != nil {
		return source, citedRecord{}, err
	}
	out := found[0]
	for _, e := range list {
		if put, ok := e.Edit.(norms.PutSource); ok && put.Slug == source {
			out.Title, out.PublishedOn = put.Title, put.PublishedOn
		}
		if put, ok := e.Edit.(norms.PutSourceText); ok && put.Source == source && put.PublishedOn != "" {
			out.PublishedOn = put.PublishedOn
		}
	}
	return source, out, nil
}

// carriers are the organizations of the initiatives that edits add.
func carriers(list []norms.ProposedEdit) []string {
	out := []string{}
	for _, e := range list {
		if put, ok := e.Edit.(norms.PutInitiative); ok && put.Version == 0 && !slices.Contains(out, put.Organization) {
			out = append(out, put.Organization)
		}
	}
	return out
}

// namedInitiatives are the initiatives that edits name.
func namedInitiatives(list []norms.ProposedEdit) []string {
	out := []string{}
	for _, e := range list {
		if e.Edit != nil {
			out = append(out, norms.InitiativesNamed(e.Edit)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ProposalText reads a proposal with all its edits and the text whose words
// they cite. What waits is read by whoever sent it and by those who may publish
// it: others see that there is a document. Errors: Forbidden for them; NotFound
// when no such text is held.
func (s *Store) ProposalText(ctx context.Context, by account.Actor, id int64) (norms.ProposalText, error) {
	var out norms.ProposalText
	err := mayRead(by)
	if err != nil {
		return out, err
	}
	if out.ProposalRow, out.List, err = s.proposalWithEdits(ctx, id); err != nil {
		return out, err
	}
	source, found, err := s.citedText(ctx, id, out.List)
	if err != nil {
		return out, err
	}
	if !found.Public && out.ProposerID != by.ID && !by.Can(account.EditMappings) {
		return norms.ProposalText{}, norms.Errorf(norms.Forbidden, "the document that came with proposal %d is read by its proposer and by editors until it is published; the page of the proposal shows its edits", id)
	}
	out.Source, out.Title, out.PublishedOn, out.Held, out.Text = source, found.Title, found.PublishedOn, found.Held, found.Text
	out.Problems, out.Recorded, out.Titles = found.Problems, found.Recorded, found.Titles
	if out.Text == "" {
		return out, norms.NotFoundf("proposal %d cites no text that is held; its own page shows its edits", id)
	}
	return out, nil
}
