package document

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheets gathers the tables of a spreadsheet within the limits.
type sheets struct {
	all   []Sheet
	rows  int
	limit Limits
}

// add takes the row with a number in the file.
func (s *sheets) add(name string, number int, row []string) error {
	if s.rows++; s.rows > s.limit.Rows {
		return refuse(TooMany, "the table has more than %d rows: send it in parts", s.limit.Rows)
	}
	if len(row) > s.limit.Columns {
		return refuse(TooMany, "row %d has %d columns; at most %d are read: leave out those that are empty", number, len(row), s.limit.Columns)
	}
	if len(s.all) == 0 || s.all[len(s.all)-1].Name != name {
		s.all = append(s.all, Sheet{Name: name})
	}
	last := &s.all[len(s.all)-1]
	clean := make([]string, len(row))
	for i, cell := range row {
		clean[i] = Cell(cell)
	}
	last.Rows, last.Numbers = append(last.Rows, clean), append(last.Numbers, number)
	return nil
}

// Cell is a text as it is read from a cell that holds it.
func Cell(text string) string { return strings.TrimSpace(composed(lineEnds.Replace(text))) }

// into writes the tables down; several have their names over them.
func (s *sheets) into(d *Document) (err error) {
	w := newWriter(s.limit)
	for _, t := range s.all {
		if len(s.all) > 1 {
			w.heading(2, t.Name)
		}
		w.apart()
		for i, row := range t.Rows {
			w.row(row, i == 0)
		}
	}
	d.Sheets = s.all
	d.Text, err = w.text(s.limit)
	return err
}

func readXLSX(d *Document, data []byte, l Limits) error {
	if _, err := openArchive(XLSX, data, l); err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: int64(l.Unpacked), UnzipXMLSizeLimit: int64(l.Unpacked),
		ShortDatePattern: "yyyy-mm-dd", // without it days are written in an order that nobody could tell
	})
	if err != nil {
		return damaged(XLSX, err)
	}
	defer f.Close()
	s := &sheets{limit: l}
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		if err := s.sheet(f, name); err != nil {
			return err
		}
	}
	return s.into(d)
}

func (s *sheets) sheet(f *excelize.File, name string) error {
	rows, err := f.Rows(name)
	if err != nil {
		return damaged(XLSX, err)
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		row, err := rows.Columns()
		if err != nil {
			return damaged(XLSX, err)
		}
		if strings.Join(row, "") == "" {
			continue
		}
		if err := s.add(name, number, row); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return damaged(XLSX, err)
	}
	return nil
}

func readCSV(d *Document, data []byte, l Limits) (err error) {
	text, encoding, err := decode(data)
	if err != nil {
		return err
	}
	d.Encoding = encoding
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	s := &sheets{limit: l}
	number, from := 0, 0
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s.into(d)
		}
		if at, ok := errors.AsType[*csv.ParseError](err); ok {
			return damaged(CSV, fmt.Errorf("line %d, column %d: %w", at.Line, at.Column, at.Err))
		}
		record := text[from:r.InputOffset()]
		number += 1 + len(record) - len(strings.TrimLeft(record, "\n")) // empty lines are rows of spreadsheets, too
		from = int(r.InputOffset())
		if strings.Join(row, "") == "" {
			continue
		}
		if err := s.add("", number, row); err != nil {
			return err
		}
	}
}

// separatedBy are how many lines tell what separates the cells.
const separatedBy = 15

// separator is the sign that stands, outside of quotes, in most of the first
// lines, of those the one that stands there most often: what stands over a
// table has other signs, and few.
func separator(text string) rune {
	lines, all := map[rune]int{}, map[rune]int{}
	here := map[rune]bool{}
	quoted, n := false, 0
	for _, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			if n++; n == separatedBy {
				return mostOf(lines, all)
			}
			clear(here)
		case strings.ContainsRune(separators, c):
			if all[c]++; !here[c] {
				here[c] = true
				lines[c]++
			}
		}
	}
	return mostOf(lines, all)
}

const separators = ",;\t|"

func mostOf(lines, all map[rune]int) rune {
	best := ','
	for _, c := range separators {
		if cmp.Or(cmp.Compare(lines[c], lines[best]), cmp.Compare(all[c], all[best])) > 0 {
			best = c
		}
	}
	return best
}
