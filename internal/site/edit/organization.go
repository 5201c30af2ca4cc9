package edit

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// OrganizationEditor changes organizations, new and recorded ones.
func (s *Site) OrganizationEditor() form.Editor {
	return form.Editor{
		Form: s.organizationForm,
		Edit: func(r *http.Request, typed url.Values) (form.Asked, error) {
			e := organizationEdit(chi.URLParam(r, "slug"), typed)
			return form.Asked{Edit: e, To: href.Organization(e.Slug)}, nil
		},
	}
}

func (s *Site) organizationForm(r *http.Request) (form.Plain, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "organization_form.new"), Lead: words.Text(ctx, "organization_form.lead"),
			Action: href.OrganizationNew(), Cancel: href.Organizations(), Save: words.Text(ctx, "organization_form.save")},
		Crumbs: []ui.Crumb{{Label: words.Text(ctx, "common.organizations"), Href: href.Organizations()},
			{Label: words.Text(ctx, "organization_form.new")}},
		Recorded: url.Values{},
	}
	if slug != "" {
		o, err := s.Store.Organization(ctx, slug)
		if err != nil {
			return form.Plain{}, err
		}
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", o.Name), ""
		f.Action, f.Cancel = href.OrganizationEdit(slug), href.Organization(slug)
		f.Version, f.Recorded = o.Version, organizationValues(o)
		f.Crumbs = []ui.Crumb{f.Crumbs[0], {Label: o.Name, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	}
	all, err := s.Choices(ctx)
	f.Controls = organizationControls(ctx, slug, all["agreement"])
	return f, err
}

func organizationControls(ctx context.Context, slug string, agreements form.Choices) []page.Control {
	none := words.Text(ctx, "common.none")
	controls := []page.Control{
		form.Required(form.Line(ctx, "organization_form.name")),
		form.Menu(ctx, "organization_form.kind", "", norms.OrganizationKinds, ui.OrganizationKind),
		form.Menu(ctx, "organization_form.stakeholder_group", none, norms.StakeholderGroups, ui.StakeholderGroup),
		agreements.Control(ctx, form.Field(ctx, "organization_form.agreement"), none),
		form.Line(ctx, "form.url"),
		form.Lines(ctx, "form.summary", 5),
	}
	if slug == "" {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_name")))
	}
	return controls
}

// organizationValues is a recorded organization as its form shows it.
func organizationValues(o norms.Organization) url.Values {
	return url.Values{
		"name": {o.Name}, "kind": {string(o.Kind)}, "stakeholder_group": {string(o.StakeholderGroup)},
		"agreement": {o.Agreement}, "url": {o.URL}, "summary": {o.Summary},
	}
}

// organizationEdit is what a form asks for; slug is that of the address, "" for
// a new organization.
func organizationEdit(slug string, v url.Values) norms.PutOrganization {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("name"))
	}
	return norms.PutOrganization{
		Version: form.Version(v), Slug: slug, Name: v.Get("name"), Kind: norms.OrganizationKind(v.Get("kind")),
		StakeholderGroup: norms.StakeholderGroup(v.Get("stakeholder_group")), Agreement: v.Get("agreement"),
		URL: v.Get("url"), Summary: v.Get("summary"),
	}
}
