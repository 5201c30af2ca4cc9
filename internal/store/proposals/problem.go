package proposals

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const keepProblems = `
insert into proposal_problem (proposal_id, position, kind, line, place_start, place_end, text, message)
select @proposal, x.position, p.kind, p.line, p."start", p."end", p.text, p.message
from json_array_elements(@problems::json) with ordinality x (problem, position)
cross join json_to_record(x.problem) p (kind text, line int, "start" int, "end" int, text text, message text)`

// keepProblems keeps with a new proposal what a person should look at in its
// document.
func (s *Store) keepProblems(ctx context.Context, proposal int64, list []norms.TextProblem) error {
	if len(list) == 0 {
		return nil
	}
	problems, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("writing what could not be read: %w", err)
	}
	_, err = s.db.Exec(ctx, keepProblems, pgx.StrictNamedArgs{"proposal": proposal, "problems": problems})
	return postgres.Failure(err)
}

// problemsAsJSON are problems p in the order of their document.
const problemsAsJSON = `coalesce(json_agg(json_build_object('kind', p.kind, 'line', p.line, 'start', p.place_start, 'end', p.place_end, 'text', p.text, 'message', p.message) order by p.position), '[]')`

// ofItsText are the problems p that are places of the document itself.
const ofItsText = `p.kind <> all (@of_earlier)`

// firstProblems are shown to whoever may read the text: its proposer, those who
// may publish it, and everybody once it is held by its source.
const firstProblems = `
select (select count(*) from proposal_problem p where p.proposal_id = @id and ` + ofItsText + `) as count,
  (select ` + problemsAsJSON + `
   from proposal_problem p
   where p.proposal_id = @id and p.position <= @most and ` + ofItsText + ` and (@reads or exists (
     select from proposal_edit e
     join source s on s.slug = e.edit -> 'with' ->> 'source' and s.sha256 = e.edit -> 'with' ->> 'file_sha256' and s.body is not null
     where e.proposal_id = @id and e.edit ->> 'edit' = 'put_source_text'))) as list`

// readProblems reads into a proposal what a person should look at in its
// document: how much, and for whoever may read that, where.
func (s *Store) readProblems(ctx context.Context, by account.Actor, out *norms.Proposal) error {
	type problems struct {
		Count int
		List  []norms.TextProblem
	}
	found, err := postgres.Collect[problems](ctx, s.db, "what could not be read of a document", firstProblems, pgx.StrictNamedArgs{
		"id": out.ID, "most": norms.MaxProblems, "reads": out.ProposerID == by.ID || by.Can(account.EditMappings),
		"of_earlier": []string{norms.NoLongerThere, norms.NoLongerTold}})
	if err != nil {
		return err
	}
	out.ProblemCount, out.ToLookAt = found[0].Count, found[0].List
	for i, p := range out.ToLookAt {
		out.ToLookAt[i] = p.Masked()
	}
	return nil
}
