package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// version is one version of a row; it counts from SinceRev until before
// UntilRev, which is forever for the present one.
type version struct {
	Kind               string
	ID                 int64
	SinceRev, UntilRev int64
	Body               map[string]any
}

const forever = math.MaxInt64

// What belongs to the history of a thing: its own row and the rows that its
// page shows, whenever they belonged to it.
const versionColumns = `select kind, id, since_rev, until_rev, body from `

var versionsOf = map[string]string{
	"agreement": versionColumns + `history.versions('agreement', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('agreement_alias', 'agreement_id', array[@id])
union all ` + versionColumns + `history.versions('edition', 'agreement_id', array[@id])
union all ` + versionColumns + `history.versions('agreement_event', 'agreement_id', array[@id])
union all ` + versionColumns + `history.versions('numbering', 'agreement_id', array[@id])
union all ` + versionColumns + `history.versions('numbering_label', 'numbering_id', array(select m.id from history.numbering m where m.agreement_id = @id))
union all ` + versionColumns + `history.versions('statement', 'agreement_id', array[@id])`,
	"principle": versionColumns + `history.versions('principle', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('link', 'principle_id', array[@id])
union all ` + versionColumns + `history.versions('citation_candidate', 'principle_id', array[@id])
union all ` + versionColumns + `history.versions('citation', 'id', array(
  select c.id from history.citation c join history.link l on l.id = c.link_id where l.principle_id = @id
  union select k.citation_id from history.citation_candidate k where k.principle_id = @id))` + historyOfLinks("l.principle_id = @id") + `
union all ` + versionColumns + `history.versions('statement', 'principle_id', array[@id])
union all ` + versionColumns + `history.versions('crosswalk', 'id', array(
  select h.id from history.crosswalk h where @id in (h.subject_id, h.object_id)))
union all ` + versionColumns + `history.versions('cell_review', 'principle_id', array[@id])
union all ` + versionColumns + `history.versions('addressee_ruling', 'principle_id', array[@id])`,
	"organization": versionColumns + `history.versions('organization', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('adherence', 'organization_id', array[@id])
union all ` + versionColumns + `history.versions('statement', 'organization_id', array[@id])
union all ` + versionColumns + `history.versions('cell_review', 'organization_id', array[@id])
union all ` + versionColumns + `history.versions('addressee_ruling', 'organization_id', array[@id])`,
	"source": versionColumns + `history.versions('source', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('citation_line', 'source_id', array[@id])
union all ` + versionColumns + `history.versions('statement', 'source_id', array[@id])`,
	"initiative": versionColumns + `history.versions('initiative', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('initiative_partner', 'initiative_id', array[@id])
union all ` + versionColumns + `history.versions('link', 'initiative_id', array[@id])
union all ` + versionColumns + `history.versions('citation_line', 'initiative_id', array[@id])
union all ` + versionColumns + `history.versions('reference', 'line_id', array(select t.id from history.citation_line t where t.initiative_id = @id))
union all ` + versionColumns + `history.versions('citation', 'reference_id', array(
  select r.id from history.reference r join history.citation_line t on t.id = r.line_id where t.initiative_id = @id))` + historyOfLinks("l.initiative_id = @id"),
	"link": versionColumns + `history.versions('link', 'id', array[@id::bigint])
union all ` + versionColumns + `history.versions('citation', 'link_id', array[@id])` + historyOfLinks("l.id = @id"),
}

// historyOfLinks goes on with what was made of links l.
func historyOfLinks(which string) string {
	const of = `history.link l join history.assessment s on s.link_id = l.id where `
	return `
union all ` + versionColumns + `history.versions('assessment', 'id', array(select s.id from ` + of + which + `))
union all ` + versionColumns + `history.versions('answer', 'assessment_id', array(select s.id from ` + of + which + `))`
}

// History tells what happened to an agreement, organization, initiative or
// source, named by slug, to a principle, named by ref, or to a link, named by
// its number, newest first. It
// speaks of withdrawn things, too. Errors: MovedError for an old slug,
// NotFound when there never was such a thing.
func (s *Store) History(ctx context.Context, kind, key string) (norms.History, error) {
	sql, ok := versionsOf[kind]
	if !ok {
		return norms.History{}, norms.NotFoundf("%s is no kind of thing that has a history of its own", kind)
	}
	id, err := s.everRecorded(ctx, kind, key)
	if err != nil {
		return norms.History{}, err
	}
	versions, err := collect[version](ctx, s.db, "the history of "+key, sql, pgx.StrictNamedArgs{"id": id})
	if err != nil {
		return norms.History{}, err
	}
	changes, revs := differences(versions)
	names, err := s.names(ctx, changes)
	if err != nil {
		return norms.History{}, err
	}
	h := norms.History{Thing: names.of(kind, id)}
	h.Entries, err = s.entries(ctx, names, changes, revs)
	return h, err
}

// entries groups changes, of which revs holds the changesets in the same
// order, by changeset.
func (s *Store) entries(ctx context.Context, n names, changes []rowChange, revs []int64) ([]norms.HistoryEntry, error) {
	by := map[int64][]norms.Change{}
	for i, c := range changes {
		by[revs[i]] = append(by[revs[i]], norms.Change{Thing: n.thing(c), Action: c.action(), Fields: n.fields(c)})
	}
	ids := append([]int64{}, slices.Compact(slices.Sorted(slices.Values(revs)))...)
	sets, err := collect[norms.ChangesetRow](ctx, s.db, "changesets", changesetRows, pgx.StrictNamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	out := make([]norms.HistoryEntry, len(sets))
	for i, c := range sets {
		out[i] = norms.HistoryEntry{Changeset: c, Changes: by[c.ID]}
	}
	return out, nil
}

// trackedKinds are the tables with a history, a thing before its parts.
var trackedKinds = []string{"agreement", "agreement_alias", "edition", "principle", "organization", "source", "adherence",
	"agreement_event", "numbering", "numbering_label", "initiative", "initiative_partner", "link", "citation_line", "reference",
	"citation", "citation_candidate", "fact_source", "element", "element_reading", "assessment", "answer", "cell_review",
	"addressee_ruling", "statement", "crosswalk"}

func inRecordedOrder(a, b version) int {
	return cmp.Or(cmp.Compare(slices.Index(trackedKinds, a.Kind), slices.Index(trackedKinds, b.Kind)),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.SinceRev, b.SinceRev))
}

// differences turns versions into what each changeset did: a version without
// one right before it was added, one without one right after it was withdrawn.
func differences(versions []version) (changes []rowChange, revs []int64) {
	slices.SortFunc(versions, inRecordedOrder)
	type place struct {
		thingKey
		rev int64
	}
	ended := make(map[place]map[string]any, len(versions))
	begun := make(map[place]bool, len(versions))
	for _, v := range versions {
		ended[place{thingKey{v.Kind, v.ID}, v.UntilRev}] = v.Body
		begun[place{thingKey{v.Kind, v.ID}, v.SinceRev}] = true
	}
	for _, v := range versions {
		key := thingKey{v.Kind, v.ID}
		changes = append(changes, rowChange{Kind: v.Kind, ID: v.ID, Before: ended[place{key, v.SinceRev}], After: v.Body})
		revs = append(revs, v.SinceRev)
		if v.UntilRev != forever && !begun[place{key, v.UntilRev}] {
			changes = append(changes, rowChange{Kind: v.Kind, ID: v.ID, Before: v.Body})
			revs = append(revs, v.UntilRev)
		}
	}
	return changes, revs
}

// everRecorded finds the number of a thing that is or was recorded.
func (s *Store) everRecorded(ctx context.Context, kind, key string) (int64, error) {
	switch kind {
	case "principle":
		return s.principleEver(ctx, key)
	case "link":
		return s.linkEver(ctx, key)
	}
	a, err := s.addressed(ctx, kind, key)
	if norms.KindOf(err) == norms.Gone {
		err = nil
	}
	return a.ID, err
}

const linkEverNumbered = `select distinct id from history.link where id = @id and since_rev <= @upto`

// linkEver finds a link that is or was recorded, by its number.
func (s *Store) linkEver(ctx context.Context, key string) (int64, error) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return 0, norms.NotFoundf("%q is no number of a link", key)
	}
	type only struct{ ID int64 }
	found, err := collect[only](ctx, s.db, "link "+key, linkEverNumbered, pgx.StrictNamedArgs{"id": id, "upto": s.upto()})
	if err == nil && len(found) == 0 {
		err = norms.NotFoundf("no link %d is recorded", id)
	}
	return id, err
}

// principleEver finds principles recorded up to a revision. A ref without an
// edition means the one that was current then.
func principleEver(upto string) string {
	return `
select distinct p.id
from history.principle p
join history.edition e on e.id = p.edition_id
join address d on d.kind = 'agreement' and d.id = e.agreement_id
where d.slug = @agreement and p.label = @label and p.since_rev <= ` + upto + `
  and (e.slug = @edition or @edition = '' and e.current and e.since_rev <= ` + upto + ` and e.until_rev > ` + upto + `)`
}

var principleEverNamed = principleEver("@upto")

// principleEver finds a principle that is or was recorded. A ref that could
// mean several is NotFound, as for [Store.Principle].
func (s *Store) principleEver(ctx context.Context, ref string) (int64, error) {
	r, err := norms.ParseRef(ref)
	if err != nil {
		return 0, norms.NotFoundf("%s", err)
	}
	type only struct{ ID int64 }
	found, err := collect[only](ctx, s.db, "principle "+ref, principleEverNamed,
		pgx.StrictNamedArgs{"agreement": r.Agreement, "edition": r.Edition, "label": r.Label, "upto": s.upto()})
	switch {
	case err != nil:
		return 0, fmt.Errorf("looking for the history: %w", err)
	case len(found) == 1:
		return found[0].ID, nil
	case len(found) == 0:
		return 0, norms.NotFoundf("no principle %s is recorded", ref)
	}
	return 0, severalPrinciples(ref)
}

func severalPrinciples(ref string) error {
	agreement, label, _ := strings.Cut(ref, "/")
	return norms.NotFoundf("%s could be several principles; name the edition: %s@edition/%s", ref, agreement, label)
}
