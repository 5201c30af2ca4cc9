package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const (
	writers = 16
	saves   = 500 // that are tried by all writers together
)

// contested are the things that all writers change at once.
var contested = []string{"contested-1", "contested-2", "contested-3", "contested-4"}

// contest is what the writers of a test were told.
type contest struct {
	tries    atomic.Int64
	mu       sync.Mutex
	kept     map[string]string // summary of each acknowledged save → thing
	refused  int
	surprise []string
}

func (c *contest) told(thing, summary string, saved, conflict bool, what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case saved:
		c.kept[summary] = thing
	case conflict:
		c.refused++
	default:
		c.surprise = append(c.surprise, what)
	}
}

// Many writers save the same few things at once, half of them by forms and half
// over the API: what was acknowledged is in the history exactly once, each on
// top of what its writer saw, and the others were told that they came too late,
// with what they had typed.
func TestConflictingSavesLoseNothing(t *testing.T) {
	t.Parallel()
	h := houseWithAPI(t)
	for _, slug := range contested {
		h.apply(norms.PutOrganization{Slug: slug, Name: "Contested " + slug, Kind: "body"})
	}
	c := &contest{kept: map[string]string{}}
	var all sync.WaitGroup
	for n := range writers {
		save := h.byForm(t, c)
		if n%2 == 0 {
			save = h.byAPI(t, c)
		}
		all.Go(func() {
			for i := c.tries.Add(1); i <= saves; i = c.tries.Add(1) {
				save(contested[int(i)%len(contested)], fmt.Sprintf("Save %d of writer %d.", i, n))
			}
		})
	}
	all.Wait()
	if len(c.surprise) > 0 {
		t.Errorf("%d answers are neither saved nor refused; the first: %s", len(c.surprise), c.surprise[0])
	}
	if len(c.kept)+c.refused != saves || c.refused == 0 || len(c.kept) < len(contested) {
		t.Errorf("%d saved, %d refused of %d", len(c.kept), c.refused, saves)
	}
	recorded := map[string][]contestVersion{}
	for _, slug := range contested {
		recorded[slug] = h.versions(t, slug)
	}
	for _, fault := range lost(c.kept, recorded) {
		t.Error(fault)
	}
	var changesets int
	if err := h.pool.QueryRow(t.Context(), "select count(*) from changeset where reason like 'Contest %'").Scan(&changesets); err != nil {
		t.Fatal(err)
	}
	if changesets != len(c.kept) {
		t.Errorf("%d changesets for %d acknowledged saves", changesets, len(c.kept))
	}
}

type contestVersion struct {
	summary     string
	until, next int64 // when it ended, and when the version after it began
}

// lost holds the recorded versions of things against the saves that were
// acknowledged.
func lost(kept map[string]string, recorded map[string][]contestVersion) []string {
	var faults []string
	seen := map[string]string{}
	for slug, versions := range recorded {
		for i, v := range versions {
			if v.until != v.next {
				faults = append(faults, fmt.Sprintf("%s: a version ends with %d, the next begins with %d", slug, v.until, v.next))
			}
			if i == 0 {
				continue // as it was before the contest
			}
			if seen[v.summary] != "" {
				faults = append(faults, fmt.Sprintf("%s: %q is recorded twice", slug, v.summary))
			}
			seen[v.summary] = slug
		}
	}
	if d := cmp.Diff(kept, seen); d != "" {
		faults = append(faults, "acknowledged (-) and recorded (+): "+d)
	}
	return faults
}

// versions are the recorded versions of an organization, in order.
func (h *house) versions(t *testing.T, slug string) []contestVersion {
	t.Helper()
	const q = `
select summary, until_rev, lead(since_rev, 1, until_rev) over (order by since_rev)
from history.organization where slug = $1 order by since_rev`
	rows, err := h.pool.Query(t.Context(), q, slug)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []contestVersion
	for rows.Next() {
		var v contestVersion
		if err := rows.Scan(&v.summary, &v.until, &v.next); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if rows.Err() != nil || len(out) == 0 {
		t.Fatalf("%s has %d versions: %v", slug, len(out), rows.Err())
	}
	return out
}

// byAPI reads a thing and puts it with another summary.
func (h *house) byAPI(t *testing.T, c *contest) func(slug, summary string) {
	t.Helper()
	a := h.another().signIn(account.Editor)
	token, err := h.store.AddToken(t.Context(), a.ID, account.Grant{Name: "test", Scopes: "publish", Life: time.Hour}, h.site.Rand, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return func(slug, summary string) {
		address := "/api/v1/organizations/" + slug
		read := httptest.NewRecorder()
		h.handler.ServeHTTP(read, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
		body, err := json.Marshal(map[string]string{"name": "Contested " + slug, "kind": "body", "summary": summary, "reason": "Contest " + summary})
		if err != nil {
			c.told(slug, summary, false, false, err.Error())
			return
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPut, address, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("If-Match", read.Header().Get("ETag"))
		rec := httptest.NewRecorder()
		h.handler.ServeHTTP(rec, r)
		c.told(slug, summary, rec.Code == http.StatusOK, rec.Code == http.StatusPreconditionFailed, fmt.Sprintf("%d %s", rec.Code, rec.Body))
	}
}

// byForm loads a thing's form and sends it with another summary.
func (h *house) byForm(t *testing.T, c *contest) func(slug, summary string) {
	t.Helper()
	browser := h.another()
	browser.signIn(account.Editor)
	return func(slug, summary string) {
		address := "/organizations/" + slug + "/edit"
		form := browser.get(address)
		version, _ := form.page().Find("main input[name=version]").Attr("value")
		pairs := map[string]string{"version": version, "name": "Contested " + slug, "kind": "body", "summary": summary, "reason": "Contest " + summary}
		var list []string
		for _, name := range slices.Sorted(maps.Keys(pairs)) {
			list = append(list, name, pairs[name])
		}
		got := browser.post(address, list...)
		late := (got.StatusCode == http.StatusConflict || got.StatusCode == http.StatusUnprocessableEntity) && strings.Contains(got.body, summary)
		c.told(slug, summary, got.StatusCode == http.StatusSeeOther, late, fmt.Sprintf("%d %.1500s", got.StatusCode, got.body))
	}
}

// The check must see a save that is missing, one that is there twice, and one
// in the wrong place.
func TestLostUpdatesAreSeen(t *testing.T) {
	t.Parallel()
	good := []contestVersion{{"", 2, 2}, {"a", 3, 3}, {"b", 9, 9}}
	kept := map[string]string{"a": "x", "b": "x"}
	if faults := lost(kept, map[string][]contestVersion{"x": good}); len(faults) != 0 {
		t.Errorf("faults where there are none: %v", faults)
	}
	for name, bad := range map[string][]contestVersion{
		"missing":     good[:2],
		"twice":       append(slices.Clone(good), contestVersion{"a", 9, 9}),
		"unknown":     append(slices.Clone(good), contestVersion{"c", 9, 9}),
		"out of turn": {{"", 2, 2}, {"a", 3, 5}, {"b", 9, 9}},
	} {
		if len(lost(kept, map[string][]contestVersion{"x": bad})) == 0 {
			t.Errorf("%s: not seen", name)
		}
	}
}
