package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// What is wrong is told in the order of the form and in its words.
func TestProblemsAreToldInTheWordsOfTheForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	a := h.post("/statements/new", h.get("/statements/new").typed()...).status(http.StatusUnprocessableEntity)
	a.has(".errors", "Said by: is missing: choose one").has("#field-stance-problem", "is missing: choose one").lacks("main:contains('qualified, against')")
	told := a.page().Find(".errors li").Text()
	if said, why := strings.Index(told, "Said by"), strings.Index(told, "Reason"); said < 0 || why < said {
		t.Errorf("told in the order %q", told)
	}
	h.post("/statements/new", h.get("/statements/new").typed("stance", "for it")...).has("#field-stance-problem", "is none of the choices: “for it”")
	b := h.post(cvdEdit, h.get(cvdEdit).typed("started_on", "2018", "ended_on", "2017", "position", "x", "reason", "r")...)
	b.status(http.StatusUnprocessableEntity).has("#field-ended-on-problem", "is before “Started”").has(".errors", "Order in the source: is no whole number")
}

// A date that both wrote, each in another way, is no difference; one that
// differs is shown in words on both sides.
func TestDatesAreComparedAsTheyAreRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get(cvdEdit).typed("started_on", "Nov 2018", "ended_on", "March 2020", "due_on", "", "status", "completed", "reason", "mine")
	h.theirs(func(e *norms.PutInitiative) { e.StartedOn, e.EndedOn = "2018-11", "2020-04" })
	a := h.post(cvdEdit, form...).status(http.StatusConflict).lacks(".clash h3:contains('Started')")
	a.has(".clash .recorded", "April 2020").has(".clash .typed", "March 2020")
}

// Who saves the form again that was saved already, by way of the browser's back
// button, is told so, and not that somebody else did it.
func TestOwnSaveIsNoOneElses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get(cvdEdit).typed("title", "My title", "reason", "mine")
	h.post(cvdEdit, form...).status(http.StatusSeeOther)
	h.post(cvdEdit, form...).status(http.StatusConflict).has(".clash h2", "This is saved already").has(".clash a", "Changeset 2").lacks(".clash:contains('Someone else')")
	other := h.get(cvdEdit).typed("title", "Another title", "reason", "mine")
	h.post(cvdEdit, h.get(cvdEdit).typed("title", "Third", "reason", "mine")...).status(http.StatusSeeOther)
	h.post(cvdEdit, other...).status(http.StatusConflict).has(".clash h2", "You have saved this").lacks(".clash:contains('Someone else')")
}
