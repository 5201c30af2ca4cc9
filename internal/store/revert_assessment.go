package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// An assessment goes and comes with its link. It goes by the foreign key; what
// an undo has to do is to bring it back where the link came back by itself, and
// to bring it to the link where that is recorded under another number now.
const (
	sameLink = `l.initiative_id = h.initiative_id and l.principle_id = h.principle_id and l.origin = h.origin
  and l.asserter_id is not distinct from h.asserter_id`

	findAssessed = `
update assessment s set link_id = l.id, version = @rev
from history.link h
join link l on ` + sameLink + `
where s.id = any (@assessments) and h.id = s.link_id and not exists (select from link o where o.id = s.link_id)
  and not exists (select from assessment o where o.link_id = l.id and o.assessor = s.assessor
    and o.account_id is not distinct from s.account_id and o.organization_id is not distinct from s.organization_id)`

	// dropSuperseded leaves out what the same assessor has said of the link
	// anew.
	dropSuperseded = `
delete from assessment s
where s.id = any (@assessments) and not exists (select from link o where o.id = s.link_id)
  and exists (select from history.link h join link l on ` + sameLink + ` where h.id = s.link_id)`

	restoreAssessed = `
insert into assessment (id, link_id, assessor, account_id, organization_id, view, relation, strength, rationale, version)
select h.id, h.link_id, h.assessor, h.account_id, h.organization_id, h.view, h.relation, h.strength, h.rationale, @rev
from history.assessment h
where h.link_id = any (@links) and not exists (select from assessment o where o.id = h.id)
  and h.until_rev = (select max(l.until_rev) from history.link l where l.id = h.link_id and l.until_rev <= @rev)`

	restoreAnswers = `
insert into answer (id, assessment_id, organization_id, text, version)
select h.id, h.assessment_id, h.organization_id, h.text, @rev
from history.answer h
join assessment s on s.id = h.assessment_id and s.link_id = any (@links)
where not exists (select from answer o where o.id = h.id or o.assessment_id = h.assessment_id)
  and h.until_rev = (select max(l.until_rev) from history.link l where l.id = s.link_id and l.until_rev <= @rev)`
)

// settleAssessments keeps assessments with their links after an undo: those
// that it wrote, and those of links that it brought back beside.
func (w *writing) settleAssessments(ctx context.Context, undone, restored []int64) error {
	for _, step := range []struct {
		sql  string
		args pgx.StrictNamedArgs
	}{
		{findAssessed, pgx.StrictNamedArgs{"rev": w.rev, "assessments": undone}},
		{dropSuperseded, pgx.StrictNamedArgs{"assessments": undone}},
		{restoreAssessed, pgx.StrictNamedArgs{"rev": w.rev, "links": restored}},
		{restoreAnswers, pgx.StrictNamedArgs{"rev": w.rev, "links": restored}},
	} {
		if _, err := w.db.Exec(ctx, step.sql, step.args); err != nil {
			return failure(err)
		}
	}
	return nil
}
