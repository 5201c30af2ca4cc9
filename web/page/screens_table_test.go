package page_test

import (
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// addTable adds the screens on which tables are sent in and read.
func addTable(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	send := page.TableForm{File: ui.Field{Name: "file", Label: nasty, Hint: nasty}}
	refused := send
	refused.Problems, refused.File.Problem = []norms.Problem{{Field: "file", Message: nasty}}, nasty
	_, e := of(page.SendTable, send)
	_, f := of(page.SendTable, refused)
	add("table to send", "/import/table", e, f)

	menu := func(name string) page.Control {
		return page.Control{Shape: page.Menu, Field: ui.Field{Name: name, Label: nasty, Hint: nasty, Value: "x", Options: []ui.Option{{Value: "x", Label: nasty}}}}
	}
	columns := []page.TableColumn{{Letters: "A", Heading: nasty, Cells: []string{nasty, nasty}, Holds: menu("column_1").Field}, {Letters: "B", Holds: menu("column_2").Field}}
	sent := page.SentTable{ID: 7, Name: nasty, Choose: []page.Control{menu("header"), menu("kind")}}
	wrong := page.SentTable{ID: 7, Name: nasty, Known: "register", Recognized: nasty, Choose: sent.Choose, Columns: columns, Values: []page.Control{menu("value_source")},
		Range: []page.Control{menu("first"), menu("last")}, Read: &page.ReadTable{Wrong: 1200, Edits: 3, Shown: "wrong", Here: "/import/table/7", Next: "/import/table/7?after=50",
			States: []page.RowsInState{{State: "new", Rows: 1}, {State: "changed"}, {State: "same", Rows: 5}, {State: "wrong", Rows: 1200}},
			Rows:   []page.ReadTableRow{{Number: 1300, Name: nasty, State: "wrong", Problems: []page.WrongCell{{Where: nasty, What: nasty}}}}}}
	wrong.Problems = []norms.Problem{{Field: "value_source", Message: nasty}, {Message: nasty}}
	_, e = of(page.Table, sent)
	_, f = of(page.Table, wrong)
	add("table with mistakes", "/import/table/7", e, f)

	same, good := wrong, wrong
	same.Problems, same.Remembered, same.Read = nil, true, &page.ReadTable{Here: "/import/table/7", Waiting: 12, Edits: 3}
	same.Asked = []page.AskedName{{Name: nasty, Held: "named_1", Whose: menu("whose_1")}}
	good.Problems, good.Reason = nil, ui.Field{Value: nasty}
	good.Read = &page.ReadTable{Edits: 1000, Here: "/import/table/7", Rows: []page.ReadTableRow{{Number: 2, Name: nasty, State: "new"}, {Number: 3, State: "changed", Changes: []page.ChangedCell{{Where: nasty, Before: nasty, After: nasty}, {Where: "B2", Before: nasty}}}, {Number: 4, State: "same"}}}
	_, e = of(page.Table, same)
	_, f = of(page.Table, good)
	add("table to propose", "/import/table/7", e, f)
}
