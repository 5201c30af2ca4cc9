package citation

import (
	"context"
	"maps"
	"slices"

	"normmap/internal/outline"
)

// Name is one way in which texts call an agreement.
type Name struct {
	Agreement string // slug
	Text      string
	// Edition, a slug, makes Text the words that tell this edition of the
	// agreement from others which count anew: network operators.
	Edition string
}

// Reference is a printed group: an agreement and the numbers cited of it.
// Positions count Unicode code points in the text given to Parse, half open.
type Reference struct {
	Text       string // as printed, from the agreement's name to the last label
	Start, End int
	Agreement  string // slug, "" when the name is unknown
	Edition    string // slug, when the text tells which of several it means
	Name       string // the agreement's name as printed
	Noun       string // as printed: principle, principles, norm, Art., …; "" when none
	Labels     []Label
	// By says where the name is printed when it does not stand in Text, and
	// NameStart and NameEnd are its place wherever it is.
	By                 By
	NameStart, NameEnd int
}

// By is how a reference came by its agreement.
type By string

// The ways in which a text says which agreement its numbers are of.
const (
	ByName     By = ""         // the name is part of the reference
	BySentence By = "sentence" // named before in the same sentence
	ByBefore   By = "before"   // named in what comes right before: a sentence, the words that open a list, another cell
	ByHeading  By = "heading"  // named in the heading over it
)

// Passage is a place in a text that speaks of numbered things which could not
// be read as a reference, and why.
type Passage struct {
	Text       string
	Start, End int
	Reason     Reason
}

// Reason is why a passage was not read.
type Reason string

// The reasons.
const (
	NoAgreement       Reason = "no_agreement"       // nothing says of which agreement
	SeveralAgreements Reason = "several_agreements" // it could be one of several named before
	OnlyCounts        Reason = "only_counts"        // a list under the name of an agreement that leaves no number out
	NotNamed          Reason = "not_named"          // it belongs to something without a name: "article 5 of our statutes"
	NotKnown          Reason = "not_known"          // letters and a number in brackets, as agreements are cited, but no agreement is known by them
)

// Reading is all that was found in a text, in order of place.
type Reading struct {
	References []Reference
	Passages   []Passage
	// Short are names that the text itself gives agreements: "the Cybersecurity
	// Tech Accord (TA)".
	Short []Name
}

// Label is one cited number.
type Label struct {
	// Text is the label by itself, "5" or "13(f)". It is what is printed,
	// except where a range was expanded or a bracket repeats a number.
	Text string
	// Start and End are where it is printed; for a label out of a range,
	// where the whole range is.
	Start, End int
}

// Grammar reads citations of the agreements whose names it was given, and of
// others as unknown. It is safe for concurrent use.
type Grammar struct {
	names    *node
	editions map[string][]edition // by agreement
	short    map[string]string    // agreements by what one text calls them for short
}

// NewGrammar returns a grammar for the names. They match in any case, spacing
// and typography, the longest first. A name given for two different agreements
// is known as a name but belongs to none of them.
func NewGrammar(names []Name) *Grammar {
	g := &Grammar{names: &node{}, editions: map[string][]edition{}}
	for _, n := range names {
		if n.Edition != "" {
			g.addEdition(n)
			continue
		}
		g.names.add(n)
	}
	return g
}

// Parse returns the references of a text in order of place; they do not
// overlap. Any text will do: a citation line or a whole document. A byte that
// is not UTF-8 counts as one code point.
func (g *Grammar) Parse(text string) []Reference { return g.ReadLine(text).References }

// ReadLine reads what somebody typed or a cell of a table holds. Documents, which
// may be long, are for [Grammar.Read].
func (g *Grammar) ReadLine(text string) Reading {
	r, err := g.Read(context.Background(), text)
	if err != nil {
		panic("citation: reading ended early, though nothing ends it: " + err.Error())
	}
	return r
}

// between is after how many steps a reader asks whether it should go on.
const between = 256

// Read returns the references of a text and what it could not read. It fails
// only when ctx ends before it is done.
func (g *Grammar) Read(ctx context.Context, text string) (Reading, error) {
	return g.ReadIn(ctx, text, nil)
}

// ReadIn is Read for a text whose blocks are known; nil has them found.
func (g *Grammar) ReadIn(ctx context.Context, text string, blocks []outline.Block) (Reading, error) {
	runes := []rune(text)
	p := &parser{ctx: ctx, blocks: blocks, names: g.names, editions: g.editions, called: maps.Clone(g.short), source: text, text: runes, toks: tokens(runes), spare: rangeAllowance + len(runes)}
	p.unfold()
	for _, prepare := range []func(int){p.abbreviate, p.define} {
		for i := range p.toks {
			if i%between == 0 && ctx.Err() != nil {
				return Reading{}, ctx.Err()
			}
			prepare(i)
		}
	}
	for i, steps := 0, 0; i < len(p.toks); steps++ {
		if steps%between == 0 && ctx.Err() != nil {
			return Reading{}, ctx.Err()
		}
		i = p.step(i)
	}
	r := Reading{References: p.refs, Passages: p.passages}
	for _, text := range slices.Sorted(maps.Keys(p.called)) {
		r.Short = append(r.Short, Name{Agreement: p.called[text], Text: text})
	}
	return r, ctx.Err()
}
