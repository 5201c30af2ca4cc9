package synth

import (
	"fmt"

	"normmap/internal/norms"
)

func (w *world) writeCrosswalk() error {
	return w.writeEach("How principles of two agreements compare", 5*(w.agreements-1), func(i int) norms.Edit { return w.comparison(i) }, nil)
}

// comparison sets a principle of an agreement beside one of the next.
func (w *world) comparison(i int) norms.PutCrosswalk {
	r := w.rand(kindCrosswalk, i)
	e := norms.PutCrosswalk{
		Subject: ref(slot{i / 5, i % 5}, 0), Object: ref(slot{i/5 + 1, r.IntN(principlesOfEach)}, 0), Relation: one(r, norms.CrosswalkRelations),
		RationaleKind: one(r, norms.RationaleKinds), Rationale: english.fill(r, one(r, english.sentences)), Origin: "curator", Confidence: "known",
	}
	if percent(r, 30) {
		e.Origin, e.Asserter = "third_party", organizationSlug(r.IntN(w.organizations))
	}
	return e
}

func (w *world) writeStatements() error {
	return w.writeEach("What contributions say of agreements", w.organizations/5, func(i int) norms.Edit { return w.statement(i) }, nil)
}

func (w *world) statement(i int) norms.PutStatement {
	r := w.rand(kindStatement, i)
	o := i * 5
	l := w.speaks(o)
	e := norms.PutStatement{
		Kind: one(r, norms.StatementKinds), Title: l.fill(r, one(r, l.headings)), Organization: organizationSlug(o), Question: r.IntN(norms.MaxQuestion + 1),
		Stance: one(r, norms.Stances), Summary: l.text(r, 200), Source: contributionSlug(o), Place: fmt.Sprintf("page %d", 1+r.IntN(30)),
	}
	s := w.slotOf(w.popularity.one(r))
	if percent(r, 50) {
		e.Principle = ref(s, 0)
	} else {
		e.Agreement = agreementSlug(s.agreement)
	}
	return e
}

// opinion is an assessment that is to be answered.
type opinion struct {
	assessment numbered
	carrier    int
}

// answerers bounds how many organizations answer.
const answerers = 20

// writeAssessments assesses the links of one initiative in fifty: what is
// said of them, by their numbers, is known to the record only.
func (w *world) writeAssessments() error {
	var edits []norms.Edit
	var of []int // the initiative of each
	for i := 0; i < w.initiatives; i += 50 {
		links, err := w.door.Links(initiativeSlug(i))
		if err != nil {
			return fmt.Errorf("reading the links of %s: %w", initiativeSlug(i), err)
		}
		for n, l := range links[:min(3, len(links))] {
			edits, of = append(edits, w.assessment(i, n, l)), append(of, i)
		}
	}
	var disputed []opinion
	err := w.writeEach("What others make of the links", len(edits), func(at int) norms.Edit { return edits[at] }, func(at int, id, rev int64) {
		if edits[at].(norms.PutAssessment).View != norms.Agrees && len(disputed) < answerers {
			disputed = append(disputed, opinion{numbered{id, rev}, w.carrier(of[at])})
		}
	})
	if err != nil {
		return err
	}
	return w.writeAnswers(disputed)
}

// assessment is what somebody makes of one of the first links of an initiative.
func (w *world) assessment(i, n int, l norms.LinkRow) norms.PutAssessment {
	r := w.rand(kindAssessment, i<<3+n)
	e := norms.PutAssessment{Link: l.ID, Assessor: norms.ByCurator, View: norms.Agrees, Rationale: english.fill(r, one(r, english.sentences))}
	if percent(r, 40) {
		e.View = one(r, norms.Views[1:])
	}
	if o := organizationSlug(w.stranger(r, i)); percent(r, 30) && o != l.Asserter {
		e.Assessor, e.Organization = norms.ByThirdParty, o
	}
	return e
}

// writeAnswers lets the organizations answer, each in its own name.
func (w *world) writeAnswers(disputed []opinion) error {
	for _, d := range disputed {
		by := w.person(d.carrier)
		by.Organization = organizationSlug(d.carrier)
		by.Email, by.Name = fmt.Sprintf("synthetic-%s@example.org", by.Organization), "Synthetic voice of "+by.Organization
		answer := norms.PutAnswer{Assessment: d.assessment.id, Version: d.assessment.rev, Text: english.text(w.rand(kindAssessment, d.carrier+1<<32), 120)}
		if _, err := w.write(by, "An answer in the organization's own words", []norms.Edit{answer}); err != nil {
			return err
		}
	}
	return nil
}
