package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// About says what a file is: of which state of the record, under which licence
// it may be used and how to cite it.
type About struct {
	Title    string    `json:"title"`
	Revision int64     `json:"revision"`
	Written  time.Time `json:"written"` // when the revision was
	Address  string    `json:"address"` // of this state of the record, for ever
	Licence  string    `json:"licence"`
	Citation string    `json:"citation"`
}

// JSON writes a table as one document: what it is, its rows under items, and
// at the end their number as total.
func JSON(w io.Writer, about About, t Table) error {
	out := &document{w: w}
	out.fields(struct {
		Dataset string `json:"dataset"`
		About
	}{t.Name, about})
	out.text(",\n")
	out.table(t)
	out.text("}\n")
	return out.err
}

// Everything writes all tables as one document, each under its name.
func Everything(w io.Writer, about About, tables []Table) error {
	out := &document{w: w}
	out.fields(about)
	out.text(",\n\"datasets\":{")
	for i, t := range tables {
		if i > 0 {
			out.text(",")
		}
		out.text("\n")
		out.value(t.Name)
		out.text(":{")
		out.table(t)
		out.text("}")
	}
	out.text("}}\n")
	return out.err
}

// document writes parts of a JSON document until the first error.
type document struct {
	w   io.Writer
	err error
}

func (d *document) text(s string) {
	if d.err == nil {
		_, d.err = io.WriteString(d.w, s)
	}
}

func (d *document) value(v any) {
	if d.err == nil {
		d.bytes(marshal(v))
	}
}

// fields begins an object with the fields of a struct.
func (d *document) fields(v any) {
	b, err := marshal(v)
	d.bytes(bytes.TrimSuffix(b, []byte("}")), err)
}

func (d *document) bytes(b []byte, err error) {
	if d.err = err; err == nil {
		_, d.err = d.w.Write(b)
	}
}

// marshal leaves the signs of HTML as they are: nothing here is put into a page.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func (d *document) table(t Table) {
	d.text("\"items\":[")
	total := 0
	for row, err := range t.Rows {
		if d.err == nil {
			d.err = err
		}
		if d.err != nil {
			return
		}
		if total > 0 {
			d.text(",")
		}
		d.row(t, row)
		total++
	}
	d.text(fmt.Sprintf("\n],\"total\":%d", total))
}

// row writes one row, its columns in their order.
func (d *document) row(t Table, row []any) {
	d.text("\n{")
	for i, v := range row {
		if i > 0 {
			d.text(",")
		}
		d.value(t.Columns[i].Name)
		d.text(":")
		d.value(v)
	}
	d.text("}")
}
