package main

import (
	"cmp"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// numberings are those of the seeds, by agreement.
type numberings struct {
	of      map[string][]norms.PutNumbering
	current map[string]bool // agreement@edition
	names   []citation.Name

	principles []norms.PrincipleText
}

func readNumberings(edits []norms.Edit) numberings {
	n := numberings{of: map[string][]norms.PutNumbering{}, current: map[string]bool{}}
	editions := map[string][]citation.Name{}
	for _, e := range edits {
		switch e := e.(type) {
		case norms.PutNumbering:
			n.of[e.Agreement] = append(n.of[e.Agreement], e)
		case norms.PutEdition:
			n.current[e.Agreement+"@"+e.Slug] = e.Current
			editions[e.Agreement] = append(editions[e.Agreement], citation.Name{Agreement: e.Agreement, Text: cmp.Or(e.Programme, e.Title), Edition: e.Slug})
		case norms.PutAgreement:
			for _, name := range append([]string{e.Title, e.ShortTitle, e.Slug}, e.Aliases...) {
				n.names = append(n.names, citation.Name{Agreement: e.Slug, Text: name})
			}
		case norms.PutPrinciple:
			n.principles = append(n.principles, norms.PrincipleText{Ref: e.Agreement + "@" + e.Edition + "/" + norms.LabelSlug(e.Number),
				Agreement: e.Agreement, Edition: e.Edition, Title: e.Title, Summary: e.Summary})
		}
	}
	for _, several := range editions {
		if len(several) > 1 {
			n.names = append(n.names, several...)
		}
	}
	for i, p := range n.principles {
		n.principles[i].Current = n.current[p.Agreement+"@"+p.Edition]
	}
	return n
}

// written is the ref of a principle, without its edition if that is the current
// one.
func (n numberings) written(ref string) string {
	edition, number, _ := strings.Cut(ref, "/")
	if agreement, _, _ := strings.Cut(edition, "@"); n.current[edition] {
		edition = agreement
	}
	return edition + "/" + number
}

// resolve says what a label means: a principle, without its edition if that is
// the current one, or the resolution that waits for a person.
func (n numberings) resolve(on norms.Date, r citation.Reference, label string) string {
	if r.Agreement == "" {
		return string(norms.UnknownAgreement)
	}
	var spellings [][]norms.LabelReading
	for _, s := range citation.Spellings(label) {
		spellings = append(spellings, n.readings(r.Agreement, s.Label))
	}
	resolution, candidates := norms.ResolveLabel(on, norms.OfEdition(norms.BestReadings(spellings), r.Edition))
	if resolution != norms.Resolved {
		return string(resolution)
	}
	return n.written(candidates[0].Principle)
}

func (n numberings) readings(agreement, label string) []norms.LabelReading {
	var all []norms.LabelReading
	for _, numbering := range n.of[agreement] {
		r := norms.LabelReading{Numbering: numbering.Title, From: numbering.From, To: numbering.To, Label: label}
		for _, l := range numbering.Labels {
			if citation.Normalize(l.Label) == citation.Normalize(label) {
				r.Principle = l.Principle
				_, of, _ := strings.Cut(l.Principle, "@")
				r.Edition, _, _ = strings.Cut(of, "/")
			}
		}
		all = append(all, r)
	}
	return all
}
