package page

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// ProposalList is what the list of proposals shows. Of is whose: "" for
// everybody's, mine or to_review.
type ProposalList struct {
	norms.List[norms.ProposalRow]
	State string // as asked, all for every state
	Of    string
}

// Address is that of the list as filtered, from its beginning.
func (l ProposalList) Address() string {
	return href.With(href.Proposals(), "state", l.State, "of", l.Of)
}

func (l ProposalList) states(ctx context.Context) []ui.Option {
	return append(ui.Options(ctx, norms.ProposalStates, ui.ProposalState), ui.Option{Value: "all", Label: words.Text(ctx, "record.any")})
}

func (l ProposalList) whose(ctx context.Context, f ui.Frame) []ui.Option {
	out := []ui.Option{{Label: words.Text(ctx, "proposals.filter.all")}, {Value: "mine", Label: words.Text(ctx, "proposals.filter.mine")}}
	if f.Actor.Can(account.DecideProposals) {
		out = append(out, ui.Option{Value: "to_review", Label: words.Text(ctx, "proposals.filter.to_review")})
	}
	return out
}

// Review is a proposal as its page shows it, to whom may do what.
type Review struct {
	Refusal
	norms.Proposal
	Typed      url.Values // into a form of the page that was not taken
	Actor      account.Actor
	NewVersion *norms.NewVersion // that its text would be of a recorded source; nil for most
}

// Own tells whether the reader proposed it.
func (m Review) Own() bool { return m.Actor.ID == m.ProposerID }

// Decides tells whether the reader may decide on it.
func (m Review) Decides() bool { return m.Open() && !m.Own() && m.Actor.Can(account.DecideProposals) }

// ownWord says to whoever proposed something who decides on it.
func ownWord(ctx context.Context, by account.Actor) string {
	if by.Can(account.DecideProposals) {
		return words.Text(ctx, "proposal.own_reviewer")
	}
	return words.Text(ctx, "proposal.own")
}

// Announces tells whether the reader may let silence adopt it.
func (m Review) Announces() bool {
	return m.Open() && !m.settled() && (m.Actor.Can(account.DecideProposals) || m.Own() && m.Actor.Can(account.EditMappings))
}

// SetsAside tells whether the reader may set an objection aside.
func (m Review) SetsAside(o norms.Objection) bool {
	return m.Decides() && o.RulingBy == "" && o.ByID != m.Actor.ID
}

// acceptable tells whether an undecided edit can be accepted as it is. Of those
// that other pages of the proposal show, that is not known here.
func (m Review) acceptable() bool {
	shown := 0
	for _, e := range m.List {
		if !e.Waits() || e.Decision != norms.Undecided {
			continue
		}
		if e.State == norms.EditReady || e.State == norms.EditDone {
			return true
		}
		shown++
	}
	return shown < m.Undecided
}

// bringsText tells whether it was made of a text, beside which it can be read.
func (m Review) bringsText() bool {
	return slices.ContainsFunc(m.List, func(e norms.ProposedEdit) bool {
		_, text := e.Edit.(norms.PutSourceText)
		return text && m.MadeFrom == "import"
	})
}

// lookAt are the places to look at, each with the way to its words beside the others.
func (m Review) lookAt() []ReadPlace {
	out := make([]ReadPlace, len(m.ToLookAt))
	for i, p := range m.ToLookAt {
		out[i] = ReadPlace{Line: p.Line, Text: p.Text, What: p.Message, To: href.ProposalLook(m.ID, p.Start, i+1)}
	}
	return out
}

// readsText tells whether the reader may see that text: it is public when it is
// applied, and before for whoever sent it and for those who may publish it.
func (m Review) readsText() bool {
	return m.Own() || m.Actor.Can(account.EditMappings) || slices.ContainsFunc(m.List, func(e norms.ProposedEdit) bool {
		_, text := e.Edit.(norms.PutSourceText)
		return text && e.State == norms.EditApplied
	})
}

// settled tells whether nothing is accepted and nothing is left to decide.
func (m Review) settled() bool { return m.Ready == 0 && m.Undecided == 0 }

// closing says what closing a settled proposal ends.
func (m Review) closing(ctx context.Context) string {
	if m.Applied > 0 {
		return words.Text(ctx, "proposal.do.close")
	}
	return words.Text(ctx, "proposal.do.close_rejected")
}

func (m Review) counts(ctx context.Context) string {
	return words.Text(ctx, "proposal.counts", "Edits", words.Count(ctx, "proposal.n_edits", m.Edits), "Undecided", ui.Number(m.Undecided),
		"Ready", ui.Number(m.Ready), "Rejected", ui.Number(m.Rejected), "Applied", ui.Number(m.Applied))
}

// changedAddress is where a changed row is shown. A new one is only when it was
// applied, and under its name: numbers are given when it is written.
func changedAddress(e norms.ProposedEdit, c norms.Change) string {
	k, _ := norms.RecordKindOf(c.Thing.Kind)
	if c.Action == "added" && (e.Changeset == 0 || k.Name == "" || k.Keyed == norms.ByNumber) {
		return ""
	}
	return href.Thing(c.Thing)
}

// NewInitiative is the initiative that an edit adds.
func NewInitiative(e norms.ProposedEdit) (norms.PutInitiative, bool) {
	put, ok := e.Edit.(norms.PutInitiative)
	return put, ok && put.Version == 0 && e.Waits() && e.Decision != norms.Rejected && e.State != norms.EditDone
}

// newOrganization is the organization that an edit adds, "" for none.
func newOrganization(e norms.ProposedEdit) string {
	put, ok := e.Edit.(norms.PutOrganization)
	if !ok || put.Version != 0 || e.Decision == norms.Rejected || e.State == norms.EditDone {
		return ""
	}
	return put.Slug
}

// heading says what an edit would do, in words.
func editHeading(ctx context.Context, e norms.ProposedEdit) string {
	c := shownChanges(e)
	if len(c) == 0 {
		return words.Text(ctx, "proposal.edit_nothing", "N", e.Position)
	}
	return words.Text(ctx, "proposal.edit", "N", e.Position, "Action", words.Of(ctx, "proposal.action", c[0].Action), "Kind", ui.ThingKind(ctx, c[0].Thing.Kind))
}

// shownChanges are those to the record as it is now or, where there are none,
// those to the record as it was.
func shownChanges(e norms.ProposedEdit) []norms.Change {
	if len(e.Now) > 0 {
		return e.Now
	}
	return e.Base
}

// listedChanges are those that are shown one by one. What follows from a new version
// of a text is told as a whole: where its references stand.
func listedChanges(e norms.ProposedEdit) []norms.Change {
	put, ok := e.Edit.(norms.PutSourceText)
	if !ok || put.Replaces == "" {
		return shownChanges(e)
	}
	return slices.DeleteFunc(slices.Clone(shownChanges(e)), func(c norms.Change) bool { return c.Thing.Kind != "source" })
}

// unjudged are the fields that say where in a text a reference stands: code points,
// and the letters around them, of which no person can judge. Its line says it.
var unjudged = map[string]bool{"place_start": true, "place_end": true, "place_as_of": true, "prefix": true, "suffix": true}

// judged are the fields of a change that are for people, with printed words as
// their source prints them.
func judged(c norms.Change) []norms.Changed {
	if c.Thing.Kind != "reference" && c.Thing.Kind != "citation_line" {
		return c.Fields
	}
	var out []norms.Changed
	for _, f := range c.Fields {
		if unjudged[f.Field] {
			continue
		}
		if f.Field == "text" || f.Field == "line" {
			f.Before, f.After = withoutMarks(f.Before), withoutMarks(f.After)
		}
		out = append(out, f)
	}
	return out
}

// shownName is what a row is called; a printed line as its source prints it.
func shownName(t norms.Thing) string {
	if t.Kind == "citation_line" {
		return withoutMarks(t.Name)
	}
	return t.Name
}

func editID(e norms.ProposedEdit) string { return "edit-" + strconv.Itoa(e.Position) }

func editStateTone(s norms.EditState) string {
	switch s {
	case norms.EditChanged, norms.EditBroken:
		return "warn"
	case norms.EditReady, norms.EditApplied:
		return ""
	}
	return "note"
}

// ofEdit is the name of a field of one edit's form: several such forms stand
// on one page.
func ofEdit(name string, e norms.ProposedEdit) string { return name + "_" + strconv.Itoa(e.Position) }

// ProposalEditForm corrects one edit of a proposal.
type ProposalEditForm struct {
	Refusal
	Heading  string
	Lead     string
	Save     string
	Proposal int64 // its number
	Edit     norms.ProposedEdit
	Controls []Control
	Note     *Control // of the reviewer; nil for the proposer
	Action   string
	Cancel   string
	Cites    string // address of the form that says what a line cites, "" where there is none
	Version  int64  // of what the edit changes, as recorded now
}

// passagesTitle says whether a source's words are shown or only where they are.
func passagesTitle(ctx context.Context, list []norms.Passage) string {
	if slices.ContainsFunc(list, func(p norms.Passage) bool { return p.Text != "" }) {
		return words.Text(ctx, "proposal.passage.title")
	}
	return words.Text(ctx, "proposal.passage.source")
}

func rulingName(o norms.Objection) string { return "ruling_" + strconv.FormatInt(o.ID, 10) }

// clashField names the field, or the row, that was changed meanwhile.
func clashField(ctx context.Context, c norms.Clash) string {
	if c.Field == "" {
		return c.Thing.Name
	}
	return ui.FieldWord(ctx, c.Field)
}

// wordLists are the closed lists of which fields of rows hold values; a value
// of another list is shown as it is.
var wordLists = map[string]func(context.Context, string) string{
	"legal_nature": func(ctx context.Context, v string) string { return ui.LegalNature(ctx, norms.LegalNature(v)) },
	"space":        func(ctx context.Context, v string) string { return ui.Space(ctx, norms.Space(v)) },
	"noun":         func(ctx context.Context, v string) string { return ui.Noun(ctx, norms.Noun(v)) },
	"obligation":   func(ctx context.Context, v string) string { return ui.Obligation(ctx, norms.Obligation(v)) },
	"stakeholder_group": func(ctx context.Context, v string) string {
		return ui.StakeholderGroup(ctx, norms.StakeholderGroup(v))
	},
	"status":     func(ctx context.Context, v string) string { return ui.Status(ctx, norms.Status(v)) },
	"property":   func(ctx context.Context, v string) string { return ui.LinkProperty(ctx, norms.LinkProperty(v)) },
	"origin":     func(ctx context.Context, v string) string { return ui.Origin(ctx, norms.Origin(v)) },
	"strength":   func(ctx context.Context, v string) string { return ui.Strength(ctx, norms.Strength(v)) },
	"resolution": func(ctx context.Context, v string) string { return ui.Resolution(ctx, norms.Resolution(v)) },
	"reading":    func(ctx context.Context, v string) string { return ui.Reading(ctx, norms.Reading(v)) },
	"assessor":   func(ctx context.Context, v string) string { return ui.Assessor(ctx, norms.Assessor(v)) },
	"view":       func(ctx context.Context, v string) string { return ui.View(ctx, norms.View(v)) },
	"stance":     func(ctx context.Context, v string) string { return ui.Stance(ctx, norms.Stance(v)) },
	"rationale_kind": func(ctx context.Context, v string) string {
		return ui.RationaleKind(ctx, norms.RationaleKind(v))
	},
	"exhaustiveness": func(ctx context.Context, v string) string {
		return ui.Exhaustiveness(ctx, norms.Exhaustiveness(v))
	},
	"confidence": func(ctx context.Context, v string) string { return ui.Confidence(ctx, norms.Confidence(v)) },
}

// dateFields are the fields of rows that hold a date.
var dateFields = map[string]bool{"due_on": true, "ended_on": true, "happened_on": true, "published_on": true, "retrieved_on": true, "reviewed_on": true,
	"since": true, "started_on": true, "valid_from": true, "valid_to": true}

// fieldValue is a value of a field in words.
func fieldValue(ctx context.Context, field, value string) string {
	if dateFields[field] {
		return ui.DateWords(ctx, norms.Date(value))
	}
	if word, ok := wordLists[field]; ok && value != "" {
		return word(ctx, value)
	}
	return value
}
