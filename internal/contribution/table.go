package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/table"
)

// Sheets are the tables of a file that was sent.
type Sheets struct {
	Received norms.Document
	Known    string // slug of the recorded source that the file is, "" for none
	List     []document.Sheet
}

// Sheets reads a file that holds tables.
func (r Reader) Sheets(ctx context.Context, f File) (Sheets, error) {
	var s Sheets
	r.tell(Waiting, 0, 0)
	release, err := r.Turns.take(ctx)
	if err != nil {
		return s, err
	}
	defer release()
	r.tell(Text, 0, 0)
	d, err := r.Documents.Read(ctx, f.Name, f.Data)
	if err != nil {
		return s, err
	}
	if len(d.Sheets) == 0 {
		return s, norms.Field("file", "holds no table that can be read: tables come as .csv or .xlsx files")
	}
	s.List = d.Sheets
	s.Received = norms.Document{FileSHA256: d.FileSHA256, TextSHA256: d.TextSHA256, MediaType: d.Format.MediaType(), Name: named(f.Name), Bytes: int64(len(f.Data)), Text: d.Text}
	known, err := r.Store.KnownFile(ctx, d.FileSHA256)
	if err != nil {
		return s, fmt.Errorf("looking for the file among the sources: %w", err)
	}
	if known != nil {
		s.Known = known.Slug
	}
	return s, nil
}

// Named finds a table by its name.
func (s Sheets) Named(name string) (document.Sheet, error) {
	i := slices.IndexFunc(s.List, func(t document.Sheet) bool { return t.Name == name })
	if i < 0 {
		return document.Sheet{}, norms.Field("sheet", "%q is none of the file's sheets: %s", name, strings.Join(s.names(), ", "))
	}
	return s.List[i], nil
}

func (s Sheets) names() []string {
	out := make([]string, len(s.List))
	for i, t := range s.List {
		out[i] = t.Name
	}
	return out
}

// TableWish is what a person says of a table before it is guessed. All of it
// may be left out.
type TableWish struct {
	table.Wish
	Sheet string
	// Organization sent the table in: its initiatives are of it, unless a
	// column says whose they are.
	Organization string
	Values       map[string]string // for every row whose cells do not say it
}

// Guessed is how a table would be read.
type Guessed struct {
	table.Mapping
	Fits       bool // false when nothing fits, and a person has to say it
	Remembered bool // from another table with the same headings
}

// Guess says how a table would be read: as one with the same headings was read
// before, else as it seems to be.
func (r Reader) Guess(ctx context.Context, s Sheets, w TableWish) (Guessed, error) {
	var out Guessed
	r.tell(Reading, 0, 0)
	list := s.List
	if w.Sheet != "" || len(list) == 1 {
		sheet, err := s.Named(cmp.Or(w.Sheet, list[0].Name))
		if err != nil {
			return out, err
		}
		list = []document.Sheet{sheet}
	}
	before, err := r.remembered(ctx, list, w)
	if err != nil {
		return out, err
	}
	if before != nil {
		out.Mapping, out.Fits, out.Remembered = *before, true, true
		out.setValues(w, s.Known)
		return out, nil
	}
	rec, err := r.seen(ctx, list)
	if err != nil {
		return out, err
	}
	_, out.Mapping, out.Fits = table.GuessBest(list, w.Wish, rec)
	out.setValues(w, s.Known)
	return out, nil
}

// setValues says what holds for all rows.
func (g *Guessed) setValues(w TableWish, known string) {
	g.Values = values(g.Mapping, w.Values, known)
	if w.Organization != "" && (g.Kind == table.Initiatives || g.Kind == table.Matrix) {
		g.Values["organization"] = w.Organization
	}
}

// values are what holds for all rows: what the table is known for, and what a
// person says of it. What is in a file that is recorded is from that source.
func values(m table.Mapping, said map[string]string, known string) map[string]string {
	out := map[string]string{}
	if _, ok := m.Kind.Field("source"); ok && known != "" {
		out["source"] = known
	}
	for _, from := range []map[string]string{m.Values, said} {
		for name, value := range from {
			if value != "" {
				out[name] = value
			}
		}
	}
	return out
}

// firstRows are how many rows of a sheet are looked at to guess what it is.
const firstRows = 80

// seen is what is recorded of what the first rows of sheets name, whatever
// they are.
func (r Reader) seen(ctx context.Context, list []document.Sheet) (*table.Record, error) {
	var cells []string
	for _, s := range list {
		for _, row := range s.Rows[:min(len(s.Rows), firstRows)] {
			for _, cell := range row {
				if cell != "" && len(cell) <= norms.MaxTitle {
					cells = append(cells, cell)
				}
			}
		}
	}
	slices.Sort(cells)
	cells = slices.Compact(cells)
	names, err := r.Store.Names(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the names of agreements: %w", err)
	}
	found, err := r.Store.Called(ctx, map[string][]string{"organization": cells, "initiative": cells, "source": cells})
	rec := &table.Record{Names: names}
	for _, c := range found {
		switch c.Kind {
		case "organization":
			rec.Organizations = append(rec.Organizations, norms.PutOrganization{Slug: c.Slug, Name: c.Title})
		case "initiative":
			rec.Initiatives = append(rec.Initiatives, norms.PutInitiative{Slug: c.Slug, Title: c.Title})
		case "source":
			rec.Sources = append(rec.Sources, c)
		}
	}
	return rec, err
}
