package store_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// coveragesAsked are matrices of every kind: what they count is looked up in the
// present in other tables.
var coveragesAsked = []norms.CoverageFilter{
	{By: norms.ByOrganization},
	{By: norms.ByStakeholderGroup},
	{By: norms.ByStakeholderGroup, StakeholderGroup: string(norms.StakeholderGroups[0])},
	{By: norms.ByOrganization, Agreements: []string{"paris-call"}},
	{By: norms.ByStakeholderGroup, Agreements: []string{"paris-call"}},
	{By: norms.ByStakeholderGroup, Agreements: []string{"paris-call", "tech-accord"}},
}

// What coverage, gaps and lists showed at a revision they show of it ever after.
func TestWhatIsCountedOfThePastIsWhatWasShown(t *testing.T) {
	t.Parallel()
	present, pool := owned(t)
	earlier, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(earlier.Close)
	s := present.WithPast(earlier)
	r := rand.New(rand.NewPCG(43, 7))
	then := map[int64][]string{}
	for n := range randomWrites {
		rewrite(t, pool, "set constraints all deferred; "+fmt.Sprintf(randomWrites[n], r.IntN(1000)))
		then[read[int64](t)(s.Revision(t.Context()))] = countedPages(t, s)
	}
	distinct := map[string]bool{}
	for _, upto := range []int{len(then) / 2, len(then)} { // of some revisions tallies are written down, then of all
		must(t, pool.QueryRow(t.Context(), "select history.keep_tallies($1, 1000000)", upto).Scan(new(int64)))
		for revision, want := range then {
			distinct[strings.Join(want, "\n")] = true
			if diff := cmp.Diff(want, countedPages(t, s.AsOf(revision))); diff != "" {
				t.Fatalf("as of revision %d (-shown then +shown now):\n%s", revision, diff)
			}
		}
	}
	if len(distinct) < len(then)/3 { // the control: otherwise the present would do
		t.Errorf("only %d of %d revisions differ", len(distinct), len(then))
	}
}

// countedPages is what pages say that count: each a line.
func countedPages(t *testing.T, s *store.Store) []string {
	t.Helper()
	var pages []string
	say := func(page any) {
		raw, err := json.Marshal(page)
		must(t, err)
		pages = append(pages, string(raw))
	}
	for _, f := range coveragesAsked {
		for _, most := range []int{0, math.MaxInt} {
			say(read[norms.Coverage](t)(s.CoverageUpTo(t.Context(), f, norms.Page{Limit: 5}, most)))
		}
	}
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	say(read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{})))
	for _, section := range norms.GapSections {
		say(read[norms.Gaps](t)(s.Gaps(t.Context(), day, section, norms.Page{Limit: 4})))
	}
	say(read[norms.List[norms.SourceRow]](t)(s.Sources(t.Context(), norms.SourceFilter{}, norms.Page{})))
	say(read[norms.List[norms.CocitationRow]](t)(s.Cocitations(t.Context(), norms.PairFilter{}, norms.Page{Limit: 9})))
	return pages
}
