package intake

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// MaxSent is how many files with tables wait for one account, and how many documents;
// a further one takes the place of the oldest of its kind.
const MaxSent = 10

// Sent is a file with tables, or a document without, that waits for its sender to say
// how it is to be read. It is no part of the record.
type Sent struct {
	ID int64
	norms.Document
	Sheets []byte // as JSON
	Asked  []byte // as JSON
}

const sentColumns = `id, file_sha256, text_sha256, media_type, name, bytes, text, sent_at as received_at, sheets, asked`

const sentTable = `select ` + sentColumns + ` from sent_table where id = @id and account_id = @by`

// Sent reads a file that an account sent. Nobody else's is found.
func (s *Store) Sent(ctx context.Context, by account.Actor, id int64) (Sent, error) {
	found, err := postgres.Collect[Sent](ctx, s.db, "a document that was sent", sentTable, pgx.StrictNamedArgs{"id": id, "by": by.ID})
	if err != nil {
		return Sent{}, err
	}
	if len(found) == 0 {
		return Sent{}, norms.NotFoundf("no document %d of yours waits here: it was proposed or thrown away, or a day has passed since it was sent; send it again", id)
	}
	return found[0], nil
}

// keepSent keeps a document, which has no tables, once, however often it is sent.
const keepSent = `
with same as (
  update sent_table set media_type = @media_type, text_sha256 = @text_sha256, name = @name, text = @text, sent_at = now()
  where id = (select max(id) from sent_table
    where @sheets::text = '[]' and account_id = @by and sheets::text = '[]' and file_sha256 = @file_sha256)
  returning id
), oldest as (
  delete from sent_table
  where not exists (select from same) and id in (select id from sent_table
    where account_id = @by and (sheets::text = '[]') = (@sheets::text = '[]') order by sent_at desc, id desc offset @others)
), kept as (
  insert into sent_table (account_id, file_sha256, text_sha256, media_type, name, bytes, text, sheets, asked)
  select @by, @file_sha256, @text_sha256, @media_type, @name, @bytes, @text, @sheets::text::json, @asked::text::json
  where not exists (select from same)
  returning id
)
select id from same union all select id from kept`

// KeepSent keeps a file for its sender.
func (s *Store) KeepSent(ctx context.Context, by account.Actor, t Sent) (id int64, err error) {
	if !by.Can(account.ProposeEdits) {
		return 0, norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.ProposeEdits)
	}
	err = s.db.QueryRow(ctx, keepSent, pgx.StrictNamedArgs{"by": by.ID, "others": MaxSent - 1, "file_sha256": t.FileSHA256, "text_sha256": t.TextSHA256,
		"media_type": t.MediaType, "name": t.Name, "bytes": t.Bytes, "text": t.Text, "sheets": string(t.Sheets), "asked": string(t.Asked)}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("keeping a document for its sender: %w", postgres.Failure(err))
	}
	return id, nil
}

const askSent = `update sent_table set asked = @asked where id = @id and account_id = @by`

// AskSent keeps how a file is to be read.
func (s *Store) AskSent(ctx context.Context, by account.Actor, id int64, asked []byte) error {
	_, err := s.db.Exec(ctx, askSent, pgx.StrictNamedArgs{"id": id, "by": by.ID, "asked": asked})
	return postgres.Failure(err)
}

const dropSent = `delete from sent_table where id = @id and account_id = @by`

// DropSent forgets a file. It is NotFound when it is not there any more, so that
// of two who propose it at once only one does.
func (s *Store) DropSent(ctx context.Context, by account.Actor, id int64) error {
	done, err := s.db.Exec(ctx, dropSent, pgx.StrictNamedArgs{"id": id, "by": by.ID})
	if err == nil && done.RowsAffected() == 0 {
		return norms.NotFoundf("document %d was proposed or thrown away already", id)
	}
	return postgres.Failure(err)
}

const forgetSent = `delete from sent_table where sent_at < now() - interval '1 day'`

// ForgetSent forgets the files that nobody came back to.
func (s *Store) ForgetSent(ctx context.Context) (int64, error) {
	done, err := s.db.Exec(ctx, forgetSent)
	return done.RowsAffected(), postgres.Failure(err)
}

const mappingOf = `select headings, mapping from table_mapping where headings = any (@headings) order by learned_at desc, headings`

// Remembered is how a table with certain headings was read.
type Remembered struct {
	Headings []byte // SHA-256 of them
	Mapping  []byte // as JSON
}

// Remembered finds how tables with these headings were read, the last one first.
func (s *Store) Remembered(ctx context.Context, headings [][]byte) ([]Remembered, error) {
	return postgres.Collect[Remembered](ctx, s.db, "how a table was read before", mappingOf, pgx.StrictNamedArgs{"headings": list(headings)})
}

const remember = `
insert into table_mapping (headings, mapping, learned_by_id)
values (@headings, @mapping, @by)
on conflict on constraint table_mapping_pkey do update set mapping = excluded.mapping, learned_by_id = excluded.learned_by_id, learned_at = now()`

// Remember keeps how a table was read for the next one with its headings.
func (s *Store) Remember(ctx context.Context, by account.Actor, m Remembered) error {
	_, err := s.db.Exec(ctx, remember, pgx.StrictNamedArgs{"headings": m.Headings, "mapping": m.Mapping, "by": by.ID})
	if err != nil {
		return fmt.Errorf("remembering how a table was read: %w", postgres.Failure(err))
	}
	return nil
}
