package proposals

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// fieldChoices are the choices of fields that hold one of a closed list. A kind
// of list that is not here is a line of text, which the edit checks.
var fieldChoices = map[reflect.Type]func(context.Context) []ui.Option{
	listOf[norms.LegalNature]():       choicesOf(norms.LegalNatures, ui.LegalNature),
	listOf[norms.Space]():             choicesOf(norms.Spaces, ui.Space),
	listOf[norms.EventKind]():         choicesOf(norms.EventKinds, ui.EventKind),
	listOf[norms.Noun]():              choicesOf(norms.Nouns, ui.Noun),
	listOf[norms.Addressee]():         choicesOf(norms.Addressees, ui.Addressee),
	listOf[norms.Obligation]():        choicesOf(norms.Obligations, ui.Obligation),
	listOf[norms.NumberingBasis]():    choicesOf(norms.NumberingBases, ui.Basis),
	listOf[norms.OrganizationKind]():  choicesOf(norms.OrganizationKinds, ui.OrganizationKind),
	listOf[norms.StakeholderGroup]():  choicesOf(norms.StakeholderGroups, ui.StakeholderGroup),
	listOf[norms.AdherenceRelation](): choicesOf(norms.AdherenceRelations, ui.AdherenceRelation),
	listOf[norms.InitiativeKind]():    choicesOf(norms.InitiativeKinds, ui.InitiativeKind),
	listOf[norms.Status]():            choicesOf(norms.Statuses, ui.Status),
	listOf[norms.LinkRelation]():      choicesOf(norms.LinkRelations, ui.LinkRelation),
	listOf[norms.LinkProperty]():      choicesOf(norms.LinkProperties, ui.LinkProperty),
	listOf[norms.Origin]():            choicesOf(norms.Origins, ui.Origin),
	listOf[norms.Strength]():          choicesOf(norms.Strengths, ui.Strength),
	listOf[norms.Decision]():          choicesOf(norms.Decisions, ui.Decision),
	listOf[norms.SourceKind]():        choicesOf(norms.SourceKinds, ui.SourceKind),
	listOf[norms.Exhaustiveness]():    choicesOf(norms.ExhaustivenessWords, ui.Exhaustiveness),
	listOf[norms.Confidence]():        choicesOf(norms.Confidences, ui.Confidence),
	listOf[norms.EntityKind]():        choicesOf(norms.EntityKinds, ui.EntityKind),
	listOf[norms.Reading]():           choicesOf(norms.Readings, ui.Reading),
	listOf[norms.Assessor]():          choicesOf(norms.Assessors, ui.Assessor),
	listOf[norms.View]():              choicesOf(norms.Views, ui.View),
	listOf[norms.AssessorKind]():      choicesOf(norms.AssessorKinds, ui.AssessorKind),
	listOf[norms.StatementKind]():     choicesOf(norms.StatementKinds, ui.StatementKind),
	listOf[norms.Stance]():            choicesOf(norms.Stances, ui.Stance),
	listOf[norms.CrosswalkRelation](): choicesOf(norms.CrosswalkRelations, ui.CrosswalkRelation),
	listOf[norms.RationaleKind]():     choicesOf(norms.RationaleKinds, ui.RationaleKind),
}

func listOf[T ~string]() reflect.Type { return reflect.TypeFor[T]() }

func choicesOf[T ~string](list []T, word func(context.Context, T) string) func(context.Context) []ui.Option {
	return func(ctx context.Context) []ui.Option { return ui.Options(ctx, list, word) }
}

// formField is one field of an edit that a person may correct.
type formField struct {
	name  string // in JSON, and of the form
	value reflect.Value
}

// editFields are the fields of an edit but for its version and number, which
// say what it is about.
func editFields(e reflect.Value) []formField {
	var out []formField
	for f, v := range e.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "version" && name != "id" && name != "-" && name != "" {
			out = append(out, formField{name, v})
		}
	}
	return out
}

// formFields are the fields of an edit that a form of it has. Where a line stands
// in a text that is held and what is cited there is corrected beside the text,
// where one sees it: see [Site.ShowRegroup].
func formFields(v reflect.Value, besideText bool) []formField {
	all := editFields(v)
	if !besideText {
		return all
	}
	return slices.DeleteFunc(all, func(f formField) bool { return f.name == "references" || f.name == "decided" })
}

// editControls are the controls for the fields of an edit, whatever its kind.
func editControls(ctx context.Context, e norms.Edit, besideText bool) []page.Control {
	var out []page.Control
	form := strings.TrimPrefix(norms.EditName(e), "put_") + "_form"
	for _, f := range formFields(reflect.ValueOf(e), besideText) {
		out = append(out, asInForm(ctx, form, f.control(ctx)))
	}
	return out
}

// asInForm gives the control of a field the words that it has in the form for
// such things: those who correct an edit see what those see who enter it.
func asInForm(ctx context.Context, form string, c page.Control) page.Control {
	id := form + "." + c.Name
	if label, ok := words.Known(ctx, id+".label"); ok {
		c.Label = label
	}
	if hint, ok := words.Known(ctx, id+".hint"); ok && c.Hint == "" {
		c.Hint = hint
	}
	if none, ok := words.Known(ctx, id+".none"); ok && c.Shape == page.Menu {
		c.Options[0].Label = none
	}
	return c
}

// longTexts are fields that get several lines.
var longTexts = map[string]bool{"summary": true, "note": true, "rationale": true, "text": true, "status_note": true, "applicability": true, "quote": true}

func (f formField) control(ctx context.Context) page.Control {
	c := page.Control{Field: ui.Field{Name: f.name, Label: ui.FieldWord(ctx, f.name)}}
	t := f.value.Type()
	list, closed := fieldChoices[t]
	switch {
	case closed:
		c.Shape, c.Options = page.Menu, ui.OrNone(words.Text(ctx, "form.empty"), list(ctx))
	case t.Kind() == reflect.Bool:
		c.Shape = page.Menu
		c.Options = []ui.Option{{Label: words.Text(ctx, "proposal_form.no")}, {Value: "yes", Label: words.Text(ctx, "proposal_form.yes")}}
	case t.Kind() == reflect.Slice:
		f.many(ctx, &c)
	case longTexts[f.name]:
		c.Shape = page.Lines
	}
	c.Values = f.texts()
	c.Value = strings.Join(c.Values, "\n")
	return c
}

// many makes the control of a field that holds several values.
func (f formField) many(ctx context.Context, c *page.Control) {
	item := f.value.Type().Elem()
	if list, closed := fieldChoices[item]; closed {
		c.Shape, c.Options = page.Ticks, list(ctx)
		return
	}
	c.Shape, c.Hint = page.Lines, words.Text(ctx, "proposal_form.one_a_line")
	if item.Kind() == reflect.Struct {
		c.Hint = words.Text(ctx, "proposal_form.columns", "Names", columnNames(ctx, item))
	}
}

func columnNames(ctx context.Context, t reflect.Type) string {
	var names []string
	for _, f := range editFields(reflect.New(t).Elem()) {
		names = append(names, ui.FieldWord(ctx, f.name))
	}
	return strings.Join(names, " | ")
}

// texts writes a field for its control: one text, or one for each value.
func (f formField) texts() []string {
	v := f.value
	if v.Kind() != reflect.Slice {
		return []string{valueText(v)}
	}
	out := []string{}
	for i := range v.Len() {
		out = append(out, valueText(v.Index(i)))
	}
	return out
}

// valueText writes one value; the parts of a struct are separated by bars, the
// values of a list in it by commas.
func valueText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		if v.Bool() {
			return "yes"
		}
		return ""
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return valueText(v.Elem())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = valueText(v.Index(i))
		}
		return strings.Join(parts, ", ")
	case reflect.Struct:
		var parts []string
		for _, f := range editFields(v) {
			parts = append(parts, valueText(f.value))
		}
		return strings.TrimRight(strings.Join(parts, " | "), " |")
	}
	return fmt.Sprint(v.Interface())
}

// typedEdit is an edit with what was typed into the form of its fields, and
// what could not be read.
func typedEdit(ctx context.Context, e norms.Edit, typed url.Values, besideText bool) (norms.Edit, []norms.Problem) {
	v := reflect.New(reflect.TypeOf(e)).Elem()
	v.Set(reflect.ValueOf(e))
	var wrong []norms.Problem
	for _, f := range formFields(v, besideText) {
		if problem := f.read(ctx, typed); problem != "" {
			wrong = append(wrong, norms.Problem{Field: f.name, Message: problem})
		}
	}
	return v.Interface().(norms.Edit), wrong
}

func (f formField) read(ctx context.Context, typed url.Values) (problem string) {
	if f.value.Kind() != reflect.Slice {
		return readText(ctx, f.value, typed.Get(f.name))
	}
	list := typed[f.name]
	if _, closed := fieldChoices[f.value.Type().Elem()]; !closed {
		list = strings.Split(typed.Get(f.name), "\n")
	}
	return readList(ctx, f.value, list)
}

func readList(ctx context.Context, v reflect.Value, list []string) (problem string) {
	out := reflect.Zero(v.Type())
	for _, text := range list {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		item := reflect.New(v.Type().Elem()).Elem()
		if problem := readText(ctx, item, text); problem != "" {
			return problem
		}
		out = reflect.Append(out, item)
	}
	v.Set(out)
	return ""
}

// readText reads what valueText wrote.
func readText(ctx context.Context, v reflect.Value, text string) (problem string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[norms.Date]() {
			text = string(norms.ReadDate(text))
		}
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(text == "yes")
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(orZero(text), 10, 64)
		if err != nil || v.OverflowInt(n) {
			return words.Text(ctx, "proposal_form.not_a_number")
		}
		v.SetInt(n)
	case reflect.Pointer:
		v.SetZero()
		if text != "" {
			v.Set(reflect.New(v.Type().Elem()))
			return readText(ctx, v.Elem(), text)
		}
	case reflect.Slice:
		return readList(ctx, v, strings.Split(text, ","))
	case reflect.Struct:
		return readParts(ctx, v, strings.Split(text, "|"))
	}
	return ""
}

func orZero(text string) string {
	if text == "" {
		return "0"
	}
	return text
}

func readParts(ctx context.Context, v reflect.Value, parts []string) (problem string) {
	fields := editFields(v)
	if len(parts) > len(fields) {
		return words.Text(ctx, "proposal_form.not_so_many", "Names", columnNames(ctx, v.Type()))
	}
	for i, p := range parts {
		if problem := readText(ctx, fields[i].value, strings.TrimSpace(p)); problem != "" {
			return problem
		}
	}
	return ""
}
