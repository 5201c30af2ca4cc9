package norms

// TextProblem is a place of a document that a person should look at: what could
// not be read there, or was left out of the proposal. It is as it was found when
// the proposal was made. Places count the code points of the text from 0, half
// open.
type TextProblem struct {
	Kind    string `json:"kind"`
	Line    int    `json:"line"` // counted from 1
	Start   int    `json:"start" db:"place_start"`
	End     int    `json:"end" db:"place_end"`
	Text    string `json:"text"`    // what stands there
	Message string `json:"message"` // what is wrong and what to do
}

// Masked is the problem as it is shown: what tells how to reach people is hidden.
func (p TextProblem) Masked() TextProblem {
	p.Text, p.Message = Mask(p.Text), Mask(p.Message)
	return p
}

// OwnDocument is the kind of problem of a document that looks like a new version of
// a recorded one and is proposed as one of its own.
const OwnDocument = "own_document"

// The kinds of what a new version of a document does not say any more, which is no
// place of it: words that were quoted from the earlier text, with their line there,
// and initiatives, whose slug is the text.
const (
	NoLongerThere = "no_longer_there"
	NoLongerTold  = "no_longer_told"
)

// OfEarlierText tells whether the problem is that the document does not say
// something any more.
func (p TextProblem) OfEarlierText() bool { return p.Kind == NoLongerThere || p.Kind == NoLongerTold }

// MaxProblems is how many problems a proposal is read with; the others stand
// beside their words.
const MaxProblems = 200
