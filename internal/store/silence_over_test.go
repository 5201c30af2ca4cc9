package store_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// Silence adopts what people were shown when the day was announced: whatever
// comes to a proposal afterwards ends it, and the discussion says so.
func TestSilenceAdoptsOnlyWhatWasShown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(r reviewed) error
		ends   bool
		says   string
	}{
		"an edit is added": {func(r reviewed) error {
			_, err := r.s.Propose(r.t.Context(), r.proposer, norms.Staging{Reason: "and this", Edits: []norms.Edit{newInitiative("slipped-in")}, Into: r.id})
			return err
		}, true, "edits were added"},
		"an edit is revised": {func(r reviewed) error {
			e := newInitiative("one-a")
			e.Title = "Something else"
			return r.s.ReviseEdit(r.t.Context(), r.proposer, r.id, 1, 1, e)
		}, true, "edit 1 was changed"},
		"a reviewer corrects an edit": {func(r reviewed) error {
			e := newInitiative("one-a")
			e.Title = "Something else"
			return r.s.DecideEdits(r.t.Context(), r.reviewer, r.id, norms.EditDecision{Position: 1, Version: 1, Verdict: norms.Corrected, Edit: e})
		}, true, "corrected edit 1"},
		"somebody writes to the table": {func(r reviewed) error {
			_, err := r.pool.Exec(r.t.Context(), "insert into proposal_edit (proposal_id, position, version, edit, by_id) select id, 9, 1, '{}', proposer_id from proposal")
			return err
		}, true, ""},
		"an edit is taken out": {func(r reviewed) error { return r.s.ReviseEdit(r.t.Context(), r.proposer, r.id, 1, 1, nil) }, false, ""},
		"an edit is accepted":  {func(r reviewed) error { return r.decide(1, norms.Accepted) }, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := proposed(t, newInitiative("one-a"), newInitiative("one-b"))
			must(t, r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
			must(t, c.change(r))
			var day *string
			must(t, r.pool.QueryRow(t.Context(), "select adopt_on::text from proposal").Scan(&day))
			if (day == nil) != c.ends {
				t.Errorf("ended: %v, want %v", day == nil, c.ends)
			}
			if done := r.adopt(firstDay.AddDate(0, 0, 7)); (len(done) == 0) != c.ends {
				t.Errorf("adopted %+v", done)
			}
			if c.says == "" {
				return
			}
			var said []string
			for _, m := range r.proposal().Comments {
				said = append(said, m.Text)
			}
			if all := strings.Join(said, "\n"); strings.Count(all, c.says) != 1 || strings.Count(all, string(inAWeek)) != 1 {
				t.Errorf("comments %q, want one that says %q", said, c.says)
			}
		})
	}
}

// What a person says by name is theirs: a reviewer rejects it or says something
// of their own.
func TestNobodyCorrectsWhatIsSaidByName(t *testing.T) {
	t.Parallel()
	first := proposed(t, newInitiative("one-a"))
	link, _ := someLink(t, first.pool)
	byName, thirdParty := anAssessment(link), anAssessment(link)
	thirdParty.Assessor, thirdParty.Organization = norms.ByThirdParty, "cybersecurity-tech-accord"
	r := first
	r.id = r.propose(byName, aReview("paris-call/4"), thirdParty)
	otherWords, otherNote := byName, aReview("paris-call/4")
	otherWords.Rationale, otherNote.Note = "My words under your name.", "My words under your name."
	theirs := thirdParty
	theirs.Rationale = "As the report has it."
	disguised := byName
	disguised.Assessor, disguised.Organization = norms.ByThirdParty, "cybersecurity-tech-accord"
	for _, c := range []struct {
		position int
		instead  norms.Edit
		want     norms.Kind
	}{{1, otherWords, norms.Conflict}, {1, disguised, norms.Conflict}, {2, otherNote, norms.Conflict}, {3, byName, norms.Conflict}, {3, theirs, 0}} {
		err := r.s.DecideEdits(t.Context(), r.reviewer, r.id, norms.EditDecision{Position: c.position, Version: 1, Verdict: norms.Corrected, Edit: c.instead})
		if norms.KindOf(err) != c.want || c.want == 0 && err != nil || c.want != 0 && !strings.Contains(err.Error(), "record your own") {
			t.Errorf("correcting edit %d to %+v: %v, want kind %d", c.position, c.instead, err, c.want)
		}
	}
	must(t, r.s.ReviseEdit(t.Context(), r.proposer, r.id, 1, 1, otherWords)) // their own words they may change
}
