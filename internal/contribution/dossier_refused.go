package contribution

import (
	"context"
	"fmt"
	"slices"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// leaveRefused leaves edits of a dossier out that the record refuses now, such
// as taking out an initiative on which something rests, and says so. Others may
// rest on them, so it asks until none is refused. The text of the source is not
// tried: it is received when the proposal is made.
func (r Reader) leaveRefused(ctx context.Context, by account.Actor, c Contribution, e *Edits) error {
	m := making{Contribution: c, lines: LinesOf(c.Received.Text)}
	for len(e.steps) > 0 && len(e.steps) <= norms.MaxProposed {
		refused, err := r.refused(ctx, by, e.steps)
		if err != nil {
			return fmt.Errorf("trying what the dossier changes: %w", err)
		}
		if len(refused) == 0 {
			break
		}
		var rest []step
		for i, s := range e.steps {
			if why := refused[i]; why != nil {
				e.Left = append(e.Left, m.problem(s.at, s.title, "the record refuses this: "+why.Error()))
				continue
			}
			rest = append(rest, s)
		}
		if !slices.ContainsFunc(rest, func(s step) bool { return s.rank != ofSource }) {
			rest, e.Source = nil, ""
		}
		e.steps = rest
		e.List, e.Seen = listed(rest)
	}
	return nil
}

// refused tries edits, each after those before it.
func (r Reader) refused(ctx context.Context, by account.Actor, steps []step) (map[int]*norms.Error, error) {
	var tried []int
	var list []norms.Edit
	for i, s := range steps {
		if _, text := s.Edit.(norms.PutSourceText); !text {
			tried, list = append(tried, i), append(list, s.Edit)
		}
	}
	found, err := r.Store.Preview(ctx, by, list)
	if err != nil {
		return nil, err
	}
	out := map[int]*norms.Error{}
	for n, i := range tried {
		if found[n].Problem != nil {
			out[i] = found[n].Problem
		}
	}
	return out, nil
}

// dossierNote says beside a proposal what the dossier does not say of new
// initiatives.
const dossierNote = "The dossier does not say of what kind new initiatives are: each is proposed as a " + string(norms.UnsaidKind) +
	". Correct that where it is not right, and say their summaries in words of our own."
