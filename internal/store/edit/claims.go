package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// disowned are a contributor's links that another than the reporter of the
// initiative asserts: which words claim them, and whose, cannot be told then.
// biased are what a third party says in a matter of its own. Both are looked
// for among what a changeset wrote, and start with a table i of initiatives.
const (
	disowned = `
select 'link' as kind, l.id, x.name as party
from i
join link l on l.initiative_id = i.id
join organization x on x.id = l.asserter_id
where @rev in (l.version, i.version) and l.origin = 'contributor' and l.asserter_id <> i.reported_by_id
order by x.name, l.id`

	biased = `
select 'link' as kind, l.id, x.name as party
from i
join link l on l.initiative_id = i.id
join organization x on x.id = l.asserter_id
where @rev in (l.version, i.version) and l.origin = 'third_party' and l.asserter_id in (i.organization_id, i.reported_by_id)
union all
select 'assessment', h.id, x.name
from i
join link l on l.initiative_id = i.id
join assessment h on h.link_id = l.id
join organization x on x.id = h.organization_id
where @rev in (h.version, l.version, i.version) and h.organization_id in (i.organization_id, i.reported_by_id, l.asserter_id)
order by party, kind, id`

	ofTheseInitiatives = "with i as (select id, organization_id, reported_by_id, version from initiative where id = any (@initiatives))"
	ofInitiatives      = "with i as (select id, organization_id, reported_by_id, version from initiative where id <> all (@initiatives))"
)

type partial struct {
	Kind  string
	ID    int64
	Party string
}

// claimsHold refuses a changeset that would leave a claim to somebody else, or
// make a third party of whoever is concerned: in some initiatives, or without
// any in all of them.
func (w *writing) claimsHold(ctx context.Context, initiatives ...int64) error {
	of := ofTheseInitiatives
	if len(initiatives) == 0 {
		of, initiatives = ofInitiatives, []int64{}
	}
	args := pgx.StrictNamedArgs{"initiatives": initiatives, "rev": w.rev}
	for _, rule := range []struct{ sql, says string }{
		{disowned, "whoever reported an initiative makes its contributor's links, and %s as claims of %[2]s: let %[2]s stay the reporter, or set the citations of these links aside first"},
		{biased, "nobody is a third party in a matter of its own, and %s by %[2]s, which would carry the initiative out, report it or make the claim: withdraw that first"},
	} {
		found, err := postgres.Collect[partial](ctx, w.db, "whose claims are recorded", of+rule.sql, args)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue
		}
		var rows []related
		for _, f := range found {
			if f.Party == found[0].Party {
				rows = append(rows, related{Kind: f.Kind, ID: f.ID})
			}
		}
		what, err := w.inWords(ctx, rows)
		if err != nil {
			return err
		}
		verb := " is on record"
		if len(rows) > 1 {
			verb = " are on record"
		}
		return norms.Errorf(norms.Conflict, rule.says, what+verb, found[0].Party)
	}
	return nil
}

// parties are who carries an initiative out and who reported it.
type parties struct {
	ID             int64
	OrganizationID int64
	ReportedByID   int64
}

const partiesOf = `select id, organization_id, reported_by_id from initiative where id = any (@initiatives) order by id`

// parties reads whose an initiative is.
func (w *writing) parties(ctx context.Context, initiative int64) (parties, error) {
	if w.run != nil {
		if p, ok := w.run.parties[initiative]; ok {
			return p, nil
		}
	}
	found, err := postgres.Collect[parties](ctx, w.db, "whose initiative it is", partiesOf, pgx.StrictNamedArgs{"initiatives": []int64{initiative}})
	if err != nil || len(found) == 0 {
		return parties{}, err
	}
	return found[0], nil
}

// isThirdParty refuses an organization that carries an initiative out or
// reported it where a third party is asked for.
func (w *writing) isThirdParty(ctx context.Context, field string, initiative int64, organization *int64) error {
	if organization == nil {
		return nil
	}
	of, err := w.parties(ctx, initiative)
	if err != nil {
		return err
	}
	if *organization == of.OrganizationID || *organization == of.ReportedByID {
		return norms.Field(field, "is no third party: this organization carries the initiative out or reported it")
	}
	return nil
}
