package page

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// Desk is a proposal beside the text that it was made of, to whom may do what.
type Desk struct {
	Refusal
	norms.Desk
	Typed url.Values // into a form of the page that was not taken
	Actor account.Actor
}

// Own tells whether the reader proposed it.
func (m Desk) Own() bool { return m.Actor.ID == m.ProposerID }

// Decides tells whether the reader may decide on it.
func (m Desk) Decides() bool { return m.Open() && !m.Own() && m.Actor.Can(account.DecideProposals) }

// Works tells whether the reader may do anything about an edit.
func (m Desk) Works(c norms.DeskCard) bool {
	return m.Open() && (m.Own() || m.Decides()) && c.Waits()
}

// action is where the forms of the page lead: to the same piece of the text.
func (m Desk) action() string { return m.at(m.Start) }

func (m Desk) at(place int) string {
	if place <= 0 {
		return href.ProposalText(m.ID)
	}
	return href.With(href.ProposalText(m.ID), "place", strconv.Itoa(place))
}

// link leads to an edit, on this page or on that of its place.
func (m Desk) link(p norms.DeskPlace) string {
	if m.shows(p) {
		return "#edit-" + strconv.Itoa(p.Position)
	}
	return href.ProposalTextAt(m.ID, p.Place, p.Position)
}

// next is the edit that waits after another one in the text, or else the first
// that does; false when nothing else waits.
func (m Desk) next(c norms.DeskCard) (norms.DeskPlace, bool) { return m.after(c, 1) }

// previous is the one before.
func (m Desk) previous(c norms.DeskCard) (norms.DeskPlace, bool) { return m.after(c, -1) }

func (m Desk) after(c norms.DeskCard, step int) (norms.DeskPlace, bool) {
	i := slices.IndexFunc(m.Waiting, func(p norms.DeskPlace) bool { return p.Position == c.Position })
	if n := len(m.Waiting); i >= 0 && n > 1 {
		return m.Waiting[(i+step+n)%n], true
	}
	return norms.DeskPlace{}, false
}

// nextBesides is the next that waits besides the lines of an initiative.
func (m Desk) nextBesides(c norms.DeskCard) (norms.DeskPlace, bool) {
	lines := m.lines(c)
	i := slices.IndexFunc(m.Waiting, func(p norms.DeskPlace) bool { return p.Position == c.Position })
	for n := 1; i >= 0 && n < len(m.Waiting); n++ {
		if p := m.Waiting[(i+n)%len(m.Waiting)]; !slices.Contains(lines, p) {
			return p, len(lines) > 0
		}
	}
	return norms.DeskPlace{}, false
}

// nextValue is an edit as forms carry it along.
func nextValue(p norms.DeskPlace) string {
	return strconv.Itoa(p.Place) + " " + strconv.Itoa(p.Position)
}

// withValue is an edit as it is shown, for a form that is about it, too.
func withValue(e norms.EditSeen) string {
	return strconv.Itoa(e.Position) + " " + strconv.Itoa(e.Version) + " " + strconv.FormatInt(e.Seen, 10)
}

// shows tells whether an edit is on this page of the text: nobody decides about
// what they cannot see.
func (m Desk) shows(p norms.DeskPlace) bool {
	return p.Place < 0 || p.Place >= m.Start && p.Place < m.End
}

// lines are the undecided lines of an initiative that are on the page.
func (m Desk) lines(c norms.DeskCard) []norms.DeskPlace {
	return slices.DeleteFunc(slices.Clone(c.Lines), func(p norms.DeskPlace) bool { return !m.shows(p) })
}

// showsAlong tells whether all that would go along with an initiative is on the
// page.
func (m Desk) showsAlong(c norms.DeskCard) bool {
	return !slices.ContainsFunc(c.Along, func(p norms.DeskPlace) bool { return !m.shows(p) })
}

// deskState is how far an edit is, in a word and with a tone.
func deskState(ctx context.Context, c norms.DeskCard) (tone, word string) {
	switch {
	case c.State == norms.EditOut || c.State == norms.EditApplied:
		return "", ui.EditState(ctx, c.State)
	case c.Decision == norms.Undecided:
		return "note", words.Text(ctx, "desk.waiting")
	case c.Decision == norms.Rejected:
		return "warn", words.Text(ctx, "proposal.decided", "Verdict", ui.Verdict(ctx, c.Decision), "By", c.DecidedBy)
	}
	return "", words.Text(ctx, "proposal.decided", "Verdict", ui.Verdict(ctx, c.Decision), "By", c.DecidedBy)
}

// deskHeading says what a card is about.
func deskHeading(ctx context.Context, c norms.DeskCard) string {
	switch put := c.Edit.(type) {
	case norms.PutInitiative:
		return put.Title
	case norms.PutCitationLine:
		return words.Text(ctx, "desk.line")
	case norms.PutSource:
		return words.Text(ctx, "desk.source", "Title", put.Title)
	case norms.PutSourceText:
		if put.Replaces != "" {
			return words.Text(ctx, "desk.new_text")
		}
		return words.Text(ctx, "desk.text")
	case norms.ResolveCitation:
		return words.Text(ctx, "desk.decides")
	}
	return otherHeading(ctx, c)
}

// otherHeading says what an edit is about that is no part of reading a document:
// the first thing that it changes.
func otherHeading(ctx context.Context, c norms.DeskCard) string {
	changes := shownChanges(c.ProposedEdit)
	if len(changes) == 0 {
		return editHeading(ctx, c.ProposedEdit)
	}
	about := changes[0].Thing
	name := titleOr(about.Name, about.Key)
	if _, goes := c.Edit.(norms.Withdraw); goes {
		return words.Text(ctx, "desk.withdraws", "Name", name)
	}
	return words.Text(ctx, "desk.changes", "Kind", ui.ThingKind(ctx, about.Kind), "Name", name)
}

// shownFields are the fields of a change but for who decided: whoever accepts it
// does, and nobody has yet.
func shownFields(c norms.Change) norms.Change {
	c.Fields = slices.DeleteFunc(slices.Clone(c.Fields), func(f norms.Changed) bool { return f.Field == "decided_by" || f.Field == "decided_by_id" })
	return c
}

// deskAddress is the page of what an edit changes, "" when it has none.
func deskAddress(c norms.DeskCard, changed norms.Change) string {
	if put, ok := c.Edit.(norms.ResolveCitation); ok && changed.Thing.Kind == "citation" {
		return href.CitationEdit(put.ID)
	}
	return changedAddress(c.ProposedEdit, changed)
}

// placed tells whether any of a line is said to stand at a place of the text. What
// stands nowhere in it is an answer, not a quotation.
func placed(line norms.PutCitationLine) bool {
	return slices.ContainsFunc(line.References, func(r norms.Reference) bool { return r.Start >= 0 })
}

// kindUnsaid tells whether the kind of an initiative was taken because its document
// does not say it, and nobody has said another yet.
func (m Desk) kindUnsaid(c norms.DeskCard, e norms.PutInitiative) bool {
	return m.MadeFrom == "import" && e.Version == 0 && e.Kind == norms.UnsaidKind && c.Waits()
}

// ofDocument are the cards about the document as a whole, and elsewhere those about
// what has no place in its text.
func (m Desk) ofDocument() []norms.DeskCard {
	return slices.DeleteFunc(slices.Clone(m.Besides), func(c norms.DeskCard) bool { return !aboutDocument(c) })
}

func (m Desk) elsewhere() []norms.DeskCard {
	return slices.DeleteFunc(slices.Clone(m.Besides), aboutDocument)
}

func aboutDocument(c norms.DeskCard) bool {
	switch c.Edit.(type) {
	case norms.PutSource, norms.PutSourceText:
		return true
	}
	return false
}

// deskFacts are what an initiative's card says of it in a line.
func deskFacts(ctx context.Context, e norms.PutInitiative) string {
	facts := []string{ui.InitiativeKind(ctx, e.Kind), ui.Status(ctx, e.Status)}
	if e.DueOn != "" {
		facts = append(facts, words.Text(ctx, "desk.due", "On", ui.DateWords(ctx, e.DueOn)))
	}
	return strings.Join(facts, " · ")
}

// languageWord names a language, or says its tag where that has no name here.
func languageWord(ctx context.Context, tag string) string {
	if name, ok := words.Known(ctx, "import.language."+tag); ok {
		return name
	}
	return titleOr(tag, words.Text(ctx, "record.not_recorded"))
}

// markClass says by shape how far what is cited at a place is.
func markClass(k norms.DeskMark) string {
	switch {
	case k.Decision == norms.Undecided && k.Unresolved:
		return "doubtful"
	case k.Decision == norms.Undecided:
		return "undecided"
	}
	return string(k.Decision)
}

// deskStretch is a stretch of a passage: plain, or what cites something.
type deskStretch struct {
	Text string
	Mark *norms.DeskMark
}

// deskStretches cuts a passage at its marks. Of marks that overlap the first is
// shown; places to look at have an anchor at least.
func deskStretches(p norms.DeskPassage) []deskStretch {
	var out []deskStretch
	runes, at := []rune(p.Text), 0
	for _, k := range p.Marks {
		from, to := k.Start-p.Start, min(k.End-p.Start, len(runes))
		if from < at || to <= from {
			if k.Problem > 0 {
				out = append(out, deskStretch{"", &k}) // links lead to it
			}
			continue
		}
		if from > at {
			out = append(out, deskStretch{Text: string(runes[at:from])})
		}
		out = append(out, deskStretch{string(runes[from:to]), &k})
		at = to
	}
	return append(out, deskStretch{Text: string(runes[at:])})
}

// look leads to the words of a place to look at, on this page or on theirs.
func (m Desk) look(p norms.DeskProblem) string {
	if p.Start >= m.Start && p.Start < m.End {
		return "#" + href.LookAt(p.Number)
	}
	return href.ProposalLook(m.ID, p.Start, p.Number)
}

// lookAt are the first places to look at, each with the way to its words.
func (m Desk) lookAt() []ReadPlace {
	var out []ReadPlace
	for _, p := range m.ToLookAt[:min(len(m.ToLookAt), norms.MaxProblems)] {
		out = append(out, ReadPlace{Line: p.Line, Text: p.Text, What: p.Message, To: m.look(p)})
	}
	return out
}

// noted are the places to look at beside a passage that no card tells of: a card
// has the same words, and what is wrong with them as of now.
func noted(p norms.DeskPassage) []norms.DeskProblem {
	return slices.DeleteFunc(slices.Clone(p.Problems), func(problem norms.DeskProblem) bool {
		return problem.Kind != "outside_initiatives" && slices.ContainsFunc(p.Marks, func(k norms.DeskMark) bool {
			return k.Edit > 0 && k.Start == problem.Start && k.End == problem.End
		})
	})
}

// noteID is the note about a place to look at.
func noteID(p norms.DeskProblem) string { return "look-" + strconv.Itoa(p.Number) }

// passageOf is the initiative to which a passage belongs that has no card beside
// it; false when it needs no name.
func (m Desk) passageOf(p norms.DeskPassage) (norms.DeskInitiative, bool) {
	own := slices.ContainsFunc(p.Cards, func(c norms.DeskCard) bool { return c.Position == p.Of })
	i := slices.IndexFunc(m.Initiatives, func(i norms.DeskInitiative) bool { return i.Position == p.Of })
	if own || i < 0 {
		return norms.DeskInitiative{}, false
	}
	return m.Initiatives[i], true
}

// initiativeLink leads to an initiative: to its card, or to its page when it is
// recorded.
func initiativeLink(i norms.DeskInitiative) string {
	if i.Position > 0 {
		return "#edit-" + strconv.Itoa(i.Position)
	}
	return href.Initiative(i.Slug)
}

// choiceName is the name of a field about one label of a line.
func choiceName(field string, c norms.DeskCard, n int) string {
	return field + "_" + strconv.Itoa(c.Position) + "_" + strconv.Itoa(n)
}

// choices are what a label may be said to mean: its candidates, or nothing.
func choices(ctx context.Context, meaning norms.DeskMeaning) []ui.Option {
	var out []ui.Option
	for _, c := range meaning.Candidates {
		out = append(out, ui.Option{Value: c.Principle, Label: c.Principle + " " + c.Title, Hint: c.Reason})
	}
	return append(out, ui.Option{Value: "set_aside", Label: words.Text(ctx, "desk.choose.set_aside")})
}

// labelNumber counts the labels of a line through, so that each has fields of
// its own.
func labelNumber(c norms.DeskCard, ref, label int) int {
	n := label
	for _, r := range c.References[:ref] {
		n += len(r.Citations)
	}
	return n
}

// RegroupForm gives what an edit says to another initiative, or parts one in
// two, or says otherwise what a line cites.
type RegroupForm struct {
	Refusal
	Proposal int64
	Edit     norms.ProposedEdit
	Title    string // of the initiative, or of that of the line
	Action   string
	Cancel   string
	Into     Control   // the initiative that takes it
	Split    []Control // of the new initiative; none where nothing can be split off
	Cites    []Control // what the line cites; none for an initiative
	Own      bool
	Along    []norms.DeskCard // what goes along with it
}

// alongHeading says what goes along.
func alongHeading(ctx context.Context, c norms.DeskCard) string {
	if line, ok := c.Edit.(norms.PutCitationLine); ok {
		return norms.Mask(line.Text)
	}
	return deskHeading(ctx, c)
}

// RegroupWord says what the form does that gives what an edit says to another
// initiative.
func RegroupWord(ctx context.Context, e norms.Edit) string {
	if _, line := e.(norms.PutCitationLine); line {
		return words.Text(ctx, "desk.regroup_line")
	}
	return words.Text(ctx, "desk.regroup_initiative")
}

// regroups tells whether a card is about something that can be grouped
// otherwise.
func regroups(c norms.DeskCard) bool {
	switch put := c.Edit.(type) {
	case norms.PutInitiative:
		return put.Version == 0 && c.Decision != norms.Rejected
	case norms.PutCitationLine:
		return c.Decision != norms.Rejected
	}
	return false
}

// recordAgreement is the form for an agreement that a text names and nobody has
// recorded.
func recordAgreement(m Desk, r norms.DeskReference) string {
	address := href.With(href.AgreementNew(), "title", r.Name, "short_title", r.Name)
	if m.Own() {
		return href.Into(address, m.ID)
	}
	return address
}
