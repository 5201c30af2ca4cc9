package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
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

// wordsOfOthers finds what an undo leaves alone because somebody stands for it
// by name: a curator's assessment, which nobody else puts back to what it was,
// or back on record when its author withdrew it, but which a reviewer may take
// back as a whole; and the answer of an organization, which others do not take
// back.
const wordsOfOthers = `
select 'assessment:' || h.id as row
from (
  select id, account_id, bool_or(since_rev = @changeset) as made, bool_or(until_rev = @changeset) as ended
  from history.assessment where since_rev = @changeset or until_rev = @changeset group by id, account_id
) h
join changeset c on c.id = @changeset
left join approval v on v.changeset_id = c.id
where h.account_id is distinct from @account and case
  when h.account_id is null then false
  when h.made and h.ended then true
  when h.made then not @reviewer
  else h.account_id = coalesce(v.proposer_id, c.account_id) end
union all
select 'answer:' || id from history.answer
where since_rev = @changeset and organization_id <> @organization
order by row`

func (w *writing) wordsOfOthers(ctx context.Context, changeset int64) ([]string, error) {
	type only struct{ Row string }
	found, err := postgres.Collect[only](ctx, w.db, "what others said", wordsOfOthers, pgx.StrictNamedArgs{
		"changeset": changeset, "account": w.author(), "reviewer": w.by.Role.Can(account.DecideProposals), "organization": w.by.OrganizationID})
	out := make([]string, len(found))
	for i, f := range found {
		out[i] = f.Row
	}
	return out, err
}

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
			return postgres.Failure(err)
		}
	}
	return nil
}

// answersTouched tells whether an undo took others' answers away whose link stays, and
// whether it changed assessments under answers that stay.
const answersTouched = `
select
  exists (
    select from history.answer h
    join history.assessment s on s.id = h.assessment_id
    join link l on l.id = s.link_id
    where h.until_rev = @rev and h.organization_id <> @organization
      and not exists (select from answer o where o.assessment_id = h.assessment_id)) as taken,
  exists (
    select from assessment s
    join answer r on r.assessment_id = s.id
    join history.assessment h on h.id = s.id and h.until_rev = @rev
    where r.version <> @rev and (h.view, h.relation, h.strength, h.rationale) is distinct from (s.view, s.relation, s.strength, s.rationale)) as changed`

// answersStay refuses an undo that would end the right of reply.
func (w *writing) answersStay(ctx context.Context) error {
	var taken, changed bool
	if err := w.db.QueryRow(ctx, answersTouched, pgx.StrictNamedArgs{"rev": w.rev, "organization": w.by.OrganizationID}).Scan(&taken, &changed); err != nil {
		return postgres.Failure(err)
	}
	switch {
	case taken && !w.by.Role.Can(account.DecideProposals):
		return norms.Errorf(norms.Conflict, "this would take an answer to an assessment away, which only a reviewer can do")
	case changed:
		return norms.Errorf(norms.Conflict, "this would change an assessment that is answered, which stays as it was when it was answered")
	}
	return nil
}
