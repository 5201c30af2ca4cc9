package edit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const textToHold = `
select s.id, s.title, s.sha256, s.body is not null as held, coalesce(s.body = d.text, false) as same, d.id is not null as received
from source s
left join document d on d.file_sha256 = @file
where s.slug = @slug
for update of s`

const holdText = `
update source s set body = d.text, sha256 = d.file_sha256, version = @rev
from document d
where s.id = @id and d.file_sha256 = @file`

type heldText struct {
	ID       int64
	Title    string
	SHA256   string `db:"sha256"`
	Held     bool
	Same     bool // as that of the file
	Received bool
}

// putSourceText attaches the text of a received file to its source.
func (w *writing) putSourceText(ctx context.Context, e norms.PutSourceText) (bool, error) {
	rows, err := w.db.Query(ctx, textToHold, pgx.StrictNamedArgs{"slug": e.Source, "file": e.FileSHA256})
	if err != nil {
		return false, postgres.Failure(err)
	}
	have, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[heldText])
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, norms.Field("source", "no source %q is recorded", e.Source)
	case err != nil:
		return false, postgres.Failure(err)
	case !have.Received:
		return false, norms.Field("file_sha256", "no file with this SHA-256 was received: import it first")
	case have.Held && have.Same && have.SHA256 == e.FileSHA256:
		return w.wrote(have.ID, false, nil)
	case have.Held:
		return false, norms.Errorf(norms.Conflict, "the text of %q is held and stays as it is; record another document as a source of its own", have.Title)
	case have.SHA256 != "" && have.SHA256 != e.FileSHA256:
		return false, norms.Field("file_sha256", "is not that of the recorded file, %s: this is another document", have.SHA256)
	}
	_, err = w.db.Exec(ctx, holdText, pgx.StrictNamedArgs{"id": have.ID, "file": e.FileSHA256, "rev": w.rev})
	return w.wrote(have.ID, err == nil, postgres.Failure(err))
}
