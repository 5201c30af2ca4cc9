package edit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// textToHold is a source with the document of a file, as far as whoever attaches
// it may know of that: what waits is known to those who sent it and to those who
// may publish it. Else edits that are only tried out would tell everybody else
// what it says.
const textToHold = `
select s.id, s.title, s.sha256, s.body is not null as held, coalesce(s.body = d.text, false) as same, coalesce(d.id, 0) as document
from source s
left join lateral (
  select o.id, o.text from document o
  where o.file_sha256 = @file and (@media_type = '' or o.media_type = @media_type)
    and (@publishes or exists (select from document_sender w where w.document_id = o.id and w.account_id = any (@senders))
      or exists (select from source p where p.sha256 = o.file_sha256 and p.body = o.text))
  order by o.id limit 1) d on true
where s.slug = @slug
for update of s`

const holdText = `
update source s set body = d.text, sha256 = d.file_sha256, version = @rev
from document d
where s.id = @id and d.id = @document`

type heldText struct {
	ID       int64
	Title    string
	SHA256   string `db:"sha256"`
	Held     bool
	Same     bool  // as that of the file
	Document int64 // 0 when it was never received, or not from them
}

// putSourceText attaches the text of a received file to its source.
func (w *writing) putSourceText(ctx context.Context, e norms.PutSourceText) (bool, error) {
	rows, err := w.db.Query(ctx, textToHold, pgx.StrictNamedArgs{"slug": e.Source, "file": e.FileSHA256, "media_type": e.MediaType,
		"publishes": w.by.Can(account.EditMappings), "senders": []int64{w.by.ID, w.proposer}})
	if err != nil {
		return false, postgres.Failure(err)
	}
	have, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[heldText])
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, norms.Field("source", "no source %q is recorded", e.Source)
	case err != nil:
		return false, postgres.Failure(err)
	case have.Document == 0:
		return false, norms.Field("file_sha256", "no file with this SHA-256 was received from you: import it first")
	case have.Held && have.Same && have.SHA256 == e.FileSHA256:
		return w.wrote(have.ID, false, nil)
	case have.Held && e.Replaces != "" && e.Replaces == have.SHA256:
		return w.wrote(have.ID, true, w.replaceText(ctx, have, e))
	case e.Replaces != "":
		return false, norms.Errorf(norms.Conflict, "the text that this is to replace is not the one that %q holds now: read the document again, and say anew what it is a version of", have.Title)
	case have.Held:
		return false, norms.Errorf(norms.Conflict, "the text of %q is held and stays as it is; record another document as a source of its own", have.Title)
	case have.SHA256 != "" && have.SHA256 != e.FileSHA256:
		return false, norms.Field("file_sha256", "is not that of the recorded file, %s: this is another document", have.SHA256)
	}
	if err := w.allStand(ctx, have); err != nil {
		return false, err
	}
	_, err = w.db.Exec(ctx, holdText, pgx.StrictNamedArgs{"id": have.ID, "document": have.Document, "rev": w.rev})
	return w.wrote(have.ID, err == nil, postgres.Failure(err))
}

const placedReferences = `
select r.text, r.place_start as "start", r.place_end as "end"
from citation_line t
join reference r on r.line_id = t.id
where t.source_id = @source and r.place_start is not null and r.place_as_of is null
order by r.place_start, r.id`

// allStand refuses a text in which references of the source that have places do
// not stand there: they were read in another one, which was taken back.
func (w *writing) allStand(ctx context.Context, have heldText) error {
	type placed struct {
		Text       string
		Start, End int
	}
	found, err := postgres.Collect[placed](ctx, w.db, "the places of references", placedReferences, pgx.StrictNamedArgs{"source": have.ID})
	if err != nil || len(found) == 0 {
		return err
	}
	var text string
	if err := w.db.QueryRow(ctx, "select text from document where id = $1", have.Document).Scan(&text); err != nil {
		return postgres.Failure(err)
	}
	held, shown := []rune(text), []rune(norms.Mask(text))
	for _, r := range found {
		if r.Start > r.End || r.End > len(held) || string(held[r.Start:r.End]) != r.Text || string(shown[r.Start:r.End]) != r.Text {
			return norms.Errorf(norms.Conflict, "%q is recorded of %q at place %d, where this text says something else: attach the text in which it was read, or record this document as a source of its own",
				r.Text, have.Title, r.Start)
		}
	}
	return nil
}
