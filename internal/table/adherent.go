package table

import (
	"strings"

	"normmap/internal/norms"
)

// adherent is the slug of the organization that a row is about. One that is
// not recorded is added with what the row says of it; of a recorded one it
// changes nothing.
func (r *row) adherent() string {
	if slug := r.text("organization"); slug != "" {
		r.Name = r.cell("organization")
		return slug
	}
	name := r.printed["organization"]
	if blank[strings.ToLower(name)] {
		r.complain("organization", "is missing: nothing says who this row is about")
		return ""
	}
	r.Name = name
	if slug, ok := r.meant("organization", "organization", name); !ok || slug != "" {
		return slug
	}
	e := norms.PutOrganization{Slug: r.known.slugFor("organization", name), Name: name, Kind: "body", URL: r.text(organizationURL)}
	e.StakeholderGroup = norms.StakeholderGroup(r.text(organizationGroup))
	r.known.add("organization", e.Slug, name)
	if r.check(e, map[string]string{"name": "organization", "slug": "organization", "url": organizationURL, "stakeholder_group": organizationGroup}) {
		r.put(e, New)
	}
	return e.Slug
}

// remark adds to the note what columns say that has no field, under their
// headings, and the group as it is printed.
func (r *row) remark(said map[string]any) {
	note := r.text("note")
	var parts []string
	for i, c := range r.mapping.Columns {
		if (c.Field == kept || c.Field == organizationGroup) && r.cells[i] != "" {
			parts = append(parts, c.Heading+" "+r.cells[i])
		}
	}
	if len(parts) == 0 {
		return
	}
	printed := "As listed: " + strings.Join(parts, ", ")
	if note != "" {
		note += "\n"
	}
	said["note"] = note + printed
}
