// Package intake reads contributions: out of the text of a document it makes
// sections, candidate initiatives and what each of them cites, all with their
// places in the text. It proposes and never decides: what it could not read it
// lists as problems, and a person accepts, corrects or rejects the rest.
//
// It is pure: the names of agreements come in the grammar that it is given,
// the day of the document is passed in, and what a number means is left to the
// numberings of the record.
//
// What counts as an initiative:
//
//   - an item of a list, a paragraph or a row of a table that cites something,
//     in its own words, in a line of citations after it or in a footnote;
//   - a paragraph that ends with a colon, together with the items under it, when
//     one citation follows them all: the items are its parts;
//   - lines of a form, which begin with words and a colon that other lines begin
//     with, too, up to where its first begins again;
//   - what stands under a heading that is itself a citation;
//   - a whole section with a name of its own that ends in one citation, or of whose
//     paragraphs one cites, or that stands under a heading that does; beside such
//     sections one that cites nothing;
//   - a list that cites nothing, when a paragraph after it says what all of it
//     supports;
//   - an item beside others that cite, though it cites nothing, and the items of
//     a section about what was done, though the document cites nothing there.
//
// Citations in answers about views, challenges and outcomes belong to no
// initiative, nor do those of an introduction before the first section about what
// was done, nor those that a text denies, "we do not follow norm 5", nor where it says
// what its short names stand for, how it is ordered, or only what somebody stands by
// or thinks: "we endorse principle 5", "norm 5 is hard to apply".
package intake

import (
	"normmap/internal/citation"
	"normmap/internal/norms"
)

// Span is a stretch of the text in Unicode code points, half open.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Reading is what was read out of one document.
type Reading struct {
	Language    string       // en, fr or "" when it could not be told
	Dated       norms.Date   // the day that the text gives for itself, "" for none
	Sections    []Section    // in order
	Initiatives []Initiative // in order
	// Elsewhere is what is cited outside of any initiative.
	Elsewhere []citation.Reference
	Links     []Link
	Problems  []Problem
}

// Section is a heading and what stands under it.
type Section struct {
	Span
	Title    string
	Level    int // 1 is the widest
	Question int // the number of a question of the call, 0 for none
}

// Initiative is a candidate.
type Initiative struct {
	Span
	Title   string
	Heading string // the nearest over it
	// Planned holds the words that speak of the future, and when it is due.
	Planned    *Promise
	Ended      *Ending      // what says that it has come to its end, nil for nothing
	Since      *Beginning   // since when it goes on, nil where its first sentence does not say
	Parts      []Initiative // sub-initiatives
	References []citation.Reference
}

// Promise is a place that says that something is still to come.
type Promise struct {
	Span
	Text string
	Due  norms.Date // "" when the text names no date
}

// Link is a link of the document; Missing tells that its address was lost.
type Link struct {
	Span
	Text    string
	Target  string
	Missing bool
}

// ProblemKind is what is wrong at a place.
type ProblemKind string

// The kinds of problems.
const (
	NotRead        ProblemKind = "not_read"          // numbers that cite something, but what?
	UnknownName    ProblemKind = "unknown_agreement" // the name of an agreement that is not recorded
	NothingCited   ProblemKind = "nothing_cited"     // an initiative without any citation
	LeftOut        ProblemKind = "left_out"          // thanks, what somebody stands by or did not do, where initiatives stand
	AddressMissing ProblemKind = "address_missing"
)

// Problem is a place that a person should look at.
type Problem struct {
	Span
	Kind ProblemKind
	Text string // what stands there
	What string // what is wrong and what to do
}

// Options are what is known of a document beforehand.
type Options struct {
	// Dated is the day of the document; "" takes the one that it gives itself.
	Dated norms.Date
}

// Status is how far an initiative seems to be: planned, with the date on which
// it is due, where its words speak of the future, completed or ended where they say
// so, else ongoing.
func (i Initiative) Status() (norms.Status, norms.Date) {
	switch {
	case i.Planned != nil:
		return "planned", i.Planned.Due
	case i.Ended != nil:
		return i.Ended.Status, ""
	}
	return "ongoing", ""
}
