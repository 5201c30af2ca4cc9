package norms

// Bounds of a list of suggestions: so few that each is looked at.
const (
	DefaultSuggestions = 5
	MaxSuggestions     = 20
)

// SuggestionsAsked asks which principles an initiative is likely to be about.
// It is named by its slug; of one that is still being written, Text is what is
// written so far. Not are refs of principles that are not to be offered; Among
// keeps those of some agreements. Without are refs of principles to which the
// initiative is linked and is taken not to be: what would have been suggested
// before.
type SuggestionsAsked struct {
	Initiative   string
	Text         string
	Not, Without []string
	Among        []string
	Limit        int // 0 means DefaultSuggestions
}

// Check says what of f cannot be answered.
func (f SuggestionsAsked) Check() error {
	var c checks
	if f.Initiative != "" {
		c.slug("initiative", f.Initiative)
	} else {
		c.text("text", f.Text, MaxText)
	}
	return c.err()
}

// Size is how many principles to suggest at most.
func (f SuggestionsAsked) Size() int {
	switch {
	case f.Limit <= 0:
		return DefaultSuggestions
	case f.Limit > MaxSuggestions:
		return MaxSuggestions
	}
	return f.Limit
}

// Signal is one way of guessing what an initiative is about.
type Signal string

// Signals is the closed list. Together looks at what others cite beside the
// same principles, near at what initiatives of similar words cite, listed at
// what those cite that the source lists under the same heading, alike at the
// crosswalk, words at the words of the principle itself.
var Signals = []Signal{"together", "near", "listed", "alike", "words"}

// Weighing is the arithmetic of suggestions in numbers. Each signal gives a
// share between 0 and 1; a principle is as likely as that not all of them are
// wrong: 1 − (1−together)(1−near)(1−listed)(1−alike)(1−words).
type Weighing struct {
	// Against is how many cases are thought up that speak against a share
	// which is counted: what one of one initiatives did says less than what
	// nine of ten did. One is the least that makes a difference.
	Against float64
	// Nearest is how many initiatives of similar words are asked: so few that
	// a person can look at each.
	Nearest int
	// Alike is the share of the only principle that the crosswalk has beside
	// a cited one; of several, each has its part of it. Being alike is about
	// the texts and not about what was done, so it may as well be wrong.
	Alike float64
	// Words is the share of a principle that holds all words of the
	// initiative. Different texts use the same words for other things, so
	// that, too, may as well be wrong.
	Words float64
	// Only is the one signal that counts; "" means all.
	Only Signal
}

// DefaultWeighing is the one by which pages and the interface suggest. Its
// numbers are chosen for the reasons given above and not fitted to the record:
// the evaluation shows what half and double of each would do.
func DefaultWeighing() Weighing {
	return Weighing{Against: 1, Nearest: 5, Alike: 0.5, Words: 0.5}
}

// Suggestion is a principle that an initiative may be about, with what speaks
// for it. It is a hint for whoever reads and decides, and is recorded nowhere.
type Suggestion struct {
	Principle string   `json:"principle"` // ref
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Agreement string   `json:"agreement"`
	Reasons   []Reason `json:"reasons"`
}

// ReasonKind is what sort of thing speaks for a suggestion.
type ReasonKind string

// ReasonKinds is the closed list, in the order in which reasons are shown.
var ReasonKinds = []ReasonKind{"cited_together", "alike", "similar_initiatives", "same_heading", "words_in_common"}

// Reason is one thing that speaks for a suggestion, as a person can check it.
//
//   - cited_together: Count of Of other initiatives that cite Principle, which
//     this one is linked to, cite the suggested one as well.
//   - alike: the crosswalk has a row by which the suggested one is Relation to
//     Principle, which this one is linked to.
//   - similar_initiatives: Count of Of initiatives whose words are nearest
//     cite it: Initiatives, which share Words with this one.
//   - same_heading: Count of Of initiatives that the source lists under the
//     same heading cite it: Initiatives, the first few.
//   - words_in_common: the principle's number, title and summary hold Words,
//     too, in this or another form.
type Reason struct {
	Kind        ReasonKind        `json:"kind"`
	Principle   string            `json:"principle"`
	Name        string            `json:"name"` // of Principle
	Count       int               `json:"count"`
	Of          int               `json:"of"`
	Relation    CrosswalkRelation `json:"relation"`
	Initiatives []Similar         `json:"initiatives"`
	Words       []string          `json:"words"`
}

// Similar is an initiative whose words are near to those of another.
type Similar struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

// Suggestions is what is suggested, the likeliest first.
type Suggestions struct {
	Items []Suggestion `json:"items"`
}
