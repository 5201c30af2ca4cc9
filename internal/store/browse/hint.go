package browse

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/quote"
	"normmap/internal/store/postgres"
)

const principleTexts = `
select n.ref, n.agreement, n.edition, n.current, p.title, p.summary
from principle_name n
join principle p on p.id = n.id
where n.agreement = any (@agreements::text[])
order by n.agreement, n.edition_id, p.position, p.id`

// PrincipleTexts reads what the principles of agreements say, in all editions.
func (s *Store) PrincipleTexts(ctx context.Context, agreements []string) ([]norms.PrincipleText, error) {
	if len(agreements) == 0 {
		return nil, nil
	}
	return postgres.Collect[norms.PrincipleText](ctx, s.db, "what principles say", principleTexts, pgx.StrictNamedArgs{"agreements": agreements})
}

// check asks for hints; cites of no agreement are left alone.
func (s *Store) check(ctx context.Context, text string, cites []quote.Cite) ([]quote.Hint, error) {
	k, err := s.checker(ctx, cites)
	if err != nil {
		return nil, err
	}
	return k.Check(ctx, text, cites)
}

// checker knows what the agreements say that are cited.
func (s *Store) checker(ctx context.Context, cites []quote.Cite) (*quote.Checker, error) {
	var agreements []string
	seen := map[string]bool{"": true}
	for _, c := range cites {
		if !seen[c.Agreement] {
			seen[c.Agreement] = true
			agreements = append(agreements, c.Agreement)
		}
	}
	principles, err := s.PrincipleTexts(ctx, agreements)
	return quote.New(principles), err
}

// Hints looks whether the words of a text fit other principles than those that
// it cites; hints name references by their place in the list. Product rule 1
// holds: nothing is decided.
func (s *Store) Hints(ctx context.Context, text string, found []ReadReference) ([]quote.Hint, error) {
	cites := make([]quote.Cite, len(found))
	for i, r := range found {
		cites[i] = cite(r)
	}
	return s.check(ctx, text, cites)
}

// cite is a reference that was understood, as the check takes it.
func cite(r ReadReference) quote.Cite {
	c := quote.Cite{Start: r.Start, End: r.End, Agreement: r.Agreement}
	for _, read := range r.Citations {
		for _, k := range read.Candidates {
			c.Meant = append(c.Meant, k.Principle)
		}
		c.Open = len(r.Citations) == 1 && read.Resolution == norms.Ambiguous
	}
	return c
}

// byCite are hints by the place of their cites.
func byCite(hints []quote.Hint, cites int) []*norms.QuoteHint {
	out := make([]*norms.QuoteHint, cites)
	for _, h := range hints {
		out[h.Cite] = &h.QuoteHint
	}
	return out
}

// lineHints looks at a printed line by itself. Its references stand there in
// order.
func lineHints(ctx context.Context, line string, refs []norms.Reference, cites []quote.Cite, k *quote.Checker) ([]*norms.QuoteHint, error) {
	at, placed := 0, make([]quote.Cite, len(cites))
	for i, r := range refs {
		found := strings.Index(line[at:], r.Text)
		if found < 0 {
			continue
		}
		placed[i] = cites[i]
		placed[i].Start = utf8.RuneCountInString(line[:at+found])
		placed[i].End = placed[i].Start + utf8.RuneCountInString(r.Text)
		at += found + len(r.Text)
	}
	found, err := k.Check(ctx, line, placed)
	return byCite(found, len(cites)), err
}
