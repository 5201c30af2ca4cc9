package site

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// changeable is a recorded thing with a form: a field of one line to change
// and what else identifies it.
type changeable struct {
	edit, field string
}

// changeables are the plain forms of recorded things.
func (h *house) changeables() []changeable {
	h.t.Helper()
	gcsc, element := h.agreement("gcsc"), h.element()
	return []changeable{
		{"/agreements/paris-call/edit", "convener"},
		{"/agreements/gcsc/editions/final-2019/edit", "title"},
		{"/agreements/gcsc/editions/singapore-2018/principles/5/edit", "title"},
		{"/agreements/paris-call/principles/4/edit", "title"},
		{"/numberings/" + number(gcsc.Numberings[0].ID) + "/edit", "title"},
		{"/events/" + number(gcsc.Events[0].ID) + "/edit", "title"},
		{"/sources/microsoft-bpf-2019/edit", "publisher"},
		{"/elements/" + element.Slug + "/edit", "title"},
		{"/element-readings/" + number(ours(element).ReadingID) + "/edit", "note"},
		{"/facts/" + number(gcsc.Facts[0].ID) + "/edit", "place"},
		{"/initiatives/microsoft-accountguard/edit", "title"},
		{"/organizations/microsoft/edit", "name"},
		{"/adherences/" + number(h.adherence().ID) + "/edit", "place"},
	}
}

func TestUnchangedFormsChangeNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, c := range h.changeables() {
		h.post(c.edit, h.get(c.edit).status(http.StatusOK).typed("reason", "looking")...).status(http.StatusSeeOther)
		if rev := h.stats().Revision; rev != 1 {
			t.Fatalf("%s: saving what was recorded made revision %d: %+v", c.edit, rev, h.changeset().Changes)
		}
	}
}

func TestEveryFormRefusesAStaleSave(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, c := range h.changeables() {
		mine := h.get(c.edit).typed(c.field, "Typed by me", "reason", "mine")
		h.post(c.edit, h.get(c.edit).typed(c.field, "Typed by them", "reason", "theirs")...).status(http.StatusSeeOther)
		before := h.stats().Revision
		h.post(c.edit, mine...).status(http.StatusConflict).says("Typed by me", "Typed by them")
		if after := h.stats().Revision; after != before {
			t.Errorf("%s: a stale save was written", c.edit)
		}
	}
}

// Nothing in a form can say which thing it changes, or whose it is.
func TestForgedFieldsChangeNothingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	other := h.agreement("paris-call")
	forged := []string{"id", number(other.Events[0].ID), "slug", "forged", "agreement", "paris-call", "edition", "2018", "number", "99", "element", "forged",
		"assessor", "organization", "organization", "microsoft", "kind", "agreement", "entity", "paris-call", "account", "1", "account_id", "1"}
	for _, c := range h.changeables()[:10] {
		begin := h.stats().Revision
		form := h.get(c.edit).typed(c.field, "Changed", "reason", "r")
		for i := 0; i < len(forged); i += 2 {
			if !has(form, forged[i]) { // what the form itself sends is no forgery
				form = append(form, forged[i], forged[i+1])
			}
		}
		h.post(c.edit, form...).status(http.StatusSeeOther)
		changes := h.changeset().Changes
		if strings.HasPrefix(c.edit, "/events/") { // the fact that says how sure it is follows its title
			changes = slices.DeleteFunc(changes, func(n norms.Change) bool { return n.Thing.Kind == "fact_source" })
		}
		if h.stats().Revision != begin+1 || len(changes) != 1 {
			t.Errorf("%s changed %+v", c.edit, changes)
			continue
		}
		for _, f := range changes[0].Fields {
			if f.Field != c.field {
				t.Errorf("%s changed the field %s of %s from %v to %v", c.edit, f.Field, changes[0].Thing.Name, f.Before, f.After)
			}
		}
	}
}

func has(pairs []string, name string) bool {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			return true
		}
	}
	return false
}

func TestFormsNameEveryProblemAtItsField(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	tests := []struct {
		page  string
		typed []string
		wrong map[string]string
	}{
		{"/agreements/new", []string{"title", "", "url", "ftp://x", "aliases", "Same\nSame"},
			map[string]string{"title": "is missing", "short_title": "is missing", "legal_nature": "is missing", "space": "is missing", "url": "web address", "aliases": "twice"}},
		{"/agreements/paris-call/editions/new", []string{"published_on", "12/11/2018", "position", "last"},
			map[string]string{"title": "is missing", "noun": "is missing", "published_on": "could be 12 November 2018 or 11 December 2018", "position": "no whole number"}},
		{"/agreements/gcsc/editions/final-2019/principles/new", []string{"number", "–", "position", "-1"},
			map[string]string{"number": "at least one letter or digit", "title": "is missing", "position": "no whole number"}},
		{"/agreements/gcsc/numberings/new", []string{"labels", "1 | gcsc/1\n2 |", "from", "2019", "to", "2018"},
			map[string]string{"title": "is missing", "basis": "is missing", "labels": "line 2", "to": "is before from"}},
		{"/agreements/gcsc/events/new", []string{"on", "soon", "count", "many"},
			map[string]string{"kind": "is missing", "on": "write a year", "title": "is missing", "count": "no whole number"}},
		{"/sources/new", []string{"language", "English!", "sha256", "abc", "retrieved_on", "yesterday"},
			map[string]string{"title": "is missing", "kind": "is missing", "exhaustiveness": "is missing", "language": "language tag", "sha256": "64", "retrieved_on": "write a year"}},
		{"/elements/new", []string{"number", "first"}, map[string]string{"title": "is missing", "number": "no whole number"}},
		{"/elements/" + h.element().Slug + "/readings/new", []string{"agreement", "gcsc", "edition", "paris-call/2018", "confidence", "seen"},
			map[string]string{"reading": "is missing", "edition": "is an edition of paris-call", "source": "is missing"}},
		{"/facts/new", []string{"entity", "gcsc", "confidence", "seen"}, map[string]string{"kind": "is missing", "field": "is missing", "source": "is missing"}},
	}
	for _, tt := range tests {
		a := h.post(tt.page, h.get(tt.page).status(http.StatusOK).typed(tt.typed...)...).status(http.StatusUnprocessableEntity)
		for field, message := range tt.wrong {
			a.has("#field-"+norms.LabelSlug(field)+"-problem", message)
		}
		a.has("#field-reason-problem", "say why")
		for i := 0; i < len(tt.typed); i += 2 {
			field := a.page().Find("form.edit [name=" + tt.typed[i] + "]")
			if field.Is("select") {
				field = field.Find("option[selected]")
			}
			if got := field.AttrOr("value", "") + field.Text(); !strings.Contains(got, tt.typed[i+1]) {
				t.Errorf("%s: field %s holds %q, typed was %q", tt.page, tt.typed[i], got, tt.typed[i+1])
			}
		}
	}
	if rev := h.stats().Revision; rev != 1 {
		t.Errorf("something was saved: revision %d", rev)
	}
}

func TestNewThingsAreRecordedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	gcsc, element := h.agreement("gcsc"), h.element()
	event, fact := gcsc.Events[0], gcsc.Facts[0]
	tests := []struct {
		page, field string
		typed       []string
	}{
		{"/agreements/new", "slug", []string{"title", "T", "short_title", "GCSC", "slug", "gcsc", "legal_nature", "treaty", "space", "within_un"}},
		{"/agreements/gcsc/editions/new", "slug", []string{"title", "T", "noun", "norm", "slug", "final-2019"}},
		{"/agreements/gcsc/editions/final-2019/principles/new", "number", []string{"number", "1", "title", "T"}},
		{"/agreements/gcsc/numberings/new", "slug", []string{"title", "T", "basis", "printed", "slug", gcsc.Numberings[0].Slug}},
		{"/agreements/gcsc/events/new", "title", []string{"kind", string(event.Kind), "on", string(event.On), "title", event.Title}},
		{"/sources/new", "slug", []string{"title", "T", "kind", "press", "exhaustiveness", "unknown", "slug", "microsoft-bpf-2019"}},
		{"/elements/new", "slug", []string{"title", "T", "number", "999", "slug", element.Slug}},
		{"/elements/" + element.Slug + "/readings/new", "reading", []string{"agreement", ours(element).Agreement, "reading", "no", "assessor", "curator", "confidence", "known"}},
		{"/facts/new", "field", []string{"kind", string(fact.Kind), "entity", fact.Entity, "field", fact.Field, "confidence", "known"}},
	}
	for _, tt := range tests {
		form := h.get(tt.page).typed(append(tt.typed, "reason", "r")...)
		h.post(tt.page, form...).status(http.StatusConflict).has("#field-"+tt.field+"-problem", "is already recorded")
	}
	if rev := h.stats().Revision; rev != 1 {
		t.Errorf("something was saved: revision %d", rev)
	}
}
