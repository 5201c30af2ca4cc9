package browse

import (
	"context"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// MaxCited is how many labels of one text are read at most. A short text can
// cite very many of them, and each is answered with all that it may mean.
const MaxCited = 1000

// ReadReference is a printed group of a text with what each of its labels, in
// their order, would be taken to mean.
type ReadReference struct {
	citation.Reference
	Citations []ReadCitation
}

// ReadCitation is one cited label and what it would be taken to mean.
type ReadCitation struct {
	Label      string
	Resolution norms.Resolution
	Candidates []norms.Candidate
}

// Parse finds the citations in a text by the grammar, with the recorded names
// of agreements. Texts with more than [MaxCited] labels are refused.
func (s *Store) Parse(ctx context.Context, text string) ([]citation.Reference, error) {
	names, err := s.names.Names(ctx)
	if err != nil {
		return nil, err
	}
	found := citation.NewGrammar(names).Parse(text)
	n := 0
	for _, r := range found {
		n += len(r.Labels)
	}
	if n > MaxCited {
		return nil, norms.Field("text", "cites %d numbers; at most %d are read at once. Send it in parts", n, MaxCited)
	}
	return found, nil
}

// Understand says what the labels of references mean at a date by the
// numberings of their agreements (product rule 1). It records nothing.
func (s *Store) Understand(ctx context.Context, found []citation.Reference, on norms.Date) ([]ReadReference, error) {
	var cited []CitedLabel
	place := map[CitedLabel]int{}
	for _, r := range found {
		for _, l := range r.Labels {
			c := CitedLabel{r.Agreement, l.Text, r.Edition}
			if _, known := place[c]; !known && r.Agreement != "" {
				place[c] = len(cited)
				cited = append(cited, c)
			}
		}
	}
	readings, err := s.ReadingsOf(ctx, cited)
	if err != nil {
		return nil, err
	}
	out := make([]ReadReference, len(found))
	for i, r := range found {
		out[i] = ReadReference{Reference: r, Citations: make([]ReadCitation, len(r.Labels))}
		for j, l := range r.Labels {
			c := ReadCitation{Label: l.Text, Resolution: norms.UnknownAgreement}
			if r.Agreement != "" {
				c.Resolution, c.Candidates = norms.ResolveLabel(on, readings[place[CitedLabel{r.Agreement, l.Text, r.Edition}]])
			}
			out[i].Citations[j] = c
		}
	}
	return out, nil
}
