package contribution

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/norms"
)

// maxBase is how long a slug may be before a number is added to it.
const maxBase = 60

// slugs gives out names that were never given out before.
type slugs struct {
	taken map[string]bool
	file  string // SHA-256 of the document
}

// wishes are the names under which the things of a document would be recorded.
func (c Contribution) wishes() (source string, initiatives []string) {
	if c.Edited != nil {
		for _, change := range c.Edited.Changes {
			if change.Added != nil {
				initiatives = append(initiatives, c.wish(change.Title))
			}
		}
		return norms.NameSlug(fmt.Sprintf("%s-dossier-%d", c.Organization.Slug, c.Edited.Revision), maxBase), initiatives
	}
	source = c.Organization.Slug + "-contribution"
	if on := c.Dated(); on != "" {
		source += "-" + string(on[:4])
	}
	for _, i := range c.Reading.Initiatives {
		initiatives = append(initiatives, c.wish(i.Title))
		for _, p := range i.Parts {
			initiatives = append(initiatives, c.wish(p.Title))
		}
	}
	return norms.NameSlug(source, maxBase), initiatives
}

// wish is the name of the organization and the first words of a title.
func (c Contribution) wish(title string) string {
	of := c.Organization.Slug
	said := strings.TrimPrefix(norms.NameSlug(norms.Mask(title), norms.MaxText)+"-", of+"-")
	return norms.NameSlug(of+"-"+said, maxBase)
}

// free returns the name that is wished for, or another like it.
func (s slugs) free(wish string) string {
	for n, slug := 1, wish; n <= numbered; n++ {
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", wish, n)
		}
		if !s.taken[slug] {
			s.taken[slug] = true
			return slug
		}
	}
	slug := fmt.Sprintf("%s-%s-%d", wish, s.file[:8], len(s.taken))
	s.taken[slug] = true
	return slug
}

// numbered is how many names like the one that is wished for are tried.
const numbered = 20

// slugs asks which names were given out, or wait for a decision.
func (r Reader) slugs(ctx context.Context, kind, file string, wishes []string) (slugs, error) {
	var all []string
	for _, w := range wishes {
		all = append(all, w)
		for n := 2; n <= numbered; n++ {
			all = append(all, fmt.Sprintf("%s-%d", w, n))
		}
	}
	given, err := r.Store.GivenOut(ctx, kind, all)
	if err != nil {
		return slugs{}, fmt.Errorf("looking for free names: %w", err)
	}
	waiting, err := r.Store.NamesWaiting(ctx, kind, all)
	if err != nil {
		return slugs{}, fmt.Errorf("looking for names that wait: %w", err)
	}
	s := slugs{taken: map[string]bool{}, file: file}
	for _, g := range slices.Concat(given, waiting) {
		s.taken[g] = true
	}
	return s, nil
}
