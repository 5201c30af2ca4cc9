package imports

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/table"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// showTable answers with how a table is read, and why something was not done.
func (s *Site) showTable(w http.ResponseWriter, r *http.Request, kept contribution.KeptTable, refused error) error {
	ctx := r.Context()
	m := page.SentTable{ID: kept.ID, Name: kept.Received.Name, Known: kept.Known, Recognized: kept.Profile, Remembered: kept.Remembered,
		Reason: ui.Field{Value: r.PostForm.Get("reason")}}
	err := refused
	if refused == nil {
		err = kept.Check()
	}
	var asked []table.Question
	if err == nil {
		m.Read, asked, err = s.readTable(r, kept)
	}
	u, ok := form.Mendable(ctx, onForm(err))
	if !ok {
		return err
	}
	if refused == nil {
		u.Status = 0 // it was only looked at
	}
	m.Problems, m.Asked = u.Problems, askedNames(ctx, asked, kept)
	if err := s.tableControls(ctx, &m, kept); err != nil {
		return err
	}
	f := s.Frame(r, m.Name, importCrumb(r), ui.Crumb{Label: words.Text(ctx, "table.title"), Href: href.ImportTable()}, ui.Crumb{Label: m.Name})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Table(f, m)})
}

// inMapping is how a mapping calls what is wrong in it.
var inMapping = regexp.MustCompile(`^(?:columns\[(\d+)\]|values\.(\w+))$`)

// onForm is an error about a mapping under the names of the form's fields.
func onForm(err error) error {
	found, ok := errors.AsType[*norms.Error](err)
	if !ok {
		return err
	}
	renamed := *found
	renamed.Problems = slices.Clone(found.Problems)
	out := renamed.Problems
	for i, p := range out {
		switch m := inMapping.FindStringSubmatch(p.Field); {
		case m != nil && m[1] != "":
			n, _ := strconv.Atoi(m[1])
			out[i].Field = "column_" + strconv.Itoa(n+1)
		case m != nil:
			out[i].Field = "value_" + m[2]
		case p.Field == "source" || p.Field == "title":
			out[i].Field = "as_source"
		case p.Field == "rows":
			out[i].Field = "last"
		}
	}
	return &renamed
}

// tableControls are the fields of the form as they are.
func (s *Site) tableControls(ctx context.Context, m *page.SentTable, kept contribution.KeptTable) error {
	if len(kept.List) > 1 {
		m.Choose = append(m.Choose, choice(ctx, "table.sheet", kept.Sheet, sheetOptions(kept.List)))
	}
	m.Choose = append(m.Choose, choice(ctx, "table.header", strconv.Itoa(kept.Header), headerOptions(kept)))
	kinds := ui.OrNone(words.Text(ctx, "form.choose_one"), ui.Options(ctx, table.Kinds, func(ctx context.Context, k table.Kind) string { return words.Of(ctx, "table.kinds", k) }))
	m.Choose = append(m.Choose, choice(ctx, "table.kind", string(kept.Kind), kinds))
	if kept.Kind != "" {
		m.Columns = columns(ctx, kept)
		values, err := s.valueControls(ctx, kept)
		if err != nil {
			return err
		}
		m.Values = values
	}
	for _, id := range []string{"table.first", "table.last"} {
		m.Range = append(m.Range, form.Line(ctx, id))
	}
	m.Range[0].Value, m.Range[1].Value = plainNumber(kept.First), plainNumber(kept.Last)
	for _, list := range [][]page.Control{m.Choose, m.Values, m.Range} {
		for i, c := range list {
			list[i].Problem = problemOf(m.Problems, c.Name)
		}
	}
	for i, c := range m.Columns {
		m.Columns[i].Holds.Problem = problemOf(m.Problems, c.Holds.Name)
	}
	m.Labels = tableLabels(m)
	return nil
}

func plainNumber(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func problemOf(problems []norms.Problem, field string) string {
	for _, p := range problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

func tableLabels(m *page.SentTable) map[string]string {
	out := map[string]string{}
	for _, c := range slices.Concat(m.Choose, m.Values, m.Range) {
		out[c.Name] = c.Label
	}
	for _, c := range m.Columns {
		out[c.Holds.Name] = c.Holds.Label
	}
	return out
}

func choice(ctx context.Context, id, value string, options []ui.Option) page.Control {
	f := form.Field(ctx, id)
	f.Value, f.Options = value, options
	return page.Control{Shape: page.Menu, Field: f}
}

func sheetOptions(list []document.Sheet) []ui.Option {
	out := make([]ui.Option, len(list))
	for i, s := range list {
		out[i] = ui.Option{Value: s.Name, Label: s.Name}
	}
	return out
}

// headRows are how many rows may be chosen as that of the headings.
const headRows = 15

// headerOptions are the first rows of a sheet, and the chosen one.
func headerOptions(kept contribution.KeptTable) []ui.Option {
	s, err := kept.Named(kept.Sheet)
	if err != nil {
		return nil
	}
	var out []ui.Option
	for i, row := range s.Rows {
		if n := s.Number(i); i < headRows || n == kept.Header {
			out = append(out, ui.Option{Value: strconv.Itoa(n), Label: fmt.Sprintf("%d: %s", n, shortened(strings.Join(filled(row), " · "), 80))})
		}
	}
	return out
}

func filled(row []string) []string {
	return slices.DeleteFunc(slices.Clone(row), func(cell string) bool { return cell == "" })
}

// shortened is the beginning of a long text in one line.
func shortened(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

// firstCells are how many cells of a column are shown beside what it holds.
const firstCells = 3

func columns(ctx context.Context, kept contribution.KeptTable) []page.TableColumn {
	s, err := kept.Named(kept.Sheet)
	if err != nil {
		return nil
	}
	options := fieldOptions(ctx, kept.Kind)
	out := make([]page.TableColumn, len(kept.Columns))
	for i, c := range kept.Columns {
		letters := table.Letters(i)
		out[i] = page.TableColumn{Letters: letters, Heading: c.Heading, Holds: ui.Field{
			Name: "column_" + strconv.Itoa(i+1), Label: words.Text(ctx, "table.holds_of", "Letters", letters), Value: c.Field, Options: options}}
		for n, row := range s.Rows {
			if s.Number(n) > kept.Header && i < len(row) && row[i] != "" && len(out[i].Cells) < firstCells {
				out[i].Cells = append(out[i].Cells, shortened(row[i], 40))
			}
		}
	}
	return out
}

func fieldOptions(ctx context.Context, k table.Kind) []ui.Option {
	out := []ui.Option{{Value: "", Label: words.Text(ctx, "table.not_read")}}
	for _, f := range k.Fields() {
		out = append(out, ui.Option{Value: f.Name, Label: fieldWord(ctx, f.Name)})
	}
	return out
}

func fieldWord(ctx context.Context, name string) string {
	if name == "id" {
		return words.Text(ctx, "table.number")
	}
	if w, ok := words.Known(ctx, "table.field."+name); ok {
		return w
	}
	return ui.FieldWord(ctx, name)
}
