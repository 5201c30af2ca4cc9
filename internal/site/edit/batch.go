package edit

import (
	"context"
	"errors"
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

// Batch is one action on many ticked things. A list sends what was ticked and
// gets the form, step preview looks ahead, step save applies all of it as one
// changeset or not at all, and proposing stages all of it in one proposal.
func (s *Site) Batch(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	kind, err := s.batchOf(typed)
	if err != nil {
		return err
	}
	b, err := s.readBatch(r.Context(), kind, typed)
	if e, ok := errors.AsType[*norms.Error](err); ok && e.Kind == norms.Invalid && len(e.Problems) == 0 {
		return s.showUnticked(w, r, kind, typed, err)
	}
	if err != nil {
		return err
	}
	var failed error
	saves := typed.Get("step") == "save" || typed.Get("do") == "propose"
	if saves || typed.Get("step") == "preview" {
		failed = b.refused(r.Context(), typed, saves)
		if failed == nil && saves {
			to, err := s.Save(r, typed, serve.LocalAddress(typed.Get("from")), b.edits(typed)...)
			if err == nil {
				s.sayBack(r, typed)
				return serve.SeeOther(w, r, to)
			}
			failed = err
		}
		if err := s.lookAtBatch(r, b, typed); err != nil {
			return err
		}
	}
	return s.showBatch(w, r, b, typed, failed)
}

// sayBack adds to the notice about things that were withdrawn together how they
// come back together. What was staged is not withdrawn yet.
func (s *Site) sayBack(r *http.Request, typed url.Values) {
	if typed.Get("action") == "withdraw" && s.SaidWritten(r) {
		s.SayToo(r, []string{words.Text(r.Context(), "batch.back")})
	}
}

// showUnticked answers when nothing, or too much, is ticked: a list is shown
// again and says so, and the batch's own form says so and keeps what was typed.
func (s *Site) showUnticked(w http.ResponseWriter, r *http.Request, kind batchKind, typed url.Values, why error) error {
	if !typed.Has("step") && !typed.Has("do") {
		s.Say(r, why.Error())
		return serve.SeeOther(w, r, serve.LocalAddress(typed.Get("from")))
	}
	b := &batchForm{kind: kind}
	b.page.Kind = typed.Get("kind")
	return s.showBatch(w, r, b, typed, why)
}

// batchForm is a batch with what was read for it.
type batchForm struct {
	kind    batchKind
	items   []batchItem
	seen    []int64 // the versions that the writer saw, in the order of items
	page    page.Batch
	changed int
}

// readBatch reads the ticked things as they are recorded now. Each is named by
// its key and, once it was shown, its version after an @.
func (s *Site) readBatch(ctx context.Context, kind batchKind, typed url.Values) (*batchForm, error) {
	ticked := typed["item"]
	if typed.Has("all") && kind.chosen != nil {
		q, err := url.ParseQuery(typed.Get("filter"))
		if err != nil {
			return nil, norms.Errorf(norms.Malformed, "the filter of the list cannot be read")
		}
		if ticked, err = kind.chosen(ctx, serve.Normalized(q)); err != nil {
			return nil, err
		}
	}
	versions, keys := map[string]int64{}, []string{}
	for _, t := range ticked {
		key, text, _ := strings.Cut(t, "@")
		if _, twice := versions[key]; !twice {
			keys = append(keys, key)
		}
		versions[key], _ = strconv.ParseInt(text, 10, 64) // none yet is 0
	}
	switch {
	case len(keys) == 0:
		return nil, norms.Errorf(norms.Invalid, "%s", words.Text(ctx, "batch.nothing_ticked"))
	case len(keys) > norms.MaxBatch:
		return nil, norms.Errorf(norms.Invalid, "%s", words.Text(ctx, "batch.too_many", "Max", norms.MaxBatch))
	}
	items, err := kind.read(ctx, keys)
	b := &batchForm{kind: kind, items: items}
	b.page.Kind, b.page.Missing = typed.Get("kind"), len(keys)-len(items)
	for _, i := range items {
		seen := versions[i.key]
		if seen == 0 {
			seen = i.version
		}
		shown := page.BatchItem{Value: i.key + "@" + strconv.FormatInt(i.version, 10), Name: i.name, Href: i.href, Changed: seen != i.version}
		if shown.Changed {
			b.changed++
		}
		b.seen, b.page.Items = append(b.seen, seen), append(b.page.Items, shown)
	}
	return b, err
}

func (b *batchForm) edits(typed url.Values) []norms.Edit {
	out := make([]norms.Edit, len(b.items))
	for i, item := range b.items {
		out[i] = item.edit(typed.Get("action"), typed, b.seen[i])
	}
	return out
}

// refused says why a batch is not tried: no action is chosen, its value or the
// reason is wrong, or a thing was changed since it was shown.
func (b *batchForm) refused(ctx context.Context, typed url.Values, save bool) error {
	problems := []norms.Problem{}
	action := typed.Get("action")
	if !slices.Contains(b.kind.actions, action) {
		problems = append(problems, norms.Problem{Field: "action", Message: words.Text(ctx, "batch.no_action")})
	} else if len(b.items) > 0 {
		if wrong, ok := errors.AsType[*norms.Error](b.edits(typed)[0].Check()); ok {
			for _, p := range wrong.Problems {
				if place := controlOf(action, p.Field); place != "" {
					problems = append(problems, norms.Problem{Field: place, Message: p.Message})
				}
			}
		}
	}
	if wrong, ok := errors.AsType[*norms.Error](norms.CheckReason(form.ReasonOf(typed))); save && ok {
		problems = append(problems, wrong.Problems...)
	}
	switch {
	case len(problems) > 0:
		return &norms.Error{Kind: norms.Invalid, Problems: problems}
	case b.changed > 0:
		return changedMeanwhile(b.changed)
	}
	return nil
}

// controlOf is the control for a field of the edits that an action makes, "" when
// the action does not set it. Assessing sets several, the others one.
func controlOf(action, field string) string {
	switch {
	case action == "assess":
		return "set_assess_" + field
	case field == action || field == "note":
		return "set_" + action
	}
	return ""
}

// lookAtBatch says beside each thing what will happen to it.
func (s *Site) lookAtBatch(r *http.Request, b *batchForm, typed url.Values) error {
	if !slices.Contains(b.kind.actions, typed.Get("action")) || len(b.items) == 0 {
		return nil
	}
	outcomes, err := s.Store.Preview(r.Context(), serve.Actor(r), b.edits(typed))
	if err != nil {
		return err
	}
	b.page.Previewed = true
	for i, o := range outcomes {
		b.page.Items[i].Outcome = o
	}
	return nil
}

func (s *Site) showBatch(w http.ResponseWriter, r *http.Request, b *batchForm, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, failed)
	if !ok {
		return failed
	}
	if b.changed > 0 && u.Stale {
		u.Problems = append(u.Problems, norms.Problem{Message: words.Count(ctx, "batch.changed", b.changed)})
	}
	fields, err := b.kind.fields(ctx)
	if err != nil {
		return err
	}
	options := []ui.Option{}
	for _, a := range b.kind.actions {
		options = append(options, ui.Option{Value: a, Label: words.Of(ctx, "batch.action", a)})
	}
	action := form.Choices{Options: options}.Control(ctx, form.Field(ctx, "batch.action_field.action"), "")
	m := b.page
	m.Controls = append([]page.Control{action}, fields...)
	u.Problems = withoutFields(ctx, u.Problems, m.Controls)
	m.Controls = form.Filled(m.Controls, typed, u.Problems)
	m.Refusal, m.Reason, m.From = page.Refusal{Problems: u.Problems}, typed.Get("reason"), serve.LocalAddress(typed.Get("from"))
	title := words.Of(ctx, "batch.title", m.Kind)
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.BatchPage(s.PrivateFrame(r, title), m)})
}

// withoutFields tells problems of fields that a batch does not show in words: a
// link to them would lead nowhere.
func withoutFields(ctx context.Context, problems []norms.Problem, controls []page.Control) []norms.Problem {
	out := slices.Clone(problems)
	for i, p := range out {
		shown := p.Field == "" || p.Field == "reason" || slices.ContainsFunc(controls, func(c page.Control) bool { return c.Name == p.Field })
		if !shown {
			out[i] = norms.Problem{Message: words.Text(ctx, "form.problem", "Field", ui.FieldWord(ctx, p.Field), "Problem", p.Message)}
		}
	}
	return out
}

// TickedThings are the things of a batch, and what is to be done with them.
func (s *Site) TickedThings(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error) {
	kind, err := s.batchOf(typed)
	if err != nil {
		return nil, nil, err
	}
	ctx := r.Context()
	b, err := s.readBatch(ctx, kind, typed)
	if err != nil {
		return nil, nil, err
	}
	fields, err := kind.fields(ctx)
	if err != nil {
		return nil, nil, err
	}
	ticked, names := page.KeptField{Label: words.Text(ctx, "batch.ticked")}, []string{"item", "action"}
	for _, i := range b.items {
		ticked.Values = append(ticked.Values, i.name)
	}
	told = append(told, ticked)
	action := typed.Get("action")
	if slices.Contains(kind.actions, action) {
		told = append(told, page.KeptField{Label: words.Text(ctx, "batch.action_field.action.label"), Values: []string{words.Of(ctx, "batch.action", action)}})
	}
	for _, c := range fields {
		names = append(names, c.Name)
		if chosen := action != "" && strings.HasPrefix(c.Name, "set_"+action); chosen && typed.Get(c.Name) != "" {
			told = append(told, page.KeptField{Label: c.Label, Values: []string{form.InWords(ctx, c, typed[c.Name])}})
		}
	}
	return told, names, nil
}
