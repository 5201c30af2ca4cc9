package contribution

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/table"
)

// holding reads a table against what is recorded. What a table names is known
// before it is read; what comes of it, such as the names that new things would
// get, only then: so it is read again until nothing more is asked.
type holding struct {
	Reader
	sheet   document.Sheet
	mapping table.Mapping
	rec     *table.Record

	meanings map[cited][]string
	missing  []cited
	asked    map[string]bool // what was looked up after a reading
}

// cited is a label of an agreement.
type cited struct{ agreement, label string }

// atMost bounds how often a table is read: each time settles what the one
// before left open.
const atMost = 6

// hold reads a sheet; extra are sources that would be recorded with it.
func (r Reader) hold(ctx context.Context, s document.Sheet, m table.Mapping, extra ...norms.Choice) (table.Reading, error) {
	h := &holding{Reader: r, sheet: s, mapping: m, meanings: map[cited][]string{}, asked: map[string]bool{}}
	if err := h.load(ctx); err != nil {
		return table.Reading{}, err
	}
	h.rec.Sources = append(h.rec.Sources, extra...)
	for range atMost {
		reading := table.Read(s, m, h.rec)
		more, err := h.more(ctx, reading)
		if err != nil {
			return reading, err
		}
		if !more {
			return reading, nil
		}
	}
	return table.Reading{}, norms.Field("file", "names things in too many ways to be read at once: send it in parts")
}

// load reads what the table names.
func (h *holding) load(ctx context.Context) error {
	h.rec = &table.Record{Meaning: h.meaning}
	asked := table.Asked(h.sheet, h.mapping)
	var err error
	if h.rec.Names, err = h.Store.Names(ctx); err != nil {
		return fmt.Errorf("reading the names of agreements: %w", err)
	}
	for _, kind := range []string{"organization", "initiative", "source"} {
		for _, name := range asked[kind] {
			h.first("name", kind, name)
		}
	}
	found, err := h.Store.Called(ctx, asked)
	if err != nil {
		return err
	}
	if err := h.add(ctx, found); err != nil {
		return err
	}
	if err := h.loadAlike(ctx); err != nil {
		return err
	}
	switch h.mapping.Kind {
	case table.Agreements:
		h.rec.Agreements, err = h.Store.AgreementsAsEdits(ctx, agreements(h.rec.Names))
	case table.Adherences:
		h.rec.Adherences, err = h.Store.AdherencesAsEdits(ctx, numbers(asked["adherence"]), slugsOf(found, "organization"))
	case table.Links:
		h.rec.Links, err = h.Store.LinksAsEdits(ctx, numbers(asked["link"]), slugsOf(found, "initiative"))
	case table.Citations:
		h.rec.Citations, err = h.Store.CitationsByID(ctx, numbers(asked["citation"]))
	case table.Organizations, table.Initiatives, table.Sources, table.Matrix:
	}
	return err
}

// loadAlike reads the names against which those of what the table may add are
// held.
func (h *holding) loadAlike(ctx context.Context) error {
	for _, of := range []struct {
		kinds []table.Kind
		names func(context.Context) ([]norms.Choice, error)
	}{
		{[]table.Kind{table.Organizations, table.Adherences, table.Matrix}, h.Store.OrganizationNames},
		{[]table.Kind{table.Initiatives, table.Matrix}, h.Store.InitiativeNames},
	} {
		if !slices.Contains(of.kinds, h.mapping.Kind) {
			continue
		}
		names, err := of.names(ctx)
		if err != nil {
			return err
		}
		h.rec.Alike = append(h.rec.Alike, names...)
	}
	return nil
}

// add reads things that were found by their names.
func (h *holding) add(ctx context.Context, found []norms.Choice) error {
	organizations, err := h.Store.OrganizationsAsEdits(ctx, slugsOf(found, "organization"))
	if err != nil {
		return err
	}
	initiatives, err := h.Store.InitiativesAsEdits(ctx, slugsOf(found, "initiative"))
	for _, c := range found {
		h.first("recorded", c.Kind, c.Slug)
	}
	if err == nil && h.mapping.Kind == table.Sources {
		var sources []norms.PutSource
		sources, err = h.Store.SourcesAsEdits(ctx, slugsOf(found, "source"))
		h.rec.Documents = append(h.rec.Documents, sources...)
	}
	h.rec.Organizations = append(h.rec.Organizations, organizations...)
	h.rec.Initiatives = append(h.rec.Initiatives, initiatives...)
	for _, c := range found {
		if c.Kind == "source" {
			h.rec.Sources = append(h.rec.Sources, c)
		}
	}
	return err
}

func slugsOf(found []norms.Choice, kind string) []string {
	out := []string{}
	for _, c := range found {
		if c.Kind == kind {
			out = append(out, c.Slug)
		}
	}
	return out
}

func agreements(names []citation.Name) []string {
	var out []string
	for _, n := range names {
		out = append(out, n.Agreement)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// numbers are the cells that are numbers; others are problems of their cells.
func numbers(cells []string) []int64 {
	var out []int64
	for _, c := range cells {
		if n, err := strconv.ParseInt(c, 10, 64); err == nil && n > 0 {
			out = append(out, n)
		}
	}
	return out
}

// meaning gives what a label means, or notes that it has to be looked up.
func (h *holding) meaning(agreement, label string) []string {
	at := cited{agreement, label}
	found, known := h.meanings[at]
	if !known {
		h.missing, h.meanings[at] = append(h.missing, at), nil
	}
	return found
}

// more looks up what a reading left open, and tells whether it must be read
// again.
func (h *holding) more(ctx context.Context, reading table.Reading) (again bool, err error) {
	for _, ask := range []func(context.Context, []norms.Edit) (bool, error){h.understand, h.alike, h.free, h.lines} {
		found, err := ask(ctx, reading.Staged())
		if err != nil {
			return false, err
		}
		again = again || found
	}
	return again, nil
}

// understand looks up what labels mean.
func (h *holding) understand(ctx context.Context, _ []norms.Edit) (bool, error) {
	if len(h.missing) == 0 {
		return false, nil
	}
	if len(h.meanings) > MaxCited {
		return false, norms.Field("file", "cites %d numbers; at most %d are read at once: send it in parts", len(h.meanings), MaxCited)
	}
	refs := make([]citation.Reference, len(h.missing))
	for i, c := range h.missing {
		refs[i] = citation.Reference{Agreement: c.agreement, Labels: []citation.Label{{Text: c.label}}}
	}
	found, err := h.Store.Understand(ctx, refs, "")
	if err != nil {
		return false, fmt.Errorf("looking up what is cited: %w", err)
	}
	for i, f := range found {
		for _, k := range f.Citations[0].Candidates {
			h.meanings[h.missing[i]] = append(h.meanings[h.missing[i]], k.Principle)
		}
	}
	h.missing = nil
	return true, nil
}

// alike looks for recorded things under the names that new ones would get.
func (h *holding) alike(ctx context.Context, edits []norms.Edit) (bool, error) {
	names := map[string][]string{}
	for _, e := range edits {
		kind, name := "", ""
		switch e := e.(type) {
		case norms.PutOrganization:
			kind, name = "organization", e.Name
		case norms.PutInitiative:
			kind, name = "initiative", e.Title
		case norms.PutSource:
			kind, name = "source", e.Title
		}
		if kind != "" && norms.VersionOf(e) == 0 && h.first("name", kind, name) {
			names[kind] = append(names[kind], name)
		}
	}
	if len(names) == 0 {
		return false, nil
	}
	found, err := h.Store.Called(ctx, names)
	found = slices.DeleteFunc(found, func(c norms.Choice) bool { return !h.first("recorded", c.Kind, c.Slug) })
	if err != nil || len(found) == 0 {
		return false, err
	}
	return true, h.add(ctx, found)
}

// first tells whether something was not asked before.
func (h *holding) first(what, kind, name string) bool {
	at := what + "\x00" + kind + "\x00" + name
	before := h.asked[at]
	h.asked[at] = true
	return !before
}

// free looks for names in addresses that were given out before.
func (h *holding) free(ctx context.Context, edits []norms.Edit) (again bool, err error) {
	slugs := map[string][]string{}
	for _, e := range edits {
		kind, slug := "", ""
		switch e := e.(type) {
		case norms.PutOrganization:
			kind, slug = "organization", e.Slug
		case norms.PutInitiative:
			kind, slug = "initiative", e.Slug
		case norms.PutAgreement:
			kind, slug = "agreement", e.Slug
		case norms.PutSource:
			kind, slug = "source", e.Slug
		}
		if kind != "" && norms.VersionOf(e) == 0 && h.first("slug", kind, slug) {
			slugs[kind] = append(slugs[kind], slug)
		}
	}
	for kind, wanted := range slugs {
		taken, err := h.Store.GivenOut(ctx, kind, wanted)
		if err != nil {
			return false, fmt.Errorf("looking for free names: %w", err)
		}
		again = again || len(taken) > 0
		h.rec.Taken = append(h.rec.Taken, taken...)
	}
	return again, nil
}

// lines looks for what the cited sources are recorded to cite already.
func (h *holding) lines(ctx context.Context, edits []norms.Edit) (bool, error) {
	var sources, initiatives []string
	for _, e := range edits {
		if e, ok := e.(norms.PutCitationLine); ok && h.first("line", e.Source, e.Initiative) {
			sources, initiatives = append(sources, e.Source), append(initiatives, e.Initiative)
		}
	}
	if len(sources) == 0 {
		return false, nil
	}
	found, err := h.Store.LinesOf(ctx, sources, initiatives)
	for _, l := range found {
		h.rec.Lines = append(h.rec.Lines, norms.PutCitationLine{Source: l.Source, Initiative: l.Initiative, Text: l.Text})
	}
	return len(found) > 0, err
}
