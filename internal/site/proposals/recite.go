package proposals

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// recite saves what the references of a line cite.
func (s *Site) recite(r *http.Request, id int64, typed url.Values) (decided, error) {
	at, err := editAt(typed)
	if err != nil {
		return decided{}, err
	}
	e, p, err := s.Store.ProposedEdit(r.Context(), serve.Actor(r), id, at.Position)
	if err != nil {
		return decided{}, err
	}
	line, ok := e.Edit.(norms.PutCitationLine)
	if !ok {
		return decided{}, norms.Errorf(norms.Conflict, "edit %d is no line of citations any more; look at it again", at.Position)
	}
	names := map[string]string{}
	line.References = slices.Clone(line.References)
	for i := range line.References {
		ref := &line.References[i]
		agreement, labels := fmt.Sprintf("agreement_%d", i+1), fmt.Sprintf("labels_%d", i+1)
		names[fmt.Sprintf("references[%d].agreement", i)], names[fmt.Sprintf("references[%d].labels", i)] = agreement, labels
		if typed.Get(agreement) != ref.Agreement {
			ref.Edition = "" // it is one of the other agreement
		}
		ref.Agreement, ref.Labels = typed.Get(agreement), labelsIn(typed.Get(labels))
	}
	line.Decided = slices.DeleteFunc(slices.Clone(line.Decided), func(d norms.LabelDecided) bool {
		return d.Reference > len(line.References) || !slices.Contains(line.References[d.Reference-1].Labels, d.Label)
	})
	err = line.Check()
	if err == nil {
		err = s.revise(r, p, at, line)
	}
	return decided{said: words.Text(r.Context(), "desk.said.recited", "N", at.Position)}, inForms(err, names)
}

// labelsIn are the labels that were typed, separated by commas.
func labelsIn(typed string) []string {
	var out []string
	for _, l := range strings.Split(typed, ",") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// cites are the fields of what each reference of a line cites.
func (c regrouping) cites(ctx context.Context, agreements form.Choices, line norms.PutCitationLine) []page.Control {
	for _, e := range c.List {
		if put, ok := e.Edit.(norms.PutAgreement); ok && put.Version == 0 && e.Waits() && e.Decision != norms.Rejected {
			agreements.Options = append(agreements.Options, ui.Option{Value: put.Slug, Label: strconv.Itoa(e.Position) + " " + put.ShortTitle})
		}
	}
	var out []page.Control
	for i, ref := range line.References {
		agreement := form.Field(ctx, "regroup_form.agreement")
		agreement.Name, agreement.Value = fmt.Sprintf("agreement_%d", i+1), ref.Agreement
		agreement.Label = words.Text(ctx, "regroup_form.agreement.label", "Printed", ref.Text)
		labels := form.Line(ctx, "regroup_form.labels")
		labels.Name, labels.Value, labels.Required = fmt.Sprintf("labels_%d", i+1), strings.Join(ref.Labels, ", "), true
		labels.Label = words.Text(ctx, "regroup_form.labels.label", "Printed", ref.Text)
		out = append(out, agreements.Control(ctx, agreement, words.Text(ctx, "regroup_form.agreement.none")), labels)
	}
	return out
}
