package edit

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// NewAssessmentEditor records what a curator or a third party makes of the
// link of the address.
func (s *Site) NewAssessmentEditor() form.Editor {
	find := func(r *http.Request) (norms.LinkRow, norms.AssessmentRow, error) {
		l, err := s.linkOf(r)
		return l, norms.AssessmentRow{Link: l.ID}, err
	}
	return assessmentEditorOf(s, find)
}

// AssessmentEditor changes or withdraws a recorded assessment.
func (s *Site) AssessmentEditor() form.Editor {
	find := func(r *http.Request) (norms.LinkRow, norms.AssessmentRow, error) {
		l, a, err := s.assessmentOf(r)
		return l.LinkRow, a, err
	}
	return assessmentEditorOf(s, find)
}

// assessmentOf is the assessment of the address with its link.
func (s *Site) assessmentOf(r *http.Request) (norms.AssessedLink, norms.AssessmentRow, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.AssessedLink{}, norms.AssessmentRow{}, err
	}
	link, err := s.Store.LinkAssessed(r.Context(), id)
	if err != nil {
		return norms.AssessedLink{}, norms.AssessmentRow{}, err
	}
	l, err := s.Store.AssessedLink(r.Context(), link)
	a, _ := l.Assessment(id)
	return l, a, err
}

func assessmentEditorOf(s *Site, find func(*http.Request) (norms.LinkRow, norms.AssessmentRow, error)) form.Editor {
	return form.Editor{
		Form: func(r *http.Request) (form.Plain, error) {
			l, a, err := find(r)
			if err != nil {
				return form.Plain{}, err
			}
			all, err := s.Choices(r.Context())
			if err != nil {
				return form.Plain{}, err
			}
			return assessmentForm(r.Context(), l, a, all["organization"]), nil
		},
		Edit: func(r *http.Request, v url.Values) (form.Asked, error) {
			l, a, err := find(r)
			return assessmentEdit(l, a, v), err
		},
	}
}

func assessmentForm(ctx context.Context, l norms.LinkRow, a norms.AssessmentRow, organizations form.Choices) form.Plain {
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "assessment_form.new"), Action: href.AssessmentNew(l.ID), Cancel: href.Link(l.ID),
			Lead: words.Text(ctx, "link_form.lead", "Initiative", l.InitiativeTitle, "Principle", l.PrincipleName), Save: words.Text(ctx, "assessment_form.save")},
		Crumbs:   []ui.Crumb{browse.LinksCrumb(ctx), {Label: l.InitiativeTitle, Href: href.Link(l.ID)}, {Label: words.Text(ctx, "assessment_form.crumb")}},
		Recorded: assessmentValues(a),
	}
	who := []page.Control{
		form.Menu(ctx, "assessment_form.assessor", "", norms.AssessorKinds, ui.AssessorKind),
		organizations.Control(ctx, form.Field(ctx, "assessment_form.organization"), words.Text(ctx, "assessment_form.organization.none")),
	}
	if a.ID != 0 {
		f.Heading, f.Action, f.Version = words.Text(ctx, "assessment_form.change"), href.AssessmentEdit(a.ID), a.Version
		f.Withdraw = words.Text(ctx, "assessment_form.withdraw")
		who = []page.Control{form.Fixed(ctx, "assessment_form.assessor", string(a.Assessor), page.AssessorName(ctx, a))}
	}
	f.Controls = append(who, assessmentControls(ctx)...)
	return f
}

// assessmentControls are what is said of a link that is assessed.
func assessmentControls(ctx context.Context) []page.Control {
	return []page.Control{
		form.Menu(ctx, "assessment_form.view", "", norms.Views, ui.View),
		form.Menu(ctx, "assessment_form.relation", words.Text(ctx, "assessment_form.unstated"), norms.LinkRelations, ui.LinkRelation),
		form.Menu(ctx, "assessment_form.strength", words.Text(ctx, "assessment_form.unstated"), norms.Strengths, ui.Strength),
		form.Required(form.Lines(ctx, "assessment_form.rationale", 5)),
	}
}

// assessmentValues is a recorded assessment as its form shows it.
func assessmentValues(a norms.AssessmentRow) url.Values {
	return url.Values{"assessor": {string(a.Assessor)}, "organization": {a.Organization}, "view": {string(a.View)},
		"relation": {string(a.Relation)}, "strength": {string(a.Strength)}, "rationale": {a.Rationale}}
}

// assessmentEdit is what a form asks for. Which link it is about says the
// address, and who assesses a recorded one, the record; a curator is the
// account that writes.
func assessmentEdit(l norms.LinkRow, a norms.AssessmentRow, v url.Values) form.Asked {
	to := href.Link(l.ID) + "#assessments"
	if v.Get("do") == "withdraw" && a.ID != 0 {
		return form.Asked{Edit: norms.WithdrawAssessment{ID: a.ID, Version: form.Version(v)}, To: to}
	}
	e := norms.PutAssessment{Link: l.ID, Assessor: norms.AssessorKind(v.Get("assessor")), Organization: v.Get("organization"), View: norms.View(v.Get("view")),
		Relation: norms.LinkRelation(v.Get("relation")), Strength: norms.Strength(v.Get("strength")), Rationale: v.Get("rationale")}
	if a.ID != 0 {
		e.ID, e.Version, e.Assessor, e.Organization = a.ID, form.Version(v), a.Assessor, a.Organization
	}
	return form.Asked{Edit: e, To: to}
}

// ShowAnswer answers with the form in which an organization answers.
func (s *Site) ShowAnswer(w http.ResponseWriter, r *http.Request) error {
	return s.ShowEditor(s.Plain((*Site).answerEditor))(w, r)
}

// SaveAnswer writes the answer.
func (s *Site) SaveAnswer(w http.ResponseWriter, r *http.Request) error {
	return s.SaveEditor(s.Plain((*Site).answerEditor))(w, r)
}

// answerEditor records the answer of the organization whose claim was assessed.
func (s *Site) answerEditor() form.Editor {
	return form.Editor{Form: s.answerForm, Edit: s.answerEdit}
}

func (s *Site) answerForm(r *http.Request) (form.Plain, error) {
	l, a, err := s.assessmentOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	if err := mayAnswer(r.Context(), serve.Actor(r), l, a); err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	said := form.Fixed(ctx, "answer_form.said", a.Rationale, a.Rationale)
	said.Label = words.Text(ctx, "answer_form.said_by", "Who", page.AssessorName(ctx, a), "View", ui.View(ctx, a.View))
	return form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "answer_form.title"), Action: href.AssessmentAnswer(a.ID), Cancel: href.Link(l.ID), Version: a.Version,
			Lead: words.Text(ctx, "answer_form.lead"), Save: words.Text(ctx, "answer_form.save"), AtOnce: words.Text(ctx, "answer_form.at_once"),
			Controls: []page.Control{said, form.Required(form.Lines(ctx, "answer_form.text", 6))}},
		Crumbs:   []ui.Crumb{browse.LinksCrumb(ctx), {Label: l.InitiativeTitle, Href: href.Link(l.ID)}, {Label: words.Text(ctx, "answer_form.crumb")}},
		Recorded: url.Values{},
	}, nil
}

// mayAnswer says why an account that is bound to an organization cannot answer
// this assessment, before anything is typed. The store asks again.
func mayAnswer(ctx context.Context, by account.Actor, l norms.AssessedLink, a norms.AssessmentRow) error {
	switch {
	case !slices.Contains(l.Answerers(), by.Organization):
		return norms.Errorf(norms.Forbidden, "this is the claim of another organization than %s, which your account answers for", by.Organization)
	case a.Answer != nil:
		err := norms.Errorf(norms.Conflict, "this assessment is answered already; an organization answers once")
		return serve.SeenAt(err, href.Link(l.ID)+"#assessments", words.Text(ctx, "answer_form.see"))
	}
	return nil
}

func (s *Site) answerEdit(r *http.Request, v url.Values) (form.Asked, error) {
	l, a, err := s.assessmentOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	return form.Asked{Edit: norms.PutAnswer{Assessment: a.ID, Version: form.Version(v), Text: v.Get("text")}, To: href.Link(l.ID) + "#assessments"}, nil
}
