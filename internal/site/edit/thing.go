package edit

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/store/naming"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ThingAct is something that a form does to any kind of thing.
type ThingAct struct {
	edit func(kind, key string, typed url.Values) norms.Edit
	to   func(kind, key string, typed url.Values) string // where it leads
	page func(ui.Frame, page.ThingForm) templ.Component
	word string // in the catalogue
}

// withdraw takes back a thing that has a number for its name.
func withdraw(kind string, id, seen int64) norms.Withdraw {
	return norms.Withdraw{Kind: kind, Key: rowKey(id), Version: seen}
}

// Withdrawing takes a thing back.
var Withdrawing = ThingAct{
	edit: func(kind, key string, typed url.Values) norms.Edit {
		return norms.Withdraw{Kind: kind, Key: key, Version: form.Version(typed), Takes: typed.Get("takes")}
	},
	to:   func(kind, key string, _ url.Values) string { return href.Recorded(kind, key) },
	page: page.Withdraw, word: "thing_form.withdraw.crumb",
}

// Renaming gives a thing another name in addresses.
var Renaming = ThingAct{
	edit: func(kind, key string, typed url.Values) norms.Edit {
		return norms.Rename{Kind: kind, Key: key, To: typed.Get("to"), Version: form.Version(typed)}
	},
	to: func(kind, key string, typed url.Values) string {
		return href.Recorded(kind, key[:strings.LastIndexByte(key, '/')+1]+norms.LabelSlug(typed.Get("to")))
	},
	page: page.Rename, word: "thing_form.rename.crumb",
}

// ShowThing answers with the form of an act on what the query names.
func (s *Site) ShowThing(act ThingAct) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return s.showThingForm(w, r, act, serve.Query(r), nil)
	}
}

// SaveThing does it.
func (s *Site) SaveThing(act ThingAct) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := s.Form(r)
		if err != nil {
			return err
		}
		kind, key := typed.Get("kind"), typed.Get("key")
		to, err := s.Save(r, typed, act.to(kind, key, typed), act.edit(kind, key, typed))
		if err == nil {
			return serve.SeeOther(w, r, to)
		}
		return s.showThingForm(w, r, act, typed, err)
	}
}

func (s *Site) showThingForm(w http.ResponseWriter, r *http.Request, act ThingAct, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, failed)
	if !ok {
		return failed
	}
	m, err := s.thingForm(r, typed)
	if err != nil {
		return err
	}
	m.Problems = u.Problems
	if u.Stale {
		m.Problems = []norms.Problem{{Message: words.Text(ctx, "thing_form.stale")}}
	}
	f := s.Frame(r, m.Thing.Name, ui.Crumb{Label: m.Thing.Name, Href: m.Cancel}, ui.Crumb{Label: words.Text(ctx, act.word)})
	return s.Show(w, r, serve.View{Status: u.Status, Page: act.page(f, m)})
}

// thingForm is the thing as recorded now, with what was typed.
func (s *Site) thingForm(r *http.Request, typed url.Values) (page.ThingForm, error) {
	m := page.ThingForm{Kind: typed.Get("kind"), Key: typed.Get("key"), Reason: typed.Get("reason"), To: typed.Get("to")}
	k, ok := norms.RecordKindOf(m.Kind)
	if !ok {
		return m, norms.NotFoundf("%q is no kind of thing that is recorded", m.Kind)
	}
	var err error
	if m.Thing, m.Version, err = s.Store.Standing(r.Context(), m.Kind, m.Key); err != nil {
		return m, notMoved(err)
	}
	m.Renames, m.Number, m.Cancel = k.Renames(), k.Keyed == norms.ByRef, href.Recorded(m.Kind, m.Key)
	if !typed.Has("to") {
		m.To = m.Key[strings.LastIndexByte(m.Key, '/')+1:]
	}
	m.Departure, err = s.Store.Departure(r.Context(), m.Kind, m.Key)
	return m, err
}

// notMoved tells of a renamed thing where an address has no place that could
// lead on.
func notMoved(err error) error {
	if moved, ok := errors.AsType[*naming.MovedError](err); ok {
		return norms.NotFoundf("%s", moved)
	}
	return err
}
