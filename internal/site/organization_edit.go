package site

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// organizationEditor changes organizations, new and recorded ones.
func (s *site) organizationEditor() editor {
	return editor{
		form: s.organizationForm,
		edit: func(r *http.Request, typed url.Values) (asked, error) {
			e := organizationEdit(chi.URLParam(r, "slug"), typed)
			return asked{edit: e, to: href.Organization(e.Slug)}, nil
		},
	}
}

func (s *site) organizationForm(r *http.Request) (plainForm, error) {
	slug := chi.URLParam(r, "slug")
	f := plainForm{
		EditForm: page.EditForm{Heading: "New organization", Lead: "A body, person, event or collective.",
			Action: href.OrganizationNew(), Cancel: href.Organizations(), Save: "Save the organization"},
		crumbs:   []ui.Crumb{{Label: "Organizations", Href: href.Organizations()}, {Label: "New organization"}},
		recorded: url.Values{},
	}
	if slug != "" {
		o, err := s.Store.Organization(r.Context(), slug)
		if err != nil {
			return plainForm{}, err
		}
		f.Heading, f.Lead, f.Action, f.Cancel = "Change "+o.Name, "", href.OrganizationEdit(slug), href.Organization(slug)
		f.Version, f.recorded = o.Version, organizationValues(o)
		f.crumbs = []ui.Crumb{f.crumbs[0], {Label: o.Name, Href: f.Cancel}, {Label: "Change"}}
	}
	all, err := s.choices(r.Context())
	f.Controls = organizationControls(r.Context(), slug, all["agreement"])
	return f, err
}

func organizationControls(ctx context.Context, slug string, agreements choices) []page.Control {
	controls := []page.Control{
		required(line("name", "Name", "As it calls itself.")),
		menu(ctx, "kind", "Kind", "", "", norms.OrganizationKinds, ui.OrganizationKind),
		menu(ctx, "stakeholder_group", "Stakeholder group", "Of the Internet Governance Forum.", "None", norms.StakeholderGroups, ui.StakeholderGroup),
		agreements.control(ui.Field{Name: "agreement", Label: "Its own agreement", Hint: "For a collective that is an agreement's body."}, "None"),
		line("url", "Web address", ""),
		lines("summary", "Summary", "What it is, in our own words.", 5),
	}
	if slug == "" {
		controls = append(controls, line("slug", "Name in addresses", "Lower-case letters, digits and hyphens; left empty it is made from the name. It cannot be changed later."))
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
		Version: version(v), Slug: slug, Name: v.Get("name"), Kind: norms.OrganizationKind(v.Get("kind")),
		StakeholderGroup: norms.StakeholderGroup(v.Get("stakeholder_group")), Agreement: v.Get("agreement"),
		URL: v.Get("url"), Summary: v.Get("summary"),
	}
}
