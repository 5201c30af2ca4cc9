package edit

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// linkNames are the things that a new link names, and how they are shown.
type linkNames struct {
	InitiativeID, PrincipleID                      int64
	AsserterID                                     *int64
	Initiative, InitiativeTitle                    string
	Organization, OrganizationName                 string
	Principle, PrincipleTitle, PrincipleName       string
	Agreement                                      string
	Current                                        bool
	Asserter, AsserterName                         string
	FirstInitiative, FirstPrinciple, FirstAsserter string    // the names under which they were recorded first
	At                                             time.Time // of the changeset, when that was open
}

// namesOfNewLink reads all that a new link needs in one go, with the moment of
// the changeset when that is open. A principle that is not named for certain is there
// twice. The first version of a thing is the first that ended, too, and by
// their ends versions are in the index.
const namesOfNewLink = `
select i.id as initiative_id, p.id as principle_id, x.id as asserter_id, i.slug as initiative, i.title as initiative_title,
  o.slug as organization, o.name as organization_name, n.ref as principle, n.title as principle_title, n.name as principle_name,
  n.agreement, n.current, coalesce(x.slug, '') as asserter, coalesce(x.name, '') as asserter_name,
  (select h.slug from history.initiative h where h.id = i.id order by h.until_rev limit 1) as first_initiative,
  (select h.slug from history.agreement h where h.id = n.agreement_id order by h.until_rev limit 1) || '@' ||
    (select h.slug from history.edition h where h.id = n.edition_id order by h.until_rev limit 1) || '/' ||
    (select h.label from history.principle h where h.id = n.id order by h.until_rev limit 1) as first_principle,
  coalesce((select h.slug from history.organization h where h.id = x.id order by h.until_rev limit 1), '') as first_asserter,
  coalesce((select c.at from changeset c where c.id = nullif(current_setting('normmap.changeset', true), '')::bigint), now()) as at
from principle_name n
join principle p on p.id = n.id and p.label = @label
join initiative i on i.slug = @initiative
join organization o on o.id = i.organization_id
left join organization x on x.slug = nullif(@asserter, '')
where n.agreement = @agreement and (n.edition = @edition or @edition = '' and n.current)
order by p.id
limit 2`

// samePlan has a transaction make no plan anew for what it asks: to plan
// namesOfNewLink takes longer than to read it, and the plan is always the same.
const samePlan = "set local plan_cache_mode = force_generic_plan"

// nameAhead looks up what a new link names together with what b does. What is
// not found is looked up again later, to say what is wrong.
func (w *writing) nameAhead(b *pgx.Batch, e norms.PutLink) {
	r, err := norms.ParseRef(e.Principle)
	if err != nil {
		return
	}
	args := pgx.StrictNamedArgs{"initiative": e.Initiative, "agreement": r.Agreement, "edition": r.Edition, "label": r.Label, "asserter": e.Asserter}
	b.Queue(namesOfNewLink, args).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[linkNames])
		if err != nil || len(found) != 1 {
			return err
		}
		n := found[0]
		w.shown = &n
		w.known["initiative "+e.Initiative], w.known["principle "+e.Principle] = n.InitiativeID, n.PrincipleID
		if n.AsserterID != nil {
			w.known["organization "+e.Asserter] = *n.AsserterID
		}
		return nil
	})
}

// AddLink is Apply of one new link, and gives it as it is recorded.
func (s *Store) AddLink(ctx context.Context, by account.Actor, reason string, e norms.PutLink) (norms.AssessedLink, error) {
	var shown *linkNames
	done, err := s.ApplyBatch(ctx, Batch{By: by, Reason: reason, Edits: []norms.Edit{e}, shown: &shown})
	if err != nil {
		return norms.AssessedLink{}, err
	}
	return shown.link(e, done), nil
}

// link is a link that was just recorded: nothing rests on it yet.
func (n *linkNames) link(e norms.PutLink, done norms.Applied) norms.AssessedLink {
	out := norms.AssessedLink{
		LinkRow: norms.LinkRow{
			ID: done.IDs[0], Initiative: n.Initiative, InitiativeTitle: n.InitiativeTitle, Organization: n.Organization,
			OrganizationName: n.OrganizationName, Principle: n.Principle, PrincipleTitle: n.PrincipleTitle, PrincipleName: n.PrincipleName,
			Agreement: n.Agreement, Current: n.Current, Relation: e.Relation, Property: e.Property, Origin: e.Origin,
			Asserter: n.Asserter, AsserterName: n.AsserterName, Strength: e.Strength, Rationale: e.Rationale, Version: done.Revision,
		},
		ClaimNames: norms.ClaimNames{Initiative: n.FirstInitiative, Principle: n.FirstPrinciple, Asserter: n.FirstAsserter},
		At:         n.At, References: []norms.ClaimReference{}, Assessments: []norms.AssessmentRow{},
	}
	out.ClaimDigest = out.Claim().Digest()
	return out
}
