package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type assessmentData struct {
	LinkID         int64              `db:"link_id"`
	Assessor       norms.AssessorKind `db:"assessor"`
	AccountID      *int64             `db:"account_id"`
	OrganizationID *int64             `db:"organization_id"`
	View           norms.View         `db:"view"`
	Relation       norms.LinkRelation `db:"relation"`
	Strength       norms.Strength     `db:"strength"`
	Rationale      string             `db:"rationale"`
}

type answerData struct {
	AssessmentID   int64  `db:"assessment_id"`
	OrganizationID int64  `db:"organization_id"`
	Text           string `db:"text"`
}

var (
	assessmentTable = newTable[assessmentData]("assessment")
	answerTable     = newTable[answerData]("answer")
)

// assessmentKey is the natural key of an assessment: of what, by whom.
const assessmentKey = `link_id = @link and assessor = @assessor
  and account_id is not distinct from @account and organization_id is not distinct from @organization`

func (d assessmentData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"link": d.LinkID, "assessor": d.Assessor, "account": d.AccountID, "organization": d.OrganizationID}
}

// putAssessment records what somebody makes of a link. The link itself is not
// written, so its claim, its version and its history stay what they are.
func (w *writing) putAssessment(ctx context.Context, e norms.PutAssessment) (bool, error) {
	data, err := w.assessmentData(ctx, e)
	if err != nil {
		return false, err
	}
	if err := w.mayAssess(ctx, e, data.OrganizationID); err != nil {
		return false, err
	}
	want := wish[assessmentData]{
		thing: norms.Thing{Kind: "assessment", ID: e.ID, Name: "the assessment"},
		where: assessmentKey, key: data.key(), data: data, seen: e.Version, refused: "assessor",
	}
	if e.ID != 0 {
		found, err := w.ownAssessment(ctx, e.ID)
		if err != nil {
			return false, err
		}
		if found != nil && (found.Data.LinkID != e.Link || found.Data.Assessor != e.Assessor) {
			return false, norms.Errorf(norms.Conflict, "assessment %d is of another link or by another sort of assessor; record a new one instead", e.ID)
		}
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	id, changed, err := put(ctx, w, assessmentTable, want)
	if err == nil && changed {
		err = w.unanswered(ctx, id, "this assessment is answered, and stays as it was when it was answered. A reviewer can withdraw it with the answer")
	}
	return w.wrote(id, changed, err)
}

func (w *writing) assessmentData(ctx context.Context, e norms.PutAssessment) (d assessmentData, err error) {
	d = assessmentData{LinkID: e.Link, Assessor: e.Assessor, View: e.View, Relation: e.Relation, Strength: e.Strength, Rationale: e.Rationale}
	if d.OrganizationID, err = w.optionalID(ctx, "organization", "organization", e.Organization); err != nil {
		return d, err
	}
	if e.Assessor == norms.ByCurator {
		if d.AccountID = w.author(); d.AccountID == nil {
			return d, norms.Field("assessor", "no person assesses in a file; write third_party and name the organization")
		}
	}
	return d, nil
}

// mayAssess refuses an assessment of a link that is not recorded, by whoever is
// concerned, or that agrees with what the link does not say.
func (w *writing) mayAssess(ctx context.Context, e norms.PutAssessment, organization *int64) error {
	found, err := find(ctx, w, linkTable, idIs, pgx.StrictNamedArgs{"id": e.Link})
	if err != nil {
		return err
	}
	if found == nil {
		return norms.Field("link", "no link %d is recorded (any more)", e.Link)
	}
	link := found.Data
	if e.View == norms.Agrees && e.Relation != "" && e.Relation != link.Relation {
		return norms.Field("relation", "is another than that of the link, with which the view agrees; leave it out, or choose another view")
	}
	if organization != nil && link.AsserterID != nil && *organization == *link.AsserterID {
		return norms.Field("organization", "is no third party: the link is this organization's own claim")
	}
	return w.isThirdParty(ctx, "organization", link.InitiativeID, organization)
}

// unanswered refuses to touch an assessment that an organization has answered.
func (w *writing) unanswered(ctx context.Context, assessment int64, says string) error {
	if w.run.isNew(assessmentTable.name, assessment) {
		return nil
	}
	const q = "select exists (select from answer where assessment_id = $1)"
	var answered bool
	if err := w.db.QueryRow(ctx, q, assessment).Scan(&answered); err != nil {
		return postgres.Failure(err)
	}
	if answered {
		return norms.Errorf(norms.Conflict, "%s", says)
	}
	return nil
}

// ownAssessment finds a recorded assessment. A curator's is changed by the same
// person only, who stands for it by name: others add their own.
func (w *writing) ownAssessment(ctx context.Context, id int64) (*row[assessmentData], error) {
	found, err := assessmentTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": id})
	if err != nil || found == nil {
		return nil, err
	}
	if a := found.Data.AccountID; a != nil && (w.author() == nil || *w.author() != *a) {
		return nil, norms.Errorf(norms.Forbidden, "this is another curator's assessment, which only its author changes; record your own beside it")
	}
	return found, nil
}

// withdrawAssessment takes an assessment back: one's own, a third party's, or
// as a reviewer anybody's. The answer goes with it, and so an answered one only
// by a reviewer: whoever made it is not to end the right of reply.
func (w *writing) withdrawAssessment(ctx context.Context, e norms.WithdrawAssessment) (bool, error) {
	found, err := w.ownAssessment(ctx, e.ID)
	if norms.KindOf(err) == norms.Forbidden && w.by.Role.Can(account.DecideProposals) {
		found, err = assessmentTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	}
	if err != nil {
		return false, err
	}
	if err := withdrawable(found, e.ID, e.Version, "assessment"); err != nil {
		return false, err
	}
	own := found.Data.AccountID != nil && w.author() != nil && *found.Data.AccountID == *w.author()
	if own || !w.by.Role.Can(account.DecideProposals) {
		if err := w.unanswered(ctx, e.ID, "this assessment is answered: only a reviewer other than its author can withdraw it, with the answer"); err != nil {
			return false, err
		}
	}
	return w.wrote(e.ID, true, assessmentTable.drop(ctx, w.db, e.ID))
}

// mayAnswer tells whose claim an assessment is about: the organization that
// asserts the link, and the one that carries the initiative out.
const mayAnswer = `
select coalesce(l.asserter_id = @organization, false) or i.organization_id = @organization
from assessment s
join link l on l.id = s.link_id
join initiative i on i.id = l.initiative_id
where s.id = @assessment`

// putAnswer records the one answer to an assessment, by the organization whose
// claim was assessed: that to which the account behind it is bound.
func (w *writing) putAnswer(ctx context.Context, e norms.PutAnswer) (bool, error) {
	if !w.by.Can(account.AnswerForOrganization) {
		return false, norms.Errorf(norms.Forbidden, "only an account that is bound to the organization can answer for it; an administrator binds it")
	}
	found, err := assessmentTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.Assessment})
	if err != nil {
		return false, err
	}
	if err := withdrawable(found, e.Assessment, e.Version, "assessment"); err != nil {
		return false, err
	}
	var may bool
	args := pgx.StrictNamedArgs{"organization": w.by.OrganizationID, "assessment": e.Assessment}
	if err := w.db.QueryRow(ctx, mayAnswer, args).Scan(&may); err != nil {
		return false, fmt.Errorf("asking whose claim it is: %w", postgres.Failure(err))
	}
	if !may {
		return false, norms.Errorf(norms.Forbidden, "this is the claim of another organization than %s, which your account answers for", w.by.Organization)
	}
	if err := w.neverAnswered(ctx, e.Assessment); err != nil {
		return false, err
	}
	id, err := answerTable.insert(ctx, w.db, answerData{e.Assessment, w.by.OrganizationID, e.Text}, w.rev)
	return w.wrote(id, err == nil, err)
}

// neverAnswered refuses a second answer also after the first was taken back.
func (w *writing) neverAnswered(ctx context.Context, assessment int64) error {
	const q = `select exists (select from history.answer where assessment_id = $1 and organization_id = $2 and until_rev < 9223372036854775807)`
	var before bool
	err := w.db.QueryRow(ctx, q, assessment, w.by.OrganizationID).Scan(&before)
	if err == nil && before {
		return norms.Field("text", "cannot be given: the assessment was answered before, and an organization answers once; take back what took that answer back")
	}
	return postgres.Failure(err)
}
