package edit

import (
	"context"
	"slices"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/form"
)

// partners reads one partner a line: a name and, after a bar, the slug of its
// organization.
func partners(text string) []norms.Partner {
	out := []norms.Partner{}
	for _, l := range form.EachLine(text) {
		name, slug, _ := strings.Cut(l, "|")
		out = append(out, norms.Partner{Name: strings.TrimSpace(name), Organization: strings.TrimSpace(slug)})
	}
	return out
}

func partnerLines(list []norms.Partner) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Name
		if p.Organization != "" {
			out[i] += " | " + p.Organization
		}
	}
	return strings.Join(out, "\n")
}

// nameOrganizations puts slugs in place of names of recorded organizations
// that were typed after the bar. What names none stays, for the writer to mend.
func (s *Site) nameOrganizations(ctx context.Context, list []norms.Partner) error {
	named := func(p norms.Partner) bool { return p.Organization != norms.LabelSlug(p.Organization) }
	if !slices.ContainsFunc(list, named) {
		return nil
	}
	all, err := s.Choices(ctx)
	for i, p := range list {
		for _, o := range all["organization"].Options {
			if named(p) && strings.EqualFold(o.Label, p.Organization) {
				list[i].Organization = o.Value
			}
		}
	}
	return err
}
