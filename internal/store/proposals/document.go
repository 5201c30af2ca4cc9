package proposals

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const documentColumns = `file_sha256, text_sha256, media_type, name, bytes, text, received_at`

const documentOfFile = `select ` + documentColumns + ` from document where file_sha256 = @sha256 and media_type = @media_type`

// Document is a file that was received before as the same kind of file, nil when
// it never was: as another kind it is read otherwise.
func (s *Store) Document(ctx context.Context, sha256, mediaType string) (*norms.Document, error) {
	found, err := postgres.Collect[norms.Document](ctx, s.db, "a document", documentOfFile, pgx.StrictNamedArgs{"sha256": sha256, "media_type": mediaType})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

const (
	keepDocument = `
with kept as (
  insert into document (file_sha256, text_sha256, media_type, name, bytes, text, words_sha256, received_by_id)
  values (@file_sha256, @text_sha256, @media_type, @name, @bytes, @text, nullif(@words_sha256, ''), @by)
  on conflict on constraint document_file_sha256_media_type_key do nothing
  returning id
)
insert into text_sketch (document_id, marks) select id, @marks from kept`

	noteSender = `
insert into document_sender (document_id, account_id)
select id, @by from document where file_sha256 = @file_sha256
on conflict on constraint document_sender_pkey do nothing`
)

// sendingLock is what those who send documents take turns by.
const sendingLock = `select pg_advisory_xact_lock(7226039)`

// LockSending lets nobody else propose a document until the transaction ends:
// the second of two finds the file that the first sent, and the names that it
// would give to things.
func (s *Store) LockSending(ctx context.Context) error {
	return postgres.LockPatiently(ctx, s.db, "waiting for others who send a document", sendingLock)
}

// KeepDocument stores a file that was received, once as each kind of file, and who
// sent it.
func (s *Store) KeepDocument(ctx context.Context, by account.Actor, d norms.Document) error {
	if !by.Can(account.ProposeEdits) {
		return norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.ProposeEdits)
	}
	if err := d.Check(); err != nil {
		return err
	}
	_, err := s.db.Exec(ctx, keepDocument, pgx.StrictNamedArgs{"file_sha256": d.FileSHA256, "text_sha256": d.TextSHA256, "media_type": d.MediaType,
		"name": d.Name, "bytes": d.Bytes, "text": d.Text, "words_sha256": d.WordsSHA256(), "by": by.ID, "marks": anchor.Sketch(d.Text)})
	if err != nil {
		return fmt.Errorf("keeping a document: %w", postgres.Failure(err))
	}
	return s.NoteSender(ctx, by, d)
}

// NoteSender notes that an account sent a file that is kept, as whatever kind of
// file: it may cite and attach what stands in it.
func (s *Store) NoteSender(ctx context.Context, by account.Actor, d norms.Document) error {
	if _, err := s.db.Exec(ctx, noteSender, pgx.StrictNamedArgs{"file_sha256": d.FileSHA256, "by": by.ID}); err != nil {
		return fmt.Errorf("noting who sent a document: %w", postgres.Failure(err))
	}
	return nil
}

const namesWaiting = `
select distinct e.edit -> 'with' ->> 'slug'
from proposal p
join proposal_edit e on e.proposal_id = p.id
where p.state = 'open' and e.edit ->> 'edit' = 'put_' || @kind and e.edit -> 'with' ->> 'slug' = any (@slugs)
order by 1`

// NamesWaiting tells which of some slugs open proposals would give to things of
// a kind: two contributions that wait at the same time have names of their own.
func (s *Store) NamesWaiting(ctx context.Context, kind string, slugs []string) ([]string, error) {
	rows, err := s.db.Query(ctx, namesWaiting, pgx.StrictNamedArgs{"kind": kind, "slugs": slugs})
	if err != nil {
		return nil, postgres.Failure(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return found, postgres.Failure(err)
}

const lastPosition = `
select greatest(0,
  (select max(i.position) from initiative i join organization o on o.id = i.reported_by_id where o.slug = @organization and i.parent_id is null),
  (select max((e.edit -> 'with' ->> 'position')::int)
   from proposal p
   join proposal_edit e on e.proposal_id = p.id
   where p.state = 'open' and e.edit ->> 'edit' = 'put_initiative'
     and e.edit -> 'with' ->> 'reported_by' = @organization and e.edit -> 'with' ->> 'parent' = ''))`

// LastPosition is the highest position of what an organization reported, or what
// waits to be recorded as reported by it: what it sends next comes after that,
// and two letters do not mix.
func (s *Store) LastPosition(ctx context.Context, organization string) (int, error) {
	var last int
	err := s.db.QueryRow(ctx, lastPosition, pgx.StrictNamedArgs{"organization": organization}).Scan(&last)
	return last, postgres.Failure(err)
}

// Waiting is an open proposal that would attach a text.
type Waiting struct {
	Proposal int64
	Source   string // slug, to which it would attach it
	Replaces string // SHA-256 of the file of the text that this takes the place of, "" for none
	Edits    int
}

const waiting = `
select p.id as proposal, e.edit -> 'with' ->> 'source' as source, coalesce(e.edit -> 'with' ->> 'replaces', '') as replaces,
  (select count(distinct c.position) from proposal_edit c where c.proposal_id = p.id) as edits
from proposal p
join proposal_edit e on e.proposal_id = p.id
`

const waitingForFile = waiting + `
where p.state = 'open' and p.made_from = 'import' and e.edit ->> 'edit' = 'put_source_text' and e.edit -> 'with' ->> 'file_sha256' = @sha256
  and not exists (select from proposal_edit n where n.proposal_id = e.proposal_id and n.position = e.position and n.version > e.version)
order by p.id
limit 1`

// WaitingForFile is the open proposal that would attach a file, nil for none.
func (s *Store) WaitingForFile(ctx context.Context, sha256 string) (*Waiting, error) {
	return s.waiting(ctx, waitingForFile, pgx.StrictNamedArgs{"sha256": sha256})
}

const waitingForWords = waiting + `
join document d on d.file_sha256 = e.edit -> 'with' ->> 'file_sha256' and d.media_type = coalesce(e.edit -> 'with' ->> 'media_type', d.media_type)
where d.words_sha256 = @words_sha256 and d.media_type <> @media_type and p.state = 'open' and p.made_from = 'import' and e.edit ->> 'edit' = 'put_source_text'
  and not exists (select from proposal_edit n where n.proposal_id = e.proposal_id and n.position = e.position and n.version > e.version)
order by p.id
limit 1`

// WaitingForWords is the open proposal that would attach the same words in a file
// of another format, nil for none. In the same format another file is a correction.
func (s *Store) WaitingForWords(ctx context.Context, d norms.Document) (*Waiting, error) {
	return s.waiting(ctx, waitingForWords, pgx.StrictNamedArgs{"words_sha256": d.WordsSHA256(), "media_type": d.MediaType})
}

// WaitingText is a text that an open proposal would attach.
type WaitingText struct {
	Proposal int64
	Text     string
}

// waitingTexts looks at the latest ones only: nobody sends one letter in many versions
// while none is decided about.
const waitingTexts = `
select p.id as proposal, d.text
from proposal p
join proposal_edit e on e.proposal_id = p.id and e.edit ->> 'edit' = 'put_source_text'
join document d on d.file_sha256 = e.edit -> 'with' ->> 'file_sha256' and d.media_type = coalesce(e.edit -> 'with' ->> 'media_type', d.media_type)
join document_sender s on s.document_id = d.id and s.account_id = @by
where p.state = 'open' and p.made_from = 'import'
  and not exists (select from proposal_edit n where n.proposal_id = e.proposal_id and n.position = e.position and n.version > e.version)
order by p.id desc
limit 5`

// WaitingTexts are the texts that an account sent and that wait to be attached, the
// latest first. What others sent is no text to it.
func (s *Store) WaitingTexts(ctx context.Context, by account.Actor) ([]WaitingText, error) {
	return postgres.Collect[WaitingText](ctx, s.db, "texts that wait", waitingTexts, pgx.StrictNamedArgs{"by": by.ID})
}

// waiting is the proposal that a statement finds, nil for none.
func (s *Store) waiting(ctx context.Context, statement string, args pgx.StrictNamedArgs) (*Waiting, error) {
	found, err := postgres.Collect[Waiting](ctx, s.db, "a proposal of the same document", statement, args)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}
