package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store"
)

const (
	// maxParse is the longest body that is read for citations, in bytes.
	maxParse = 64 << 10
	// maxLabels is how many different labels of one text are looked up.
	maxLabels = 500
)

// CitedText is a text to read.
type CitedText struct {
	Text *string `json:"text,omitempty" doc:"Any text: a line of citations or a whole document." example:"Paris Call principles 1 and 5"`
	Date string  `json:"date,omitempty" doc:"When it was written, as a year, a month or a day; decides between numberings. Unknown when left out." example:"2019-09"`
}

// ReadText is what was understood of a text.
type ReadText struct {
	References []ReadReference `json:"references"`
}

// ReadReference is a printed group: an agreement and the labels cited of it.
// Start and End count Unicode code points of the text, half open.
type ReadReference struct {
	Text      string         `json:"text" doc:"As printed."`
	Start     int            `json:"start" doc:"First Unicode code point, counted from 0."`
	End       int            `json:"end" doc:"Code point after the last one."`
	Agreement *string        `json:"agreement" doc:"The agreement's slug, null when the name is unknown."`
	Labels    []string       `json:"labels" doc:"The labels cited, ranges expanded."`
	Citations []ReadCitation `json:"citations" doc:"One for each label."`
}

// ReadCitation is one cited label and what it would be taken to mean.
type ReadCitation struct {
	Label      string            `json:"label"`
	Status     norms.Resolution  `json:"status"`
	Principle  *string           `json:"principle" doc:"Ref of the principle that is meant, null unless resolved."`
	Candidates []norms.Candidate `json:"candidates" doc:"The principles that it may mean, each with the numberings that say so."`
}

type parseInput struct {
	Body CitedText
}

func (a *api) parseCitations() {
	register(a, huma.Operation{
		OperationID: "parse-citations", Method: http.MethodPost, Path: "/citations/parse", Tags: []string{"citations"},
		Summary: "Read the citations in a text",
		Description: "Finds where a text cites numbered principles and says what each number would be taken to mean. " +
			"Needs no account and writes nothing. A label means a principle only if every numbering that may have been in force says so.",
		MaxBodyBytes: maxParse + 1, // huma refuses this size and above
		Errors:       []int{http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusTooManyRequests},
		Middlewares:  huma.Middlewares{a.limitParsing()},
	}, a.parse)
}

func (a *api) parse(ctx context.Context, in *parseInput) (*answer[ReadText], error) {
	if in.Body.Text == nil {
		return nil, norms.Field("text", "is missing")
	}
	on := norms.Date(in.Body.Date)
	if !on.Valid() {
		return nil, norms.Field("date", "write a year, a month or a day: 2018, 2018-11 or 2018-11-12")
	}
	names, err := a.Store.Names(ctx)
	if err != nil {
		return nil, err
	}
	m := meanings{store: a.Store, on: on, known: map[[2]string]ReadCitation{}}
	out := ReadText{References: []ReadReference{}}
	for _, r := range citation.NewGrammar(names).Parse(*in.Body.Text) {
		read, err := m.reference(ctx, r)
		if err != nil {
			return nil, err
		}
		out.References = append(out.References, read)
	}
	return &answer[ReadText]{out}, nil
}

// meanings finds out what labels mean, each of them once.
type meanings struct {
	store *store.Store
	on    norms.Date
	known map[[2]string]ReadCitation // by agreement and label
}

func (m *meanings) reference(ctx context.Context, r citation.Reference) (ReadReference, error) {
	out := ReadReference{Text: r.Text, Start: r.Start, End: r.End, Labels: []string{}, Citations: []ReadCitation{}}
	if r.Agreement != "" {
		out.Agreement = &r.Agreement
	}
	for _, l := range r.Labels {
		c, err := m.citation(ctx, r.Agreement, l.Text)
		if err != nil {
			return out, err
		}
		out.Labels = append(out.Labels, l.Text)
		out.Citations = append(out.Citations, c)
	}
	return out, nil
}

func (m *meanings) citation(ctx context.Context, agreement, label string) (ReadCitation, error) {
	c := ReadCitation{Label: label, Status: norms.UnknownAgreement, Candidates: []norms.Candidate{}}
	if agreement == "" {
		return c, nil
	}
	key := [2]string{agreement, label}
	if known, ok := m.known[key]; ok {
		return known, nil
	}
	if len(m.known) == maxLabels {
		return c, norms.Field("text", "cites more than %d different labels; send it in parts", maxLabels)
	}
	said, err := m.store.Readings(ctx, agreement, label)
	if err != nil {
		return c, err
	}
	var candidates []norms.Candidate
	c.Status, candidates = norms.ResolveLabel(m.on, said)
	for _, k := range candidates {
		c.Candidates = append(c.Candidates, norms.Candidate{Principle: k.Principle, Reason: k.Reason}) // as promised, no more
	}
	if c.Status == norms.Resolved {
		c.Principle = &candidates[0].Principle
	}
	m.known[key] = c
	return c, nil
}
