package norms

import (
	"slices"
	"strings"
)

// PrincipleText is what a principle says, as far as the record holds it: its
// title and its summary in our own words.
type PrincipleText struct {
	Ref       string
	Agreement string
	Edition   string
	Current   bool // of its edition
	Title     string
	Summary   string
}

// QuoteKind is how a source says what a principle says.
type QuoteKind string

// QuoteKinds is the closed list: between quotation marks or by its whole title,
// as the name that is put to its number, or in other words.
var QuoteKinds = []QuoteKind{"quoted", "named", "paraphrased"}

// QuoteHint says of a citation that the words of its source fit another
// principle clearly better, or one of those that it may mean. It is a hint for
// people and changes nothing.
type QuoteHint struct {
	Principle string       `json:"principle"` // ref of the one that fits better
	Title     string       `json:"title"`
	Open      bool         `json:"open"` // it is one of those that the citation may mean
	Kind      QuoteKind    `json:"kind"`
	Words     []QuotedWord `json:"words"` // that both share, in order of place
}

// QuotedWord is a word of a source with its place, counted as the places of
// citations are.
type QuotedWord struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Shares are the shared words as printed, each once.
func (h QuoteHint) Shares() []string {
	var all []string
	for _, w := range h.Words {
		if !slices.ContainsFunc(all, func(s string) bool { return strings.EqualFold(s, w.Text) }) {
			all = append(all, w.Text)
		}
	}
	return all
}
