package norms

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxQuery is the longest search, in Unicode code points.
const MaxQuery = 200

// FoundKind is a kind of thing that search finds.
type FoundKind string

// FoundKinds is the closed list, in the order in which equals are shown.
var FoundKinds = []FoundKind{"agreement", "principle", "element", "organization", "initiative", "statement", "source"}

// Match says how well a thing fits what was searched for.
type Match string

// Matches is the closed list, the best first: has the number, is called so,
// holds all words, has a name of similar spelling, holds some of the words.
var Matches = []Match{"number", "name", "words", "similar_spelling", "some_words"}

// SearchFilter asks for things by words; empty fields do not choose. Agreement
// keeps what belongs to an agreement, Organization what an organization stands
// by, does or wrote.
type SearchFilter struct {
	Q, Kind, Agreement, Organization string
}

// Check says what of f cannot choose anything.
func (f SearchFilter) Check() error {
	var c checks
	if n := utf8.RuneCountInString(f.Q); n > MaxQuery {
		c.add("q", "has %d characters; at most %d are searched for. A few words are enough", n, MaxQuery)
	}
	optionalOneOf(&c, "kind", FoundKind(f.Kind), FoundKinds)
	c.optionalSlug("agreement", f.Agreement)
	c.optionalSlug("organization", f.Organization)
	return c.err()
}

// Found is a thing that fits a search. Key is its slug, the ref of a
// principle or the number of a statement; Context says what it belongs to or who made it.
type Found struct {
	Kind    FoundKind `json:"kind"`
	Key     string    `json:"key"`
	Title   string    `json:"title"`
	Context string    `json:"context"`
	Match   Match     `json:"match"`
	Excerpt Fragment  `json:"excerpt" db:"-"`
	Heading Fragment  `json:"-" db:"-"` // the title with what was looked for
}

// Thing is what was found, as other lists name it.
func (f Found) Thing() Thing { return Thing{Kind: string(f.Kind), Key: f.Key, Name: f.Title} }

// Meant is a principle that a search by number may mean. Reason names the
// numberings that say so; it is empty when the number is the principle's own.
// Part is true when the number is that of a part of it, as a paragraph of an
// article.
type Meant struct {
	Principle string `json:"principle"` // ref
	Name      string `json:"name"`
	Title     string `json:"title"`
	Reason    string `json:"reason"`
	Part      bool   `json:"part"`
}

// KindCount is how many things of a kind fit.
type KindCount struct {
	Kind  FoundKind `json:"kind"`
	Count int       `json:"count"`
}

// Search is one page of what fits a search. Kinds counts before a kind was
// chosen. Where more fit than are looked at, Capped is true and the counts are
// what was looked at. Understood are the first principles that a number may
// mean, UnderstoodTotal is how many there are; all of them are items, too.
type Search struct {
	List[Found]
	Kinds           []KindCount `json:"kinds"`
	Understood      []Meant     `json:"understood"`
	UnderstoodTotal int         `json:"understood_total"`
	Capped          bool        `json:"capped"`
	TooFrequent     bool        `json:"-"` // all words are so frequent that they are not looked for
}

// All is how many things of every kind fit.
func (s Search) All() int {
	n := 0
	for _, k := range s.Kinds {
		n += k.Count
	}
	return n
}

// Marks around what was looked for in a text on its way to a [Fragment], and
// between pieces of it: code points for private use, so that no text can hold
// them by accident. Whoever sets them takes them out of the text first.
const (
	HitStart = "\uE000"
	HitEnd   = "\uE001"
	Pause    = "\uE002"
)

// Piece is a part of a text; Hit when it was looked for.
type Piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

// Fragment is a text, or pieces of one, in which hits are told apart.
type Fragment []Piece

// ParseFragment takes a text apart at its marks.
func ParseFragment(marked string) Fragment {
	out := Fragment{}
	marked = strings.ReplaceAll(marked, Pause, " … ")
	for marked != "" {
		plain, rest, _ := strings.Cut(marked, HitStart)
		hit, after, _ := strings.Cut(rest, HitEnd)
		for _, s := range []Piece{{Text: plain}, {Text: hit, Hit: true}} {
			if s.Text != "" {
				out = append(out, s)
			}
		}
		marked = after
	}
	return out
}

// Elided is a fragment with dots where, by the look of it, it was cut.
func (f Fragment) Elided() Fragment {
	if len(f) == 0 {
		return f
	}
	f = slices.Clone(f)
	first, _ := utf8.DecodeRuneInString(f[0].Text)
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(f[len(f)-1].Text, " \n"))
	if unicode.IsLower(first) || unicode.IsPunct(first) {
		f = append(Fragment{{Text: "… "}}, f...)
	}
	if unicode.IsLetter(end) || unicode.IsDigit(end) || end == ',' {
		f = append(f, Piece{Text: " …"})
	}
	return f
}

func (f Fragment) String() string {
	var b strings.Builder
	for _, s := range f {
		b.WriteString(s.Text)
	}
	return b.String()
}
