package edit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type sourceData struct {
	Slug           string               `db:"slug"`
	Title          string               `db:"title"`
	Kind           norms.SourceKind     `db:"kind"`
	Publisher      string               `db:"publisher"`
	OrganizationID *int64               `db:"organization_id"`
	PublishedOn    norms.Date           `db:"published_on"`
	RetrievedOn    norms.Date           `db:"retrieved_on"`
	URL            string               `db:"url"`
	ArchiveURL     string               `db:"archive_url"`
	SHA256         string               `db:"sha256"`
	Language       string               `db:"language"`
	Call           string               `db:"call"`
	Exhaustiveness norms.Exhaustiveness `db:"exhaustiveness"`
	Note           string               `db:"note"`
}

var sourceTable = newTable[sourceData]("source")

func (w *writing) putSource(ctx context.Context, e norms.PutSource) (bool, error) {
	if err := w.keepsChecksum(ctx, e); err != nil {
		return false, err
	}
	organization, err := w.optionalID(ctx, "organization", "organization", e.Organization)
	if err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, sourceTable, wish[sourceData]{
		thing: norms.Thing{Kind: "source", Key: e.Slug, Name: e.Title},
		where: slugIs, key: pgx.StrictNamedArgs{"slug": e.Slug}, seen: e.Version, refused: "slug",
		data: sourceData{
			Slug: e.Slug, Title: e.Title, Kind: e.Kind, Publisher: e.Publisher, OrganizationID: organization, PublishedOn: e.PublishedOn,
			RetrievedOn: e.RetrievedOn, URL: e.URL, ArchiveURL: e.ArchiveURL, SHA256: e.SHA256, Language: e.Language, Call: e.Call,
			Exhaustiveness: e.Exhaustiveness, Note: e.Note,
		},
	}))
}

const checksumOfText = `select sha256 from source where slug = @slug and version = @seen and body is not null`

// keepsChecksum refuses another checksum for a source whose text is held: it tells
// of which file that is the text, and by it the file is known again.
func (w *writing) keepsChecksum(ctx context.Context, e norms.PutSource) error {
	if e.Version == 0 {
		return nil
	}
	var held string
	err := w.db.QueryRow(ctx, checksumOfText, pgx.StrictNamedArgs{"slug": e.Slug, "seen": e.Version}).Scan(&held)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return postgres.Failure(err)
	case held != e.SHA256:
		return norms.Field("sha256", "must stay %s: that is the file whose text is held; a new version of the document takes its place by /import", held)
	}
	return nil
}
