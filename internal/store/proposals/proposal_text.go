package proposals

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const citedText = `
select coalesce(s.title, '') as title, coalesce(s.published_on, '') as published_on, s.body is not null as held, coalesce(d.text, s.body, '') as text
from (values (@source::text)) a (source)
left join source s on s.slug = a.source
left join lateral (
  select o.text from document o
  where o.file_sha256 = @sha256 and (@media_type = '' or o.media_type = @media_type)
  order by o.id limit 1) d on true`

type citedRecord struct {
	Title       string
	PublishedOn norms.Date
	Held        bool
	Text        string
}

// citedText is what is known of the source whose words edits cite. Of one that
// they add themselves they say it.
func (s *Store) citedText(ctx context.Context, list []norms.ProposedEdit) (string, citedRecord, error) {
	cited := norms.CitedSource(list)
	source := cited.Source
	found, err := postgres.Collect[citedRecord](ctx, s.db, "the text that a proposal cites", citedText, pgx.StrictNamedArgs{"source": source,
		"sha256": cited.FileSHA256, "media_type": cited.MediaType})
	if err != nil {
		return source, citedRecord{}, err
	}
	out := found[0]
	for _, e := range list {
		if put, ok := e.Edit.(norms.PutSource); ok && put.Slug == source {
			out.Title, out.PublishedOn = put.Title, put.PublishedOn
		}
	}
	return source, out, nil
}

// ProposalText reads a proposal with all its edits and the text whose words
// they cite. NotFound when no such text is held.
func (s *Store) ProposalText(ctx context.Context, by account.Actor, id int64) (norms.ProposalText, error) {
	var out norms.ProposalText
	err := mayRead(by)
	if err != nil {
		return out, err
	}
	if out.ProposalRow, out.List, err = s.proposalWithEdits(ctx, id); err != nil {
		return out, err
	}
	source, found, err := s.citedText(ctx, out.List)
	if err != nil {
		return out, err
	}
	out.Source, out.Title, out.PublishedOn, out.Held, out.Text = source, found.Title, found.PublishedOn, found.Held, found.Text
	if out.Text == "" {
		return out, norms.NotFoundf("proposal %d cites no text that is held; its own page shows its edits", id)
	}
	return out, nil
}
