package norms

import (
	"strings"
	"time"
)

// MaxProposed is how many edits one proposal holds: more than anybody reviews,
// and as many as a batch may have. MaxImported is how many one holds that was
// imported: the rows of a table are all of one sort, and are taken whole or not
// at all.
const (
	MaxProposed = 1000
	MaxImported = 3000
)

// MaxEdits is how many edits a proposal holds that comes from here.
func (f MadeFrom) MaxEdits() int {
	if f == "import" {
		return MaxImported
	}
	return MaxProposed
}

// ProposalState says how far a proposal is.
type ProposalState string

// ProposalStates is the closed list.
var ProposalStates = []ProposalState{"open", "accepted", "rejected", "withdrawn"}

// MadeFrom says where a proposal comes from.
type MadeFrom string

// MadeFroms is the closed list.
var MadeFroms = []MadeFrom{"form", "batch", "import", "api"}

// Verdict is what a reviewer decides about one edit.
type Verdict string

// The verdicts.
const (
	Accepted  Verdict = "accepted"
	Corrected Verdict = "corrected" // accepted, as the reviewer corrected it
	Rejected  Verdict = "rejected"
	Undecided Verdict = "undecided" // also for a decision that was taken back
)

// Verdicts is the closed list.
var Verdicts = []Verdict{Accepted, Corrected, Rejected, Undecided}

// Applies tells whether an edit with this verdict is applied with the next
// changeset.
func (v Verdict) Applies() bool { return v == Accepted || v == Corrected }

// RejectionCode says in a word why an edit was rejected.
type RejectionCode string

// RejectionCodes is the closed list.
var RejectionCodes = []RejectionCode{"wrong_principle", "wrong_edition", "not_this_organization", "not_an_initiative", "misread", "not_evidence", "duplicate",
	"too_vague", "source_unavailable", AnotherReason}

// AnotherReason is none of the others: the note has to say which.
const AnotherReason RejectionCode = "another_reason"

// Staging is what someone proposes. Into is an open proposal of their own to
// which the edits are added, 0 for a new one; From is a form when empty. Note is
// what the service has to say about a new one, "" for nothing.
//
// Checked and Staged are told how many edits were tried out and staged; each may
// be nil, and must not wait.
type Staging struct {
	Reason          string
	Edits           []Edit
	Into            int64
	From            MadeFrom
	Note            string
	Checked, Staged func(done, of int)
	Seen            []Seen        // what the proposer saw otherwise than it is recorded
	Problems        []TextProblem // of the document of a new one
}

// Seen is a field of a row that an edit changes as whoever proposes it saw it,
// where others have changed it since: reviewers are shown both.
type Seen struct {
	Edit   int    // its place among those that are staged
	Kind   string // of the row
	Field  string
	Before string
}

// Check says what is wrong with s but for its edits, which say so themselves.
func (s Staging) Check() error {
	var c checks
	if len(s.Edits) == 0 {
		c.add("edits", "is empty: there is nothing to propose")
	}
	if most := s.From.MaxEdits(); len(s.Edits) > most {
		c.add("edits", "has %d; a proposal holds at most %d, so split it", len(s.Edits), most)
	}
	optionalOneOf(&c, "made_from", s.From, MadeFroms)
	return c.err()
}

// EditDecision is what a reviewer decides about the edit at Position in the
// version that was shown, with the decision about it that was shown (Seen is
// its number, 0 for none). Edit is the corrected one; Code and Note say why an
// edit was rejected.
type EditDecision struct {
	Position int
	Version  int
	Seen     int64
	Verdict  Verdict
	Edit     Edit
	Code     RejectionCode
	Note     string
}

// Check says what is wrong with d.
func (d EditDecision) Check() error {
	var c checks
	oneOf(&c, "decision", d.Verdict, Verdicts)
	c.text("note", d.Note, MaxText)
	switch {
	case d.Verdict == Rejected:
		oneOf(&c, "code", d.Code, RejectionCodes)
		if d.Code == AnotherReason && strings.TrimSpace(d.Note) == "" {
			c.add("note", "say in words what the other reason is")
		}
	case d.Code != "":
		c.add("code", "only a rejected edit has one")
	}
	if (d.Verdict == Corrected) != (d.Edit != nil) {
		c.add("decision", "a corrected edit, and only that, comes with the edit as it should be")
	}
	return c.err()
}

// CheckSaid says what is wrong with what somebody says about a proposal:
// a comment, an objection, or why an objection is set aside.
func CheckSaid(field, text string) error {
	var c checks
	c.required(field, text, MaxText)
	return c.err()
}

// SilenceDays is how many days ahead adoption by silence is announced at
// least, so that people have a week to object.
const SilenceDays = 7

// CheckAdoption says what is wrong with the day on which a proposal is to be
// adopted by silence.
func CheckAdoption(on Date, now time.Time) error {
	var c checks
	c.date("adopt_on", on)
	if len(c) == 0 && len(on) != len("2006-01-02") {
		c.add("adopt_on", "write a day, such as %s", now.UTC().AddDate(0, 0, 2*SilenceDays).Format(dayWords))
	}
	first := Date(now.UTC().AddDate(0, 0, SilenceDays).Format(time.DateOnly))
	if len(c) == 0 && on < first {
		c.add("adopt_on", "people need at least %d days to object; the earliest day is %s", SilenceDays, first.words())
	}
	return c.err()
}

// ProposalRow is a proposal in lists, with how many of its edits wait for what.
type ProposalRow struct {
	ID         int64         `json:"id"`
	Reason     string        `json:"reason"`
	State      ProposalState `json:"state"`
	MadeFrom   MadeFrom      `json:"made_from"`
	ProposerID int64         `json:"-"`
	Proposer   string        `json:"proposer"`
	MadeAt     time.Time     `json:"made_at"`
	ClosedAt   *time.Time    `json:"closed_at"`
	AdoptOn    Date          `json:"adopt_on"` // unless someone objects; "" when silence adopts nothing
	AdoptionBy string        `json:"adoption_by"`
	Edits      int           `json:"edit_count"`
	Undecided  int           `json:"undecided"`
	Ready      int           `json:"ready"` // accepted or corrected, not yet applied
	Rejected   int           `json:"rejected"`
	Applied    int           `json:"applied"`
	Objections int           `json:"standing_objections"`
	Version    int64         `json:"version"`
}

// Open tells whether the proposal waits for somebody.
func (p ProposalRow) Open() bool { return p.State == "open" }

// Due tells whether silence adopts the proposal at now.
func (p ProposalRow) Due(now time.Time) bool {
	return p.Open() && p.AdoptOn != "" && p.Objections == 0 && string(p.AdoptOn) <= now.UTC().Format(time.DateOnly)
}

// ProposalFilter chooses proposals: by state, of one proposer (an account's
// number, 0 for all), or those that an account may decide on (ToReview is its
// number; 0 for all).
type ProposalFilter struct {
	State    ProposalState
	Proposer int64
	ToReview int64
}

// Check is as for initiatives.
func (f ProposalFilter) Check() error {
	var c checks
	optionalOneOf(&c, "state", f.State, ProposalStates)
	return c.err()
}

// Proposal is one proposal with everything its page shows.
type Proposal struct {
	ProposalRow
	List      []ProposedEdit `json:"edits" db:"-"`
	Next      *string        `json:"next" db:"-"` // cursor of the following edits
	Comments  []Comment      `json:"comments" db:"-"`
	Objecting []Objection    `json:"objections" db:"-"`
	Approved  []Approval     `json:"approvals" db:"-"`

	// What a person should look at in its document: how many places, and the
	// first of them for whoever may read that.
	ProblemCount int           `json:"problem_count" db:"-"`
	ToLookAt     []TextProblem `json:"problems" db:"-"`
}

// Comment is something that was said about a proposal.
type Comment struct {
	By   string    `json:"by"` // "" for the service itself
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Objection keeps a proposal from being adopted by silence until a reviewer
// sets it aside.
type Objection struct {
	ID       int64      `json:"id"`
	ByID     int64      `json:"-"`
	By       string     `json:"by"`
	Reason   string     `json:"reason"`
	At       time.Time  `json:"at"`
	RulingBy string     `json:"set_aside_by"`
	Ruling   string     `json:"set_aside_reason"`
	RulingAt *time.Time `json:"set_aside_at"`
}

// Approval is the record of what was approved: a changeset that was made of a
// proposal, by whom, and the hash of exactly its edits.
type Approval struct {
	Changeset int64     `json:"changeset"`
	Proposal  int64     `json:"proposal"`
	Proposer  string    `json:"proposer"`
	Reviewer  string    `json:"reviewer"` // "" when it was adopted by silence
	BySilence bool      `json:"by_silence"`
	Hash      string    `json:"hash"` // SHA-256, in hexadecimal
	At        time.Time `json:"at"`
}
