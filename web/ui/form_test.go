package ui_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/ui"
)

func parse(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatalf("rendering: %v", err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatalf("parsing: %v", err)
	}
	return doc
}

func wrongField() ui.Field {
	return ui.Field{Name: "started_on", Label: "Started", Hint: "A year will do.", Value: `<20"18>`, Problem: "is no date", Required: true,
		Options: []ui.Option{{Value: "a", Label: "A", Hint: "first"}, {Value: `<20"18>`, Label: "B"}}, Values: []string{"a"}}
}

func TestWrongFieldIsTiedToItsProblem(t *testing.T) {
	t.Parallel()
	for name, show := range map[string]func(ui.Field) templ.Component{
		"text": ui.Text, "area": ui.Area, "select": ui.Select, "radios": ui.Radios, "checkboxes": ui.Checkboxes,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := parse(t, show(wrongField()))
			control := doc.Find("[aria-invalid=true]")
			if control.Length() != 1 {
				t.Fatalf("%d controls are marked as invalid", control.Length())
			}
			for _, id := range strings.Fields(control.AttrOr("aria-describedby", "")) {
				if doc.Find("#"+id).Text() == "" {
					t.Errorf("#%s describes the control and is empty", id)
				}
			}
			if got := doc.Find("#field-started-on-problem").Text(); got != "is no date" {
				t.Errorf("the problem reads %q", got)
			}
			if doc.Find("#field-started-on").Length() != 1 {
				t.Error("the error summary's link has no target")
			}
		})
	}
}

func TestWhatWasTypedIsKept(t *testing.T) {
	t.Parallel()
	f := wrongField()
	if got := parse(t, ui.Text(f)).Find("input").AttrOr("value", ""); got != f.Value {
		t.Errorf("text keeps %q", got)
	}
	if got := parse(t, ui.Area(f)).Find("textarea").Text(); got != f.Value {
		t.Errorf("area keeps %q", got)
	}
	if got := parse(t, ui.Select(f)).Find("option[selected]").AttrOr("value", ""); got != f.Value {
		t.Errorf("select keeps %q", got)
	}
	if got := parse(t, ui.Radios(f)).Find("input[checked]").AttrOr("value", ""); got != f.Value {
		t.Errorf("radios keep %q", got)
	}
	if got := parse(t, ui.Checkboxes(f)).Find("input[checked]").AttrOr("value", ""); got != "a" {
		t.Errorf("checkboxes keep %q", got)
	}
}

func TestErrorSummaryLeadsToTheFields(t *testing.T) {
	t.Parallel()
	problems := []norms.Problem{{Field: "started_on", Message: "is no date"}, {Field: "", Message: "nothing changed"}}
	doc := parse(t, ui.ErrorSummary(problems))
	link := doc.Find("[role=alert] a")
	if got := link.AttrOr("href", ""); got != "#"+ui.FieldID("started_on") {
		t.Errorf("the first problem leads to %q", got)
	}
	if got := link.Text(); got != "Started: is no date" {
		t.Errorf("the first problem reads %q", got)
	}
	if got := doc.Find("li").Last().Text(); strings.TrimSpace(got) != "nothing changed" {
		t.Errorf("the second problem reads %q", got)
	}
	if parse(t, ui.ErrorSummary(nil)).Find("[role=alert]").Length() != 0 {
		t.Error("a form without problems has an error summary")
	}
	if got := ui.ProblemOf(problems, "started_on"); got != "is no date" {
		t.Errorf("ProblemOf = %q", got)
	}
}

func TestReasonIsRequired(t *testing.T) {
	t.Parallel()
	doc := parse(t, ui.Reason("because", ""))
	if doc.Find("input[name=reason][required]").AttrOr("value", "") != "because" {
		t.Error("the reason is not a required field with its value")
	}
}

func TestLinksToTheOutsideSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	a := parse(t, ui.Outside("https://example.org/x?y=1", "")).Find("a")
	if got := a.AttrOr("rel", ""); got != "nofollow noopener external" {
		t.Errorf("rel is %q", got)
	}
	if a.Text() != "example.org" {
		t.Errorf("the link reads %q", a.Text())
	}
	bad := parse(t, ui.Outside("javascript:alert(1)", "x")).Find("a").AttrOr("href", "")
	if strings.Contains(bad, "javascript") {
		t.Errorf("a script became an address: %q", bad)
	}
}
