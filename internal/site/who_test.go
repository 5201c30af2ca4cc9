package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/site/serve"
	"normmap/web/href"
)

// door is one thing that can be asked for, and what one must be allowed to ask:
// one of the actions. Nil: nobody has said.
type door struct {
	method, pattern string
	needs           []account.Action
	program         bool // answers 401 where a page leads to the sign-in page
}

// doors are all routes of the router and all operations of the interface, with
// what the tables say of each.
func doors(t *testing.T, s *site) []door {
	t.Helper()
	machines := []string{href.Healthz(), href.Readyz(), "/robots.txt", href.OpenSearch(), "/static/*"}
	var all []door
	err := chi.Walk(s.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.HasPrefix(pattern, href.API()) {
			return nil // its operations follow
		}
		d := door{method: method, pattern: pattern}
		listed := method
		if method == http.MethodHead {
			listed = http.MethodGet
		}
		for _, r := range s.routes {
			if r.Method == listed && r.Pattern == pattern {
				d.needs = []account.Action{r.Needs}
			}
		}
		if slices.Contains(machines, pattern) {
			d.needs = []account.Action{account.Read}
		}
		all = append(all, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range api.Operations(s.API) {
		all = append(all, door{o.Method, o.Path, o.Needs, true})
	}
	// Whoever has signed out is a visitor.
	slices.SortStableFunc(all, func(a, b door) int {
		return strings.Compare(fmt.Sprint(a.pattern == "/logout"), fmt.Sprint(b.pattern == "/logout"))
	})
	return all
}

// refusal is the status with which the tables want a to be refused; 0 when
// they let it in.
func (d door) refusal(a account.Actor, foreign bool) int {
	switch {
	case foreign && d.method != http.MethodGet && d.method != http.MethodHead:
		return http.StatusForbidden
	case slices.ContainsFunc(d.needs, a.Can):
		return 0
	case a.SignedIn():
		return http.StatusForbidden
	case d.program:
		return http.StatusUnauthorized
	}
	return http.StatusSeeOther
}

// refusedWith is with which status an answer refuses, 0 when it does not.
func refusedWith(a answer) int {
	login := a.StatusCode == http.StatusSeeOther && strings.HasPrefix(a.Header.Get("Location"), href.Login())
	if login || a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusForbidden {
		return a.StatusCode
	}
	return 0
}

// caller is somebody who knocks at doors.
type caller struct {
	name  string
	house *house
	by    account.Actor
	token string
}

// callers are a visitor, an account of each role, and a contributor whose
// account is bound to an organization.
func (h *house) callers(t *testing.T) []caller {
	t.Helper()
	all := []caller{{name: "visitor", house: h.another()}}
	add := func(name string, role account.Role, organization string) {
		c := caller{name: name, house: h.another()}
		c.by = c.house.signIn(role)
		if organization != "" {
			a, err := h.store.BindAccount(t.Context(), c.by.ID, organization)
			if err != nil {
				t.Fatal(err)
			}
			c.by = a.Actor()
		}
		var err error
		grant := account.Grant{Name: "test", Scopes: "propose publish", Life: time.Hour}
		if c.token, err = h.store.AddToken(t.Context(), c.by.ID, grant, h.site.Rand, time.Now()); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	for _, role := range account.Roles() {
		add(string(role), role, "")
	}
	add("contributor of an organization", account.Contributor, "microsoft")
	return all
}

// knock asks for what is behind a door, from our own page or another site's.
func (c caller) knock(t *testing.T, d door, foreign bool) answer {
	t.Helper()
	var body *strings.Reader
	if d.method == http.MethodGet || d.method == http.MethodHead {
		body = strings.NewReader("")
	} else {
		body = strings.NewReader("{}")
	}
	r := httptest.NewRequestWithContext(t.Context(), d.method, someAddress(d.pattern), body)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if foreign {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	if d.program {
		r.Header.Set("Content-Type", "application/json")
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
	}
	return c.house.do(r)
}

// faults are the doors that open for others than the tables say, or of which
// they say nothing.
func (c caller) faults(t *testing.T, all []door) []string {
	t.Helper()
	var out []string
	for _, d := range all {
		if d.needs == nil {
			out = append(out, fmt.Sprintf("%s %s is in no table", d.method, d.pattern))
			continue
		}
		for _, foreign := range []bool{true, false} {
			got := c.knock(t, d, foreign)
			want := d.refusal(c.by, foreign)
			if refusedWith(got) != want || got.StatusCode >= http.StatusInternalServerError {
				out = append(out, fmt.Sprintf("%s at %s %s, from another site %v: status %d, to be refused with %d", c.name, d.method, d.pattern, foreign, got.StatusCode, want))
			}
		}
	}
	return out
}

func houseWithAPI(t *testing.T) *house {
	t.Helper()
	return newHouse(t, func(d *Deps) { d.API = api.New(api.Deps{Store: d.Store, Log: d.Log, Now: d.Now}) })
}

// Every route and every operation, for everybody, from our own pages and from
// others': let in or refused exactly as the permission table says.
func TestWhoMayWhatWhere(t *testing.T) {
	t.Parallel()
	h := houseWithAPI(t)
	all := doors(t, h.site)
	if len(all) < 150 {
		t.Errorf("only %d doors", len(all))
	}
	var callers sync.WaitGroup
	for _, c := range h.callers(t) {
		callers.Go(func() {
			for _, fault := range c.faults(t, all) {
				t.Error(fault)
			}
		})
	}
	callers.Wait()
}

// The test above must see a route that is in no table, one that does not ask,
// and one that asks for too much.
func TestDoorsThatAreWrongAreFound(t *testing.T) {
	t.Parallel()
	h := houseWithAPI(t)
	s := h.site
	open := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }
	s.router.MethodFunc(http.MethodGet, "/wrong/unlisted", open)
	s.router.MethodFunc(http.MethodPost, "/wrong/open", open)
	s.routes = append(s.routes, serve.Route{Method: http.MethodPost, Pattern: "/wrong/open", Needs: account.ManageAccounts})
	s.post("/wrong/shut", account.ManageAccounts, s.accounts.SignOut)
	s.routes[len(s.routes)-1].Needs = account.EditMappings
	wrong := slices.DeleteFunc(doors(t, s), func(d door) bool { return !strings.HasPrefix(d.pattern, "/wrong/") })
	found := map[string]int{}
	for _, c := range h.callers(t) {
		for _, fault := range c.faults(t, wrong) {
			for _, d := range wrong {
				if strings.Contains(fault, d.pattern) {
					found[d.pattern]++
				}
			}
		}
	}
	// Of six callers: everybody at the first, all but admin at the second,
	// editor and reviewer at the third.
	if found["/wrong/unlisted"] != 6 || found["/wrong/open"] != 5 || found["/wrong/shut"] != 2 {
		t.Errorf("found %v", found)
	}
}
