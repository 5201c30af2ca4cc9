package contribution

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/dossier"
	"normmap/internal/norms"
	"normmap/internal/store/naming"
)

// Edited is a dossier that came back, with what was changed in it.
type Edited struct {
	dossier.Reading
	Revision int64 // as of which it was written

	was     norms.Contributed
	grammar *citation.Grammar
	sheet   *document.Sheet // nil for a text
}

// DossierOf is what an organization reported, as a file that can be edited and
// sent back; base is where the service is reached. A line of which everything
// was set aside is not claimed any more. A part of what somebody else reported
// stands by itself.
func DossierOf(c norms.Contributed, revision int64, base string) dossier.Dossier {
	d := dossier.Dossier{Organization: c.Slug, Name: c.Name, Revision: revision, Base: base}
	reported, parts := map[string]bool{}, map[string][]dossier.Initiative{}
	for _, i := range c.Initiatives {
		reported[i.Slug] = true
	}
	for _, i := range c.Initiatives {
		if reported[i.Parent] {
			parts[i.Parent] = append(parts[i.Parent], told(i))
		}
	}
	for _, i := range c.Initiatives {
		if !reported[i.Parent] {
			whole := told(i)
			whole.Parts = parts[i.Slug]
			d.Initiatives = append(d.Initiatives, whole)
		}
	}
	return d
}

func told(i norms.ContributedInitiative) dossier.Initiative {
	out := dossier.Initiative{Slug: i.Slug, Heading: i.Heading, Title: i.Title, Summary: i.Summary}
	for _, l := range i.Lines {
		if !l.Standing() {
			continue
		}
		line := dossier.Line{ID: l.ID, Text: l.Text}
		for _, c := range l.Citations {
			if c.Link != 0 && !slices.Contains(line.Links, c.Link) {
				line.Links = append(line.Links, c.Link)
			}
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// edited compares a document that is a dossier with what was recorded when it
// was written; nil for any other document.
func (r Reader) edited(ctx context.Context, c Contribution, d document.Document, g *citation.Grammar) (*Edited, error) {
	of, revision, ok := dossier.Identify(d)
	if !ok {
		return nil, nil
	}
	newest, err := r.Store.Revision(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the newest revision: %w", err)
	}
	if revision < 1 {
		return nil, norms.Field("file", "is a dossier that does not say of which revision: bring back its column dossier_revision, or edit the dossier as it is downloaded")
	}
	if revision > newest {
		return nil, norms.Field("file", "is a dossier of revision %d, but this record has %d only: it was downloaded from another service", revision, newest)
	}
	was, err := r.Store.AsOf(revision).Contributed(ctx, cmp.Or(of, c.Organization.Slug))
	if _, renamed := errors.AsType[*naming.MovedError](err); renamed || norms.KindOf(err) == norms.NotFound || norms.KindOf(err) == norms.Gone {
		return nil, norms.Field("file", "is a dossier of %s as of revision %d, but no organization had that name then", cmp.Or(of, c.Organization.Slug), revision)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was recorded when the dossier was written: %w", err)
	}
	if was.ID != c.Organization.ID {
		return nil, norms.Field("file", "is the dossier of %s (%s), not of %s: say that it comes from %s, or send the right file", was.Name, was.Slug, c.Organization.Name, was.Slug)
	}
	e := &Edited{Revision: revision, was: was, grammar: g, Reading: DossierOf(was, revision, "").Read(d, g)}
	if len(d.Sheets) > 0 {
		e.sheet = &d.Sheets[0]
	}
	known := func(p dossier.Placed) bool { return was.Of(p.Key) != nil }
	if of == "" && len(e.Order) > 0 && !slices.ContainsFunc(e.Order, known) {
		return nil, norms.Field("file", "names no initiative that %s reported, and not whose dossier it is: bring back its column dossier_of", was.Name)
	}
	return e, nil
}
