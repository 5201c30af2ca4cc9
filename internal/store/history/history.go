package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Version is one version of a row; it counts from SinceRev until before
// UntilRev, which is forever for the present one.
type Version struct {
	Kind     string         `json:"kind"`
	ID       int64          `json:"id"`
	SinceRev int64          `json:"since_rev"`
	UntilRev int64          `json:"until_rev"`
	Body     map[string]any `json:"body"`
}

// VersionColumns begins a statement that reads versions.
const VersionColumns = `select kind, id, since_rev, until_rev, body from `

// historyPage is a page of the history of a thing as historyOf reads it.
type historyPage struct {
	Total    int // changesets, on all pages
	Revs     []int64
	Rows     []int // that each of them wrote of the thing
	Older    bool  // there are more
	Picked   []pickedRow
	Versions []Version
}

type pickedRow struct {
	Kind    string
	ID, Rev int64
}

// History tells what happened to an agreement, organization, initiative or
// source, named by slug, to a principle, named by ref, or to a link, named by
// its number, newest first. A page ends where it has many rows, and of a large
// changeset it has the first ones. It speaks of withdrawn things, too. Errors:
// MovedError for an old slug, NotFound when there never was such a thing.
func (s *Store) History(ctx context.Context, kind, key string, p norms.Page) (norms.History, error) {
	before, err := NumberOf(p.Cursor)
	if err != nil {
		return norms.History{}, err
	}
	sql, ok := historyOf[kind]
	if !ok {
		return norms.History{}, norms.NotFoundf("%s is no kind of thing that has a history of its own", kind)
	}
	id, err := s.everRecorded(ctx, kind, key)
	if err != nil {
		return norms.History{}, err
	}
	found, err := postgres.Collect[historyPage](ctx, s.db, "the history of "+key, sql, pgx.StrictNamedArgs{"id": id, "before": before,
		"limit": p.Size(), "each": norms.HistoryRowsEach, "rows": norms.HistoryRows, "kinds": TrackedKinds})
	if err != nil {
		return norms.History{}, err
	}
	page := found[0] // the statement has exactly one row
	changes, revs := page.changes()
	names, err := s.names.NamesOf(ctx, append([]naming.RowChange{{Kind: kind, ID: id}}, changes...))
	if err != nil {
		return norms.History{}, err
	}
	h := norms.History{Thing: names.Of(kind, id), Total: page.Total}
	if page.Older {
		h.Next = new(postgres.Cursor{ID: page.Revs[len(page.Revs)-1]}.String())
	}
	h.Entries, err = s.entries(ctx, names, changes, revs)
	for i := range h.Entries {
		h.Entries[i].Rows = page.Rows[slices.Index(page.Revs, h.Entries[i].Changeset.ID)]
	}
	return h, err
}

// changes are those of the page, each with its changeset.
func (p historyPage) changes() (changes []naming.RowChange, revs []int64) {
	picked := make(map[pickedRow]bool, len(p.Picked))
	for _, r := range p.Picked {
		picked[r] = true
	}
	all, of := Differences(p.Versions)
	for i, c := range all {
		if picked[pickedRow{c.Kind, c.ID, of[i]}] {
			changes, revs = append(changes, c), append(revs, of[i])
		}
	}
	return changes, revs
}

// entries groups changes, of which revs holds the changesets in the same
// order, by changeset.
func (s *Store) entries(ctx context.Context, n naming.Names, changes []naming.RowChange, revs []int64) ([]norms.HistoryEntry, error) {
	by := map[int64][]norms.Change{}
	for i, c := range changes {
		by[revs[i]] = append(by[revs[i]], norms.Change{Thing: n.Thing(c), Action: c.Action(), Fields: n.Fields(c)})
	}
	ids := append([]int64{}, slices.Compact(slices.Sorted(slices.Values(revs)))...)
	sets, err := postgres.Collect[norms.ChangesetRow](ctx, s.db, "changesets", changesetRows, pgx.StrictNamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	out := make([]norms.HistoryEntry, len(sets))
	for i, c := range sets {
		out[i] = norms.HistoryEntry{Changeset: c, Changes: by[c.ID]}
	}
	return out, nil
}

// TrackedKinds are the tables with a history, a thing before its parts.
var TrackedKinds = []string{"agreement", "agreement_alias", "edition", "principle", "organization", "source", "adherence",
	"agreement_event", "numbering", "numbering_label", "initiative", "initiative_partner", "link", "citation_line", "reference",
	"citation", "citation_candidate", "fact_source", "element", "element_reading", "assessment", "answer", "cell_review",
	"addressee_ruling", "statement", "crosswalk"}

func inRecordedOrder(a, b Version) int {
	return cmp.Or(cmp.Compare(slices.Index(TrackedKinds, a.Kind), slices.Index(TrackedKinds, b.Kind)),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.SinceRev, b.SinceRev))
}

// Differences turns versions into what each changeset did: a version without
// one right before it was added, one without one right after it was withdrawn.
func Differences(versions []Version) (changes []naming.RowChange, revs []int64) {
	slices.SortFunc(versions, inRecordedOrder)
	type place struct {
		naming.ThingKey
		rev int64
	}
	ended := make(map[place]map[string]any, len(versions))
	begun := make(map[place]bool, len(versions))
	for _, v := range versions {
		ended[place{naming.ThingKey{Kind: v.Kind, ID: v.ID}, v.UntilRev}] = v.Body
		begun[place{naming.ThingKey{Kind: v.Kind, ID: v.ID}, v.SinceRev}] = true
	}
	for _, v := range versions {
		key := naming.ThingKey{Kind: v.Kind, ID: v.ID}
		changes = append(changes, naming.RowChange{Kind: v.Kind, ID: v.ID, Before: ended[place{key, v.SinceRev}], After: v.Body})
		revs = append(revs, v.SinceRev)
		if v.UntilRev != postgres.Forever && !begun[place{key, v.UntilRev}] {
			changes = append(changes, naming.RowChange{Kind: v.Kind, ID: v.ID, Before: v.Body})
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
	a, err := s.names.Addressed(ctx, kind, key)
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
	found, err := postgres.Collect[only](ctx, s.db, "link "+key, linkEverNumbered, pgx.StrictNamedArgs{"id": id, "upto": postgres.Upto(s.db)})
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
// mean several is NotFound, as for [browse.Store.Principle].
func (s *Store) principleEver(ctx context.Context, ref string) (int64, error) {
	r, err := norms.ParseRef(ref)
	if err != nil {
		return 0, norms.NotFoundf("%s", err)
	}
	type only struct{ ID int64 }
	found, err := postgres.Collect[only](ctx, s.db, "principle "+ref, principleEverNamed,
		pgx.StrictNamedArgs{"agreement": r.Agreement, "edition": r.Edition, "label": r.Label, "upto": postgres.Upto(s.db)})
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
