package edit

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ReadingEditor changes what is read about elements in agreements. A new
// reading's address names the element and, in its query or form, the
// agreement; a recorded one's its number.
func (s *Site) ReadingEditor() form.Editor {
	return form.Editor{Form: s.readingForm, Edit: s.readingEdit}
}

// readingOf is the reading of the address: a recorded one, or a new one of
// which only the element is known.
func (s *Site) readingOf(r *http.Request) (norms.ReadingRow, error) {
	if slug := chi.URLParam(r, "slug"); slug != "" {
		e, err := s.Store.Element(r.Context(), slug)
		return norms.ReadingRow{Element: e.Slug, ElementTitle: e.Title, Assessor: readers(serve.Actor(r))[0]}, err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.ReadingRow{}, err
	}
	reading, err := s.Store.ElementReading(r.Context(), id)
	if err == nil && !mayRead(serve.Actor(r), reading) {
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

func (s *Site) readingForm(r *http.Request) (form.Plain, error) {
	e, err := s.readingOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	controls, err := s.readingControls(ctx, serve.Actor(r), e)
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "reading_form.new", "Element", e.ElementTitle), Lead: words.Text(ctx, "reading_form.lead"), Action: href.ReadingNew(e.Element),
		Cancel: href.Element(e.Element), Save: words.Text(ctx, "reading_form.save"), Version: e.ReadingVersion, Controls: controls,
	}, Recorded: readingValues(e)}
	if e.ReadingID != 0 {
		f.Heading = words.Text(ctx, "reading_form.change", "Element", e.ElementTitle, "Agreement", e.AgreementTitle)
		f.Action = href.ReadingEdit(e.ReadingID)
	}
	f.Crumbs = []ui.Crumb{elementsCrumb(ctx), {Label: e.ElementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "reading_form.crumb")}}
	return f, err
}

func (s *Site) readingControls(ctx context.Context, by account.Actor, e norms.ReadingRow) ([]page.Control, error) {
	all, err := s.Choices(ctx)
	if err != nil {
		return nil, err
	}
	editions, err := s.EditionChoices(ctx, e.Agreement)
	assessorOf := func(ctx context.Context, a norms.Assessor) string {
		return words.Of(ctx, "reading_form.assessor_of", a)
	}
	agreement := all["agreement"].Control(ctx, form.Field(ctx, "reading_form.agreement"), "")
	assessor := form.Menu(ctx, "reading_form.assessor", "", readers(by), assessorOf)
	if e.ReadingID != 0 {
		agreement = form.Fixed(ctx, "reading_form.agreement", e.Agreement, e.AgreementTitle)
		assessor = form.Fixed(ctx, "reading_form.assessor", string(e.Assessor), assessorOf(ctx, e.Assessor))
	}
	return []page.Control{
		form.Fixed(ctx, "reading_form.element", e.Element, e.ElementTitle),
		agreement,
		editions.Control(ctx, form.Field(ctx, "reading_form.edition"), words.Text(ctx, "reading_form.edition.none")),
		form.Menu(ctx, "reading_form.reading", "", norms.Readings, ui.Reading),
		form.Lines(ctx, "reading_form.note", 3),
		assessor,
		all["source"].Control(ctx, form.Field(ctx, "reading_form.source"), words.Text(ctx, "reading_form.source.none")),
		form.Line(ctx, "form.place"),
		form.Menu(ctx, "reading_form.confidence", "", norms.Confidences, ui.Confidence),
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
func (s *Site) readingEdit(r *http.Request, v url.Values) (form.Asked, error) {
	e, err := s.readingOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	put := norms.PutElementReading{
		Version: form.Version(v), Element: e.Element, Agreement: e.Agreement, Reading: norms.Reading(v.Get("reading")), Note: v.Get("note"), Assessor: e.Assessor,
		Organization: e.Organization, Source: v.Get("source"), Place: v.Get("place"), Confidence: norms.Confidence(v.Get("confidence")),
	}
	if e.ReadingID == 0 {
		put.Agreement, put.Assessor = v.Get("agreement"), norms.Assessor(v.Get("assessor"))
		if put.Assessor != "" && !slices.Contains(readers(serve.Actor(r)), put.Assessor) {
			return form.Asked{}, norms.Errorf(norms.Forbidden, "your account may not read in this name")
		}
		if put.Assessor == "organization" {
			put.Organization = serve.Actor(r).Organization
		}
	}
	var wrong []norms.Problem
	put.Edition, wrong = form.EditionIn(r.Context(), put.Agreement, v)
	return form.Asked{Edit: put, Wrong: wrong, To: href.Element(e.Element)}, nil
}
