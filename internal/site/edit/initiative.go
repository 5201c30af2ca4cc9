package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// InitiativeEditor changes initiatives, new and recorded ones.
func (s *Site) InitiativeEditor() form.Editor {
	return form.Editor{
		Form: s.initiativeForm,
		Edit: func(r *http.Request, typed url.Values) (form.Asked, error) {
			plan := planOf(r.Context(), typed)
			e, wrong := initiativeEdit(r.Context(), chi.URLParam(r, "slug"), typed)
			e.Status, e.StartedOn, e.DueOn = plan.status, plan.started, plan.due
			a := form.Asked{Edit: e, Wrong: append(wrong, plan.wrong...), Understood: plan.understood, To: href.Initiative(e.Slug)}
			err := s.nameOrganizations(r.Context(), e.Partners)
			return a, err
		},
	}
}

func (s *Site) initiativeForm(r *http.Request) (form.Plain, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "initiative_form.new"), Lead: words.Text(ctx, "initiative_form.lead"),
			Action: href.InitiativeNew(), Cancel: href.Initiatives(), Save: words.Text(ctx, "initiative_form.save")},
		Crumbs: []ui.Crumb{{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()},
			{Label: words.Text(ctx, "initiative_form.new")}},
		Recorded: url.Values{},
	}
	if slug != "" {
		i, err := s.Store.Initiative(ctx, slug)
		if err != nil {
			return form.Plain{}, err
		}
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", i.Title), ""
		f.Action, f.Cancel = href.InitiativeEdit(slug), href.Initiative(slug)
		f.Version, f.Recorded = i.Version, initiativeValues(i)
		f.Crumbs = []ui.Crumb{f.Crumbs[0], {Label: i.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	}
	var err error
	f.Controls, err = s.initiativeControls(ctx, slug)
	return f, err
}

func (s *Site) initiativeControls(ctx context.Context, slug string) ([]page.Control, error) {
	all, err := s.Choices(ctx)
	if err != nil {
		return nil, err
	}
	from := func(kind, id, none string) page.Control { return all[kind].Control(ctx, form.Field(ctx, id), none) }
	controls := []page.Control{
		form.Required(form.Line(ctx, "initiative_form.title")),
		form.Lines(ctx, "form.summary", 6),
		form.Menu(ctx, "initiative_form.kind", "", norms.InitiativeKinds, ui.InitiativeKind),
		from("organization", "initiative_form.organization", ""),
		from("organization", "initiative_form.reported_by", ""),
		all["initiative"].Without(slug).Control(ctx, form.Field(ctx, "initiative_form.parent"), words.Text(ctx, "initiative_form.parent.none")),
		form.Menu(ctx, "initiative_form.status", "", norms.Statuses, ui.Status),
		form.Date(ctx, "initiative_form.started_on"), form.Date(ctx, "initiative_form.ended_on"), form.Dated(form.Line(ctx, "initiative_form.due_on")),
		form.Lines(ctx, "initiative_form.status_note", 2),
		all["organization"].Suggest(form.Lines(ctx, "initiative_form.partners", 3)),
		form.Line(ctx, "form.url"),
		from("source", "initiative_form.source", words.Text(ctx, "common.none")),
		form.Line(ctx, "form.place"),
		form.Line(ctx, "initiative_form.heading"),
		form.Line(ctx, "initiative_form.position"),
	}
	if slug == "" {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_title")))
	}
	return controls, nil
}

// initiativeValues is a recorded initiative as its form shows it.
func initiativeValues(i norms.Initiative) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"title": i.Title, "summary": i.Summary, "kind": string(i.Kind), "organization": i.Organization, "reported_by": i.ReportedBy,
		"parent": i.Parent, "status": string(i.Status), "started_on": string(i.StartedOn), "ended_on": string(i.EndedOn),
		"due_on": string(i.DueOn), "status_note": i.StatusNote, "partners": partnerLines(i.Partners), "url": i.URL,
		"source": i.Source, "place": i.Place, "heading": i.Heading, "position": strconv.Itoa(i.Position),
	} {
		v.Set(name, value)
	}
	return v
}

// initiativeEdit is what a form asks for but for its plan; slug is that of the
// address, "" for a new initiative. The problems are those of values that
// cannot be read.
func initiativeEdit(ctx context.Context, slug string, v url.Values) (norms.PutInitiative, []norms.Problem) {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	order, wrong := form.Position(ctx, v)
	return norms.PutInitiative{
		Version: form.Version(v), Slug: slug, Title: v.Get("title"), Summary: v.Get("summary"), Kind: norms.InitiativeKind(v.Get("kind")),
		Parent: v.Get("parent"), Organization: v.Get("organization"), ReportedBy: v.Get("reported_by"), Heading: v.Get("heading"),
		Position: order, StatusNote: v.Get("status_note"), EndedOn: norms.ReadDate(v.Get("ended_on")),
		URL: v.Get("url"), Source: v.Get("source"), Place: v.Get("place"), Partners: partners(v.Get("partners")),
	}, wrong
}

// slugOr is the slug that was typed, or else one made from a title.
func slugOr(typed, title string) string {
	if typed != "" {
		return typed
	}
	return norms.NameSlug(title, norms.MaxSlug)
}
