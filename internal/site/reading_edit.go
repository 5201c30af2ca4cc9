package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// readingEditor changes what is read about elements in agreements. A new
// reading's address names the element and, in its query or form, the
// agreement; a recorded one's its number.
func (s *editSite) readingEditor() editor { return editor{form: s.readingForm, edit: s.readingEdit} }

// readingOf is the reading of the address: a recorded one, or a new one of
// which only the element is known.
func (s *editSite) readingOf(r *http.Request) (norms.ReadingRow, error) {
	if slug := chi.URLParam(r, "slug"); slug != "" {
		e, err := s.Store.Element(r.Context(), slug)
		return norms.ReadingRow{Element: e.Slug, ElementTitle: e.Title, Assessor: readers(actor(r))[0]}, err
	}
	id, err := idOf(r)
	if err != nil {
		return norms.ReadingRow{}, err
	}
	reading, err := s.Store.ElementReading(r.Context(), id)
	if err == nil && !mayRead(actor(r), reading) {
		err = norms.Errorf(norms.Forbidden, "this reading is by %s; record your own beside it", reading.AssessorName)
	}
	return reading, err
}

// mayRead tells whether a may change a reading: the record's own, or one's
// own.
func mayRead(a account.Actor, r norms.ReadingRow) bool {
	switch r.Assessor {
	case "account":
		return r.AccountID != nil && *r.AccountID == a.ID
	case "organization":
		return a.Can(account.AnswerForOrganization) && a.Organization == r.Organization
	}
	return true
}

// readers are in whose name a may read.
func readers(a account.Actor) []norms.Assessor {
	if a.Can(account.AnswerForOrganization) {
		return []norms.Assessor{"organization", norms.Curator, "account"}
	}
	return []norms.Assessor{norms.Curator, "account"}
}

func (s *editSite) readingForm(r *http.Request) (plainForm, error) {
	e, err := s.readingOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	controls, err := s.readingControls(ctx, actor(r), e)
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "reading_form.new", "Element", e.ElementTitle), Lead: words.Text(ctx, "reading_form.lead"), Action: href.ReadingNew(e.Element),
		Cancel: href.Element(e.Element), Save: words.Text(ctx, "reading_form.save"), Version: e.ReadingVersion, Controls: controls,
	}, recorded: readingValues(e)}
	if e.ReadingID != 0 {
		f.Heading = words.Text(ctx, "reading_form.change", "Element", e.ElementTitle, "Agreement", e.AgreementTitle)
		f.Action = href.ReadingEdit(e.ReadingID)
	}
	f.crumbs = []ui.Crumb{elementsCrumb(ctx), {Label: e.ElementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "reading_form.crumb")}}
	return f, err
}

func (s *editSite) readingControls(ctx context.Context, by account.Actor, e norms.ReadingRow) ([]page.Control, error) {
	all, err := s.choices(ctx)
	if err != nil {
		return nil, err
	}
	editions, err := s.editionChoices(ctx, e.Agreement)
	assessorOf := func(ctx context.Context, a norms.Assessor) string {
		return words.Of(ctx, "reading_form.assessor_of", a)
	}
	agreement := all["agreement"].control(ctx, field(ctx, "reading_form.agreement"), "")
	assessor := menu(ctx, "reading_form.assessor", "", readers(by), assessorOf)
	if e.ReadingID != 0 {
		agreement = fixed(ctx, "reading_form.agreement", e.Agreement, e.AgreementTitle)
		assessor = fixed(ctx, "reading_form.assessor", string(e.Assessor), assessorOf(ctx, e.Assessor))
	}
	return []page.Control{
		fixed(ctx, "reading_form.element", e.Element, e.ElementTitle),
		agreement,
		editions.control(ctx, field(ctx, "reading_form.edition"), words.Text(ctx, "reading_form.edition.none")),
		menu(ctx, "reading_form.reading", "", norms.Readings, ui.Reading),
		lines(ctx, "reading_form.note", 3),
		assessor,
		all["source"].control(ctx, field(ctx, "reading_form.source"), words.Text(ctx, "reading_form.source.none")),
		line(ctx, "form.place"),
		menu(ctx, "reading_form.confidence", "", norms.Confidences, ui.Confidence),
	}, err
}

// readingValues is a recorded reading as its form shows it.
func readingValues(e norms.ReadingRow) url.Values {
	v := url.Values{
		"agreement": {e.Agreement}, "reading": {string(e.Reading)}, "note": {e.Note}, "assessor": {string(e.Assessor)},
		"source": {e.Source}, "place": {e.Place}, "confidence": {string(e.Confidence)}, "edition": {""},
	}
	if e.Edition != "" {
		v.Set("edition", e.Agreement+"/"+e.Edition)
	}
	return v
}

// readingEdit is what a form asks for. Who reads is whoever acts, in one of
// the names that are open to them.
func (s *editSite) readingEdit(r *http.Request, v url.Values) (asked, error) {
	e, err := s.readingOf(r)
	if err != nil {
		return asked{}, err
	}
	put := norms.PutElementReading{
		Version: version(v), Element: e.Element, Agreement: e.Agreement, Reading: norms.Reading(v.Get("reading")), Note: v.Get("note"), Assessor: e.Assessor,
		Organization: e.Organization, Source: v.Get("source"), Place: v.Get("place"), Confidence: norms.Confidence(v.Get("confidence")),
	}
	if e.ReadingID == 0 {
		put.Agreement, put.Assessor = v.Get("agreement"), norms.Assessor(v.Get("assessor"))
		if put.Assessor != "" && !slices.Contains(readers(actor(r)), put.Assessor) {
			return asked{}, norms.Errorf(norms.Forbidden, "your account may not read in this name")
		}
		if put.Assessor == "organization" {
			put.Organization = actor(r).Organization
		}
	}
	var wrong []norms.Problem
	put.Edition, wrong = editionIn(r.Context(), put.Agreement, v)
	return asked{edit: put, wrong: wrong, to: href.Element(e.Element)}, nil
}
