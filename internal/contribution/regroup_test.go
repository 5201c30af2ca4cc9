package contribution_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const twoSchools = `# What we do

- We run a help desk for schools.

(Paris Call principle 1)

- We train teachers.

(Paris Call principle 1)

(GCSC norm 5)
`

// edits are those of a proposal, by position.
func (d desk) edits(id int64) []norms.ProposedEdit {
	d.Helper()
	p, err := d.store.Proposal(d.Context(), d.reviewer, id, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		d.Fatal(err)
	}
	return p.List
}

// at is the edit of a proposal that says something.
func (d desk) at(id int64, says string) norms.ProposedEdit {
	d.Helper()
	list := d.edits(id)
	i := slices.IndexFunc(list, func(e norms.ProposedEdit) bool {
		switch put := e.Edit.(type) {
		case norms.PutInitiative:
			return strings.Contains(put.Title, says) && e.Waits()
		case norms.PutCitationLine:
			return strings.Contains(put.Text, says) && e.Waits()
		}
		return false
	})
	if i < 0 {
		d.Fatalf("no edit says %q", says)
	}
	return list[i]
}

// about regroups an edit as its form does that was just opened.
func (d desk) about(id int64, e norms.ProposedEdit, do norms.RegroupKind) norms.Regrouping {
	d.Helper()
	g := norms.Regrouping{Do: do, EditSeen: e.Shown()}
	for _, along := range norms.GoAlong(d.edits(id), e.Position) {
		g.With = append(g.With, along.Shown())
	}
	return g
}

// cited tells what each live initiative of a proposal cites, and where.
func (d desk) cited(id int64) map[string][]string {
	d.Helper()
	titles, out := map[string]string{}, map[string][]string{}
	list := d.edits(id)
	for _, e := range list {
		if put, ok := e.Edit.(norms.PutInitiative); ok && e.Waits() && e.Decision != norms.Rejected {
			titles[put.Slug] = put.Title
			out[put.Title] = nil
		}
	}
	for _, e := range list {
		line, ok := e.Edit.(norms.PutCitationLine)
		if ok && e.Waits() && e.Decision != norms.Rejected {
			if titles[line.Initiative] == "" {
				titles[line.Initiative] = line.Initiative
			}
			of := titles[line.Initiative]
			out[of] = append(out[of], line.Text)
		}
	}
	return out
}

// regroups lets the proposer or the reviewer regroup, and fails the test unless
// that is taken.
func (d desk) regroups(by account.Actor, id int64, g norms.Regrouping) {
	d.Helper()
	if err := d.store.Regroup(d.Context(), by, id, g); err != nil {
		d.Fatal(err)
	}
}

// Merging keeps both printed lines, told apart by what stands before them, and
// each still stands at its place in the text.
func TestMergedInitiativesKeepWhatBothCite(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"proposer", "reviewer"} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			by := map[string]account.Actor{"proposer": d.proposer, "reviewer": d.reviewer}[who]
			sent := d.sends("letter.md", twoSchools)
			id := sent.Proposal
			g := d.about(id, d.at(id, "We train"), norms.MergeInitiative)
			g.Into = d.at(id, "help desk").Edit.(norms.PutInitiative).Slug
			d.regroups(by, id, g)
			want := map[string][]string{"We run a help desk for schools": {"(Paris Call principle 1)", "- We train teachers.\n\n(Paris Call principle 1)", "(GCSC norm 5)"}}
			if diff := cmp.Diff(want, d.cited(id)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			d.publishes(id)
			src, err := d.store.Source(t.Context(), sent.Source)
			if err != nil || len(src.Held.Marks) != 3 || len(src.Held.Astray) != 0 || src.InitiativeCount != 1 {
				t.Errorf("its text shows %+v, %v", src, err)
			}
		})
	}
}

// publishes accepts what is left and applies it.
func (d desk) publishes(id int64) norms.Applied {
	d.Helper()
	p, err := d.store.Proposal(d.Context(), d.reviewer, id, norms.Page{})
	if err != nil {
		d.Fatal(err)
	}
	if p.Undecided > 0 {
		if _, err := d.store.AcceptRemaining(d.Context(), d.reviewer, id, p.Version); err != nil {
			d.Fatal(err)
		}
	}
	done, err := d.store.ApplyProposal(d.Context(), d.reviewer, id)
	if err != nil {
		d.Fatal(err)
	}
	return done
}

func TestASplitInitiativeTakesTheLinesFromThereOn(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"proposer", "reviewer"} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			by := map[string]account.Actor{"proposer": d.proposer, "reviewer": d.reviewer}[who]
			id := d.sends("letter.md", twoSchools).Proposal
			g := d.about(id, d.at(id, "GCSC"), norms.SplitInitiative)
			g.New = d.at(id, "We train").Edit.(norms.PutInitiative)
			g.New.Slug, g.New.Title = "teachers-of-teachers", "Teachers of teachers"
			d.regroups(by, id, g)
			want := map[string][]string{"We run a help desk for schools": {"(Paris Call principle 1)"},
				"We train teachers": {"(Paris Call principle 1)"}, "Teachers of teachers": {"(GCSC norm 5)"}}
			if diff := cmp.Diff(want, d.cited(id)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if done := d.publishes(id); done.Revision == 0 {
				t.Error("nothing was published")
			}
		})
	}
}

// A line can be given to an initiative of the proposal that stands after it, and
// to a recorded one.
func TestALineIsGivenToAnotherInitiative(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.sends("letter.md", twoSchools).Proposal
	lines := func(i norms.ProposedEdit) norms.Regrouping { return d.about(id, i, norms.MoveLine) }
	first := d.at(id, "help desk").Edit.(norms.PutInitiative).Slug
	g := lines(d.at(id, "GCSC"))
	for _, into := range []string{first, d.at(id, "We train").Edit.(norms.PutInitiative).Slug} {
		g = lines(d.at(id, "GCSC"))
		g.Into = into
		d.regroups(d.proposer, id, g)
	}
	if err := d.store.Regroup(t.Context(), d.proposer, id, g); norms.KindOf(err) != norms.Conflict {
		t.Errorf("an older version of a line is moved: %v", err)
	}
	g = lines(d.at(id, "GCSC"))
	g.Into = "nobody-knows"
	if err := d.store.Regroup(t.Context(), d.proposer, id, g); norms.KindOf(err) != norms.Conflict {
		t.Errorf("a line goes to an initiative that nobody knows: %v", err)
	}
	g.Into = "microsoft-newsguard"
	d.regroups(d.reviewer, id, g)
	want := map[string][]string{"We run a help desk for schools": {"(Paris Call principle 1)"}, "We train teachers": {"(Paris Call principle 1)"},
		"microsoft-newsguard": {"(GCSC norm 5)"}}
	if diff := cmp.Diff(want, d.cited(id)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	d.publishes(id)
}

// Of two who regroup the same at once one is told so, and nothing is lost.
func TestTwoWhoRegroupAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.sends("letter.md", twoSchools).Proposal
	merge := d.about(id, d.at(id, "We train"), norms.MergeInitiative)
	merge.Into = d.at(id, "help desk").Edit.(norms.PutInitiative).Slug
	var each sync.WaitGroup
	errs := make([]error, 2)
	for i, by := range []account.Actor{d.proposer, d.reviewer} {
		each.Go(func() { errs[i] = d.store.Regroup(t.Context(), by, id, merge) })
	}
	each.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("they are told %v and %v", errs[0], errs[1])
	}
	if err := eitherOf(errs[0], errs[1]); norms.KindOf(err) != norms.Conflict {
		t.Errorf("the later one is told %v", err)
	}
	if got := d.cited(id); len(got) != 1 || len(got["We run a help desk for schools"]) != 3 {
		t.Errorf("they cite %v", got)
	}
	other := d.person("olga", account.Editor)
	if err := d.store.Regroup(t.Context(), other, id, merge); norms.KindOf(err) != norms.Forbidden {
		t.Errorf("an editor who did not propose it is told %v", err)
	}
}

// What others decided since a form was opened is not overwritten by it, and
// nothing goes along that it did not show.
func TestRegroupingKeepsWhatOthersDecidedMeanwhile(t *testing.T) {
	t.Parallel()
	for _, do := range []norms.RegroupKind{norms.MergeInitiative, norms.SplitInitiative} {
		t.Run(string(do), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			id := d.sends("letter.md", twoSchools).Proposal
			last := d.at(id, "GCSC")
			at := d.at(id, "We train")
			g := d.about(id, at, do)
			if do == norms.SplitInitiative {
				g = d.about(id, d.edits(id)[last.Position-2], do)
				g.New = at.Edit.(norms.PutInitiative)
				g.New.Slug, g.New.Title = "others", "Others"
			} else {
				g.Into = d.at(id, "help desk").Edit.(norms.PutInitiative).Slug
			}
			unseen := g
			unseen.With = nil
			if err := d.store.Regroup(t.Context(), d.reviewer, id, unseen); norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "did not show") {
				t.Errorf("lines go along that were not shown: %v", err)
			}
			decided := norms.EditDecision{Position: last.Position, Version: last.Version, Verdict: norms.Accepted}
			if err := d.store.DecideEdits(t.Context(), d.person("otto", account.Reviewer), id, decided); err != nil {
				t.Fatal(err)
			}
			for _, by := range []account.Actor{d.proposer, d.reviewer} {
				err := d.store.Regroup(t.Context(), by, id, g)
				if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "otto decided about edit") {
					t.Errorf("%s overwrites it: %v", by.Name, err)
				}
			}
			if now := d.at(id, "GCSC"); now.Decision != norms.Accepted || now.DecidedBy != "otto" {
				t.Errorf("it is %s by %s now", now.Decision, now.DecidedBy)
			}
			again := d.about(id, d.edits(id)[g.Position-1], do)
			g.EditSeen, g.With = again.EditSeen, again.With
			d.regroups(d.reviewer, id, g)
		})
	}
}

// eitherOf is the error that is there.
func eitherOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// What was decided about a label before its line is recorded is recorded with
// it, in the name of whoever accepts that.
func TestALabelIsDecidedBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	sent := d.sends("letter.md", twoSchools)
	id := sent.Proposal
	e := d.at(id, "GCSC")
	line := e.Edit.(norms.PutCitationLine)
	line.Decided = []norms.LabelDecided{{Reference: 1, Label: "5", Decision: "resolve", Principle: "paris-call/5", Note: "It means the final report"}}
	decision := norms.EditDecision{Position: e.Position, Version: e.Version, Verdict: norms.Corrected, Edit: line}
	if err := d.store.DecideEdits(t.Context(), d.reviewer, id, decision); norms.KindOf(err) != norms.Invalid {
		t.Errorf("a principle of another agreement is taken: %v", err)
	}
	line.Decided = slices.Clone(line.Decided)
	line.Decided[0].Principle = "gcsc/5"
	decision.Edit = line
	if err := d.store.DecideEdits(t.Context(), d.reviewer, id, decision); err != nil {
		t.Fatal(err)
	}
	before := d.stats()
	d.publishes(id)
	if got := more(before, d.stats()); got["links"] != 3 || got["unresolved"] != 0 {
		t.Errorf("the record grew by %v", got)
	}
	list, err := d.store.Citations(t.Context(), norms.CitationFilter{Source: sent.Source}, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Items, func(c norms.CitationRow) bool { return c.Name == "GCSC" })
	if i < 0 || list.Items[i].Principle != "gcsc/5" || list.Items[i].DecidedBy != "rita" || list.Items[i].Note != "It means the final report" || len(list.Items[i].Candidates) != 3 {
		t.Errorf("it is recorded as %+v", list.Items)
	}
}
