package export

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"normmap/internal/norms"
)

// Archive is everything that a zip file of the record holds.
type Archive struct {
	About   About
	ReadMe  string
	Licence string
	Tables  []Table
	Raw     bool // texts as they are, without the guard against formulas
}

// Zip writes an archive: what it is, the licence, the data dictionary, and
// each table as CSV. The same revision gives the same bytes.
func Zip(w io.Writer, a Archive) error {
	out := zip.NewWriter(w)
	for _, f := range []struct{ name, text string }{{"README.txt", a.ReadMe}, {"LICENSE.txt", a.Licence}} {
		if err := add(out, f.name, a.About.Written, func(w io.Writer) error {
			_, err := io.WriteString(w, f.text)
			return err
		}); err != nil {
			return err
		}
	}
	if err := add(out, "datapackage.json", a.About.Written, a.dictionary); err != nil {
		return err
	}
	for _, t := range a.Tables {
		if err := add(out, t.Name+".csv", a.About.Written, func(w io.Writer) error { return CSV(w, t, a.Raw) }); err != nil {
			return err
		}
	}
	return out.Close()
}

func (a Archive) dictionary(w io.Writer) error {
	sets := make([]norms.Dataset, len(a.Tables))
	for i, t := range a.Tables {
		sets[i] = t.Dataset
	}
	return WritePackage(w, NewPackage(a.About, sets))
}

// WritePackage writes a data dictionary for people to read, too.
func WritePackage(w io.Writer, p Package) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

func add(out *zip.Writer, name string, at time.Time, write func(io.Writer) error) error {
	w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return fmt.Errorf("adding %s: %w", name, err)
	}
	if err := write(w); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
