package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// eventEditor changes what happened to agreements. A new event's address names
// the agreement, a recorded one's its number.
func (s *editSite) eventEditor() editor { return editor{form: s.eventForm, edit: s.eventEdit} }

// eventOf is the event of the address: a recorded one, or a new one of which
// only the agreement is known.
func (s *editSite) eventOf(r *http.Request) (norms.Happening, error) {
	if slug := chi.URLParam(r, "agreement"); slug != "" {
		a, err := s.Store.Agreement(r.Context(), slug)
		return norms.Happening{Agreement: a.Slug, AgreementTitle: a.ShortTitle}, err
	}
	id, err := idOf(r)
	if err != nil {
		return norms.Happening{}, err
	}
	return s.Store.Event(r.Context(), id)
}

func (s *editSite) eventForm(r *http.Request) (plainForm, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	all, err := s.choices(ctx)
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "event_form.new", "Agreement", e.AgreementTitle), Lead: words.Text(ctx, "event_form.lead"), Action: href.EventNew(e.Agreement),
		Cancel: href.Agreement(e.Agreement), Save: words.Text(ctx, "event_form.save"), Version: e.Version, Controls: eventControls(ctx, e, all["source"]),
	}, recorded: eventValues(e)}
	if e.ID != 0 {
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", e.Title), ""
		f.Action = href.EventEdit(e.ID)
	}
	f.crumbs = []ui.Crumb{agreementsCrumb(ctx), {Label: e.AgreementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "event_form.crumb")}}
	return f, err
}

func eventControls(ctx context.Context, e norms.Happening, sources choices) []page.Control {
	return []page.Control{
		fixed(ctx, "event_form.agreement", e.Agreement, e.AgreementTitle),
		menu(ctx, "event_form.kind", "", norms.EventKinds, ui.EventKind),
		date(ctx, "event_form.on"),
		required(line(ctx, "event_form.title")),
		lines(ctx, "event_form.note", 3),
		line(ctx, "event_form.count"),
		sources.control(ctx, field(ctx, "event_form.source"), words.Text(ctx, "common.none")),
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
func (s *editSite) eventEdit(r *http.Request, v url.Values) (asked, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return asked{}, err
	}
	ctx := r.Context()
	a := asked{to: href.Agreement(e.Agreement) + "#events", understood: datesUnderstood(ctx, v, "event_form.on")}
	put := norms.PutEvent{
		ID: e.ID, Version: version(v), Agreement: e.Agreement, Kind: norms.EventKind(v.Get("kind")), On: norms.ReadDate(v.Get("on")),
		Title: v.Get("title"), Note: v.Get("note"), Source: v.Get("source"),
	}
	if v.Get("count") != "" {
		n, wrong := wholeNumber(ctx, v, "count", norms.MaxCount)
		put.Count, a.wrong = &n, wrong
	}
	a.edit = put
	return a, nil
}
