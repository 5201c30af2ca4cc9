package contribution

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"normmap/internal/account"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/table"
)

// TableAsked is how a table is to be read.
type TableAsked struct {
	table.Mapping
	// AsSource is the title under which the file itself is recorded as the
	// source of what it says, "" when it is not.
	AsSource string `json:"as_source,omitempty"`
	// First and Last bound the rows that are read, 0 for all: what a proposal
	// holds is bounded, and a longer table comes in parts.
	First int `json:"first,omitempty"`
	Last  int `json:"last,omitempty"`
	// Remembered tells that a table with the same headings was read so before.
	Remembered bool `json:"remembered,omitempty"`
}

// Table is a table that was read.
type Table struct {
	Sheets
	TableAsked
	Reading table.Reading
	Source  *norms.PutSource // that the file would be
	Waiting int64            // the open proposal of this very table, 0 for none
}

// Table reads a table of a file as asked. Nothing is written.
func (r Reader) Table(ctx context.Context, s Sheets, asked TableAsked, today time.Time) (Table, error) {
	t := Table{Sheets: s, TableAsked: asked}
	release, err := r.Turns.take(ctx)
	if err != nil {
		return t, err
	}
	defer release()
	sheet, err := s.Named(asked.Sheet)
	if err == nil {
		err = asked.Check()
	}
	if err == nil && asked.AsSource != "" {
		err = r.newSource(ctx, &t, today)
	}
	if err != nil {
		return t, err
	}
	var own []norms.Choice
	if t.Source != nil {
		own = []norms.Choice{{Kind: "source", Slug: t.Source.Slug, Title: t.Source.Title}}
	}
	r.tell(LookUp, 0, 0)
	if t.Reading, err = r.hold(ctx, within(sheet, asked), t.Mapping, own...); err != nil {
		return t, err
	}
	t.Waiting, err = r.Store.ProposalOfTable(ctx, t.digest())
	return t, err
}

// digest tells a table from others: the file, and how it is read. Under which
// title it becomes a source makes no difference.
func (t Table) digest() []byte {
	how := struct {
		File, Sheet         string
		Header, First, Last int
		Kind                table.Kind
		Columns             []table.Column
		Values, Names       map[string]string
		Clears, AsSource    bool
	}{t.Received.FileSHA256, t.Mapping.Sheet, t.Header, t.First, t.Last, t.Kind, t.Columns, maps.Clone(t.Values), t.Names, t.Clears, t.Source != nil}
	if t.Source != nil {
		delete(how.Values, "source") // its name depends on what waits
	}
	if len(how.Values) == 0 {
		how.Values = nil
	}
	if len(how.Names) == 0 {
		how.Names = nil
	}
	data, err := json.Marshal(how)
	if err != nil {
		panic(err) // it holds nothing but texts and numbers
	}
	sum := sha256.Sum256(data)
	return sum[:]
}

// within is a sheet with the rows that are asked for.
func within(s document.Sheet, asked TableAsked) document.Sheet {
	out := document.Sheet{Name: s.Name}
	for i, row := range s.Rows {
		n := s.Number(i)
		if n == asked.Header || n >= asked.First && (asked.Last == 0 || n <= asked.Last) {
			out.Rows, out.Numbers = append(out.Rows, row), append(out.Numbers, n)
		}
	}
	return out
}

// sheet is the sheet that was read.
func (t Table) sheet() document.Sheet {
	s, _ := t.Named(t.Mapping.Sheet) // one that is none was refused before
	return s
}

// newSource makes the file the source of what it says.
func (r Reader) newSource(ctx context.Context, t *Table, today time.Time) error {
	if t.Known != "" {
		return norms.Field("source", "this very file is recorded as source %s already: choose that one", t.Known)
	}
	wish := norms.NameSlug(t.AsSource, maxBase)
	if wish == "" {
		wish = "table"
	}
	names, err := r.slugs(ctx, "source", t.Received.FileSHA256, []string{wish})
	if err != nil {
		return err
	}
	t.Source = &norms.PutSource{Slug: names.free(wish), Title: t.AsSource, Kind: "dataset", RetrievedOn: norms.Date(today.UTC().Format(time.DateOnly)),
		SHA256: t.Received.FileSHA256, Exhaustiveness: "unknown"}
	t.Values = values(t.Mapping, nil, "")
	t.Values["source"] = t.Source.Slug
	if _, has := t.Kind.Field("source"); !has {
		delete(t.Values, "source")
	}
	return t.Source.Check()
}

// Edits are all changes of the table, or an error that names the cells that
// keep it from being taken: all of it or nothing.
func (t Table) Edits() ([]norms.Edit, error) {
	edits, err := t.Reading.Edits()
	if err != nil || len(edits) == 0 {
		return edits, err
	}
	slices.SortStableFunc(edits, func(a, b norms.Edit) int { return orderInTable(a) - orderInTable(b) })
	if t.Source == nil {
		return edits, nil
	}
	return append([]norms.Edit{*t.Source, norms.PutSourceText{Source: t.Source.Slug, FileSHA256: t.Received.FileSHA256, MediaType: t.Received.MediaType}}, edits...), nil
}

// orderInTable puts the organizations that a table adds before all that names them:
// edits of one kind in a row are written together, which takes a fraction of
// the time.
func orderInTable(e norms.Edit) int {
	if _, is := e.(norms.PutOrganization); is {
		return 0
	}
	return 1
}

// ProposeTable stages what a table changes for review: all of it, in one
// proposal that is one changeset when it is accepted, or nothing. A table that
// waits for review already is not proposed again.
func (r Reader) ProposeTable(ctx context.Context, by account.Actor, t Table, reason string) (Proposed, error) {
	edits, err := t.Edits()
	out := Proposed{Edits: len(edits), Source: t.Values["source"]}
	if err != nil || len(edits) == 0 {
		return out, err
	}
	if err := t.tooMany(len(edits)); err != nil {
		return out, err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		digest := t.digest()
		if err := tx.LockTable(ctx, digest); err != nil {
			return err
		}
		waiting, err := tx.ProposalOfTable(ctx, digest)
		if err != nil || waiting != 0 {
			out.Proposal, out.Again = waiting, true
			return err
		}
		if t.Source != nil {
			within := Reader{Store: tx}
			if err := within.keepAs(ctx, by, t.Received, t.Source.Slug); err != nil {
				return err
			}
		}
		st := r.staged(reason, edits)
		st.Note = tableNote(edits)
		if out.Proposal, err = tx.Propose(ctx, by, st); err != nil || out.Proposal == 0 {
			return err
		}
		return errors.Join(tx.NoteTable(ctx, out.Proposal, digest), Reader{Store: tx}.remember(ctx, by, t.Mapping))
	})
	return out, err
}

// tableNote says beside a proposal what was taken where a table does not say it.
func tableNote(edits []norms.Edit) string {
	for _, e := range edits {
		if put, ok := e.(norms.PutInitiative); ok && put.Version == 0 && put.Kind == norms.UnsaidKind {
			return "Where the table does not say of what kind an initiative is, it is proposed as a " + string(norms.UnsaidKind) + ". Correct that where it is not right."
		}
	}
	return ""
}

// keepAs keeps a file under the name that its source is to have, unless somebody
// took that meanwhile.
func (r Reader) keepAs(ctx context.Context, by account.Actor, d norms.Document, slug string) error {
	if err := r.Store.LockSending(ctx); err != nil {
		return err
	}
	names, err := r.slugs(ctx, "source", d.FileSHA256, []string{slug})
	if err != nil {
		return err
	}
	if names.taken[slug] {
		return norms.Errorf(norms.Conflict, "another document was sent in as source %s a moment ago; send this once more and it gets a name of its own", slug)
	}
	return r.Store.KeepDocument(ctx, by, d)
}

// staged is a proposal of edits that tells how far it is.
func (r Reader) staged(reason string, edits []norms.Edit) norms.Staging {
	return norms.Staging{Reason: reason, Edits: edits, From: "import",
		Checked: func(done, of int) { r.tell(Checking, done, of) },
		Staged:  func(done, of int) { r.tell(Staging, done, of) }}
}

// TooMany says which rows fit in a proposal when all of them do not.
func (t Table) TooMany() error { return t.tooMany(len(t.Reading.Staged()) + 2*truly(t.Source != nil)) }

func truly(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (t Table) tooMany(edits int) error {
	if edits <= norms.MaxImported {
		return nil
	}
	left, first, last := norms.MaxImported-2, 0, 0
	for _, row := range t.Reading.Rows {
		if left -= len(row.Edits); left < 0 {
			break
		}
		if first == 0 {
			first = row.Number
		}
		last = row.Number
	}
	what := fmt.Sprintf("its %d rows would be a proposal of %d edits; at most %d fit, and nothing was taken", len(t.Reading.Rows), edits, norms.MaxImported)
	if last > 0 {
		what += fmt.Sprintf(": read rows %d to %d first, and the others after them", first, last)
	}
	return norms.Field("rows", "%s", what)
}

// Summary says in a line what a table does.
func (t Table) Summary() string {
	n := t.Reading.Count()
	return fmt.Sprintf("%d rows: %d new, %d changed, %d as recorded, %d with mistakes", len(t.Reading.Rows), n[table.New], n[table.Changed], n[table.Same], n[table.Wrong])
}
