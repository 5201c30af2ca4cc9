package imports

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/table"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// valueControls are the fields for what holds for all rows: what a column says
// is left out, but for what a row may leave empty.
func (s *Site) valueControls(ctx context.Context, kept contribution.KeptTable) ([]page.Control, error) {
	list, err := s.Store.Choices(ctx, form.MaxChoices+1, "organization", "agreement", "source")
	if err != nil {
		return nil, err
	}
	var out []page.Control
	sourced := false
	for _, f := range kept.Kind.Fields() {
		said := slices.ContainsFunc(kept.Columns, func(c table.Column) bool { return c.Field == f.Name })
		if !f.ForAll() || said && kept.Values[f.Name] == "" {
			continue
		}
		c := valueControl(ctx, kept.Kind, f, list)
		c.Value = kept.Values[f.Name]
		out = append(out, c)
		sourced = sourced || f.Name == "source"
	}
	if sourced && kept.Known == "" {
		c := form.Line(ctx, "table.as_source")
		c.Value, c.Max = kept.AsSource, norms.MaxTitle
		out = append(out, c)
	}
	clears := form.Tick(ctx, "table.clears")
	clears.Value = strconv.FormatBool(kept.Clears)
	return append(out, clears), nil
}

func valueControl(ctx context.Context, k table.Kind, f table.Field, list []norms.Choice) page.Control {
	field := ui.Field{Name: "value_" + f.Name, Label: fieldWord(ctx, f.Name)}
	none := words.Text(ctx, "table.unsaid")
	switch {
	case len(f.Words) > 0:
		options := ui.Options(ctx, f.Words, func(ctx context.Context, w string) string { return words.Of(ctx, listOf(k, f.Name), w) })
		return form.Choices{Options: options}.Control(ctx, field, none)
	case f.Names != "":
		var c form.Choices
		for _, i := range list {
			switch {
			case i.Kind != f.Names:
			case len(c.Options) == form.MaxChoices:
				c.More = true
			default:
				c.Options = append(c.Options, ui.Option{Value: i.Slug, Label: i.Title})
			}
		}
		return c.Control(ctx, field, none)
	}
	return form.Dated(page.Control{Shape: page.Line, Field: field})
}

// listOf is the list of words that a field is one of.
func listOf(k table.Kind, field string) string {
	switch field {
	case "kind":
		return map[table.Kind]string{table.Organizations: "organization_kind"}[k] + map[table.Kind]string{table.Initiatives: "initiative_kind", table.Matrix: "initiative_kind", table.Sources: "source_kind"}[k]
	case "relation":
		return map[table.Kind]string{table.Adherences: "adherence_relation", table.Links: "link_relation"}[k]
	case "property":
		return "link_property"
	case "organization_group":
		return "stakeholder_group"
	}
	return field
}

// rowsAtOnce is how many rows a page shows.
const rowsAtOnce = 50

// readTable reads a table as it is to be read.
func (s *Site) readTable(r *http.Request, kept contribution.KeptTable) (*page.ReadTable, []table.Question, error) {
	t, err := s.reader.Table(r.Context(), kept.Sheets, kept.TableAsked, s.Now())
	if err != nil {
		return nil, nil, err
	}
	asked := serve.Query(r)
	count := t.Reading.Count()
	out := &page.ReadTable{Wrong: count[table.Wrong], Shown: asked.Get("rows"), Here: href.SentTable(kept.ID), Waiting: t.Waiting}
	for _, state := range table.States {
		out.States = append(out.States, page.RowsInState{State: string(state), Rows: count[state]})
	}
	if edits, err := t.Edits(); err == nil {
		out.Edits = len(edits)
	}
	if !slices.Contains(table.States, table.State(out.Shown)) {
		if out.Shown = ""; out.Wrong > 0 {
			out.Shown = string(table.Wrong)
		}
	}
	after, _ := strconv.Atoi(asked.Get("after")) // rows begin at the first for what is no number
	common := t.Reading.Common()
	out.Rows, out.Next = shownRows(r.Context(), t.Reading.Rows, *out, common, after)
	err = t.TooMany()
	out.TooLong = err != nil
	if err == nil {
		err = ofAllRows(kept.Kind, common)
	}
	return out, t.Reading.Questions(), err
}

// ofAllRows is what every row lacks, as a problem of the value for all of them.
func ofAllRows(k table.Kind, common []table.Problem) error {
	if len(common) == 0 {
		return nil
	}
	e := &norms.Error{Kind: norms.Invalid}
	for _, p := range common {
		at := ""
		if f, ok := k.Field(p.Field); ok && f.ForAll() {
			at = "values." + p.Field
		}
		e.Problems = append(e.Problems, norms.Problem{Field: at, Message: p.What})
	}
	return e
}

// shownRows are a page of the rows in the state that is shown, and the address
// of the next page.
func shownRows(ctx context.Context, rows []table.Row, t page.ReadTable, common []table.Problem, after int) (out []page.ReadTableRow, next string) {
	for _, row := range rows {
		if row.Number <= after || t.Shown != "" && t.Shown != string(row.State) {
			continue
		}
		if len(out) == rowsAtOnce {
			return out, href.With(t.Here, "rows", t.Shown, "after", strconv.Itoa(out[len(out)-1].Number)) + "#rows"
		}
		shown := page.ReadTableRow{Number: row.Number, Name: shortened(row.Name, norms.MaxTitle), State: string(row.State)}
		for _, p := range row.Own(common) {
			shown.Problems = append(shown.Problems, page.WrongCell{Where: p.Where(), What: p.What})
		}
		for _, c := range row.Changes {
			shown.Changes = append(shown.Changes, shownCell(ctx, c, row.Number))
		}
		out = append(out, shown)
	}
	return out, ""
}

// shownOfValue is how much of a value the page repeats.
const shownOfValue = 300

func shownCell(ctx context.Context, c table.CellChange, row int) page.ChangedCell {
	where := fieldWord(ctx, c.Field)
	if c.Column != "" {
		where = c.Column + strconv.Itoa(row) + " (" + where + ")"
	}
	return page.ChangedCell{Where: where, Before: shortened(c.Before, shownOfValue), After: shortened(c.After, shownOfValue)}
}
