package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
)

// maxParse is the longest body that is read for citations, in bytes.
const maxParse = 64 << 10

// CitedText is a text to read, letter for letter: what is found in it is told
// by its place.
type CitedText struct {
	Text *string `json:"text,omitempty" text:"verbatim" doc:"Any text: a line of citations or a whole document." example:"Paris Call principles 1 and 5"`
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
			"Needs no account and writes nothing. A label means a principle only if every numbering that may have been in force says so. " +
			fmt.Sprintf("A text that cites more than %d labels is refused; send it in parts.", browse.MaxCited),
		MaxBodyBytes: maxParse + 1, // huma refuses this size and above
		Errors:       []int{http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusTooManyRequests},
		Middlewares:  huma.Middlewares{a.limitParsing},
	}, a.parse)
}

func (a *api) parse(ctx context.Context, in *parseInput) (*answer[ReadText], error) {
	if in.Body.Text == nil {
		return nil, norms.Field("text", "is missing")
	}
	on, err := norms.ParseDate(in.Body.Date)
	if err != nil {
		return nil, norms.Field("date", "%s", err)
	}
	found, err := a.Store.Parse(ctx, *in.Body.Text)
	if err != nil {
		return nil, err
	}
	understood, err := a.Store.Understand(ctx, found, on)
	if err != nil {
		return nil, err
	}
	out := ReadText{References: make([]ReadReference, len(understood))}
	for i, r := range understood {
		out.References[i] = readReference(r)
	}
	return &answer[ReadText]{out}, nil
}

func readReference(r browse.ReadReference) ReadReference {
	out := ReadReference{Text: r.Text, Start: r.Start, End: r.End, Labels: []string{}, Citations: []ReadCitation{}}
	if r.Agreement != "" {
		out.Agreement = &r.Agreement
	}
	for _, c := range r.Citations {
		out.Labels = append(out.Labels, c.Label)
		out.Citations = append(out.Citations, readCitation(c))
	}
	return out
}

func readCitation(c browse.ReadCitation) ReadCitation {
	out := ReadCitation{Label: c.Label, Status: c.Resolution, Candidates: []norms.Candidate{}}
	for _, k := range c.Candidates {
		out.Candidates = append(out.Candidates, norms.Candidate{Principle: k.Principle, Reason: k.Reason}) // as promised, no more
	}
	if c.Resolution == norms.Resolved {
		out.Principle = &c.Candidates[0].Principle
	}
	return out
}
