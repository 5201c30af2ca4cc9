package contribution

import (
	"context"
	"slices"
	"strings"
	"time"

	"normmap/internal/anchor"
	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

// versionEdits are those by which a document becomes the new version of a source:
// its text with its days, and of what it tells only what is new in it.
func (r Reader) versionEdits(ctx context.Context, m *making, wishes []string, today time.Time) error {
	v := m.Version
	m.Source = v.Of
	m.add(norms.PutSourceText{Source: v.Of, FileSHA256: m.Received.FileSHA256, MediaType: m.Received.MediaType, Replaces: v.replaces,
		PublishedOn: m.Reading.Dated, RetrievedOn: norms.Date(today.UTC().Format(time.DateOnly))}, intake.Span{})
	if err := r.nameInitiatives(ctx, m, wishes); err != nil {
		return err
	}
	for _, i := range m.Reading.Initiatives {
		m.versionInitiative(i, "", 0)
	}
	return nil
}

// versionInitiative adds what is new of a candidate: all of it, or what it cites
// besides what is recorded. One with no parent comes after all that was reported.
func (m *making) versionInitiative(i intake.Initiative, parent string, position int) {
	slug, known := "", m.Version.slugs[i.Start]
	switch {
	case len(known) == 1:
		slug = known[0]
		m.compareStatus(i, m.Version.told[slug])
		m.cite(slug, m.Version.fresh(i.References))
	case len(known) > 1:
		m.leaveFresh(i, known)
	case m.Version.stood(i):
		m.Version.Left++
	default:
		if parent == "" {
			m.last++
			position = m.last
		}
		m.initiative(i, parent, position)
		return
	}
	for n, p := range i.Parts {
		m.versionInitiative(p, slug, n+1)
	}
}

// leaveFresh says of what a candidate cites anew that it may belong to several
// initiatives: nothing is guessed.
func (m *making) leaveFresh(i intake.Initiative, slugs []string) {
	for _, r := range m.Version.fresh(i.References) {
		m.leave(intake.Span{Start: r.Start, End: r.End}, "it may belong to any of these recorded initiatives, which this text does not tell apart: "+strings.Join(slugs, ", ")+"; add it by hand to the one that it is of")
	}
}

// fresh are the references that are neither recorded nor stood in the earlier
// text, where somebody read them before and made nothing of them.
func (v *Version) fresh(refs []citation.Reference) []citation.Reference {
	var out []citation.Reference
	for _, r := range refs {
		switch {
		case v.standing[placeOf(r)]:
		case v.back.Find(anchor.Place{Start: r.Start, End: r.End}).How != anchor.Gone:
			v.Left++
		default:
			out = append(out, r)
		}
	}
	return out
}

// stood tells whether the earlier text told of a candidate in the same words and
// cited the same for it: it was read before, and is not recorded.
func (v *Version) stood(i intake.Initiative) bool {
	return len(v.lines) > 0 && v.back.Same(i.Start) && !slices.ContainsFunc(i.References, func(r citation.Reference) bool {
		return v.back.Find(anchor.Place{Start: r.Start, End: r.End}).How == anchor.Gone
	})
}
