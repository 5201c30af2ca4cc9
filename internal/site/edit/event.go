package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// EventEditor changes what happened to agreements. A new event's address names
// the agreement, a recorded one's its number.
func (s *Site) EventEditor() form.Editor { return form.Editor{Form: s.eventForm, Edit: s.eventEdit} }

// eventOf is the event of the address: a recorded one, or a new one of which
// only the agreement is known.
func (s *Site) eventOf(r *http.Request) (norms.Happening, error) {
	if slug := chi.URLParam(r, "agreement"); slug != "" {
		a, err := s.Store.Agreement(r.Context(), slug)
		return norms.Happening{Agreement: a.Slug, AgreementTitle: a.ShortTitle}, err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.Happening{}, err
	}
	return s.Store.Event(r.Context(), id)
}

func (s *Site) eventForm(r *http.Request) (form.Plain, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	all, err := s.Choices(ctx)
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "event_form.new", "Agreement", e.AgreementTitle), Lead: words.Text(ctx, "event_form.lead"), Action: href.EventNew(e.Agreement),
		Cancel: href.Agreement(e.Agreement), Save: words.Text(ctx, "event_form.save"), Version: e.Version, Controls: eventControls(ctx, e, all["source"]),
	}, Recorded: eventValues(e)}
	if e.ID != 0 {
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", e.Title), ""
		f.Action = href.EventEdit(e.ID)
	}
	f.Crumbs = []ui.Crumb{browse.AgreementsCrumb(ctx), {Label: e.AgreementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "event_form.crumb")}}
	return f, err
}

func eventControls(ctx context.Context, e norms.Happening, sources form.Choices) []page.Control {
	return []page.Control{
		form.Fixed(ctx, "event_form.agreement", e.Agreement, e.AgreementTitle),
		form.Menu(ctx, "event_form.kind", "", norms.EventKinds, ui.EventKind),
		form.Date(ctx, "event_form.on"),
		form.Required(form.Line(ctx, "event_form.title")),
		form.Lines(ctx, "event_form.note", 3),
		form.Line(ctx, "event_form.count"),
		sources.Control(ctx, form.Field(ctx, "event_form.source"), words.Text(ctx, "common.none")),
	}
}

// eventValues is a recorded event as its form shows it.
func eventValues(e norms.Happening) url.Values {
	v := url.Values{"kind": {string(e.Kind)}, "on": {string(e.On)}, "title": {e.Title}, "note": {e.Note}, "source": {e.Source}}
	if e.Count != nil {
		v.Set("count", strconv.Itoa(*e.Count))
	}
	return v
}

// eventEdit is what a form asks for. Whose event it is says the address or the
// record.
func (s *Site) eventEdit(r *http.Request, v url.Values) (form.Asked, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	ctx := r.Context()
	a := form.Asked{To: href.Agreement(e.Agreement) + "#events", Understood: form.DatesUnderstood(ctx, v, "event_form.on")}
	put := norms.PutEvent{
		ID: e.ID, Version: form.Version(v), Agreement: e.Agreement, Kind: norms.EventKind(v.Get("kind")), On: norms.ReadDate(v.Get("on")),
		Title: v.Get("title"), Note: v.Get("note"), Source: v.Get("source"),
	}
	if v.Get("count") != "" {
		n, wrong := form.WholeNumber(ctx, v, "count", norms.MaxCount)
		put.Count, a.Wrong = &n, wrong
	}
	a.Edit = put
	return a, nil
}
