package site

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
)

// The promise of as_of: every page of the record, in every form, says of a
// revision what it said at that revision, whatever was written since. Nothing
// is exempt. A page's html is compared without what it says about the past.
func TestThePastIsWhatItWas(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	steps := []func(){func() {}, h.addsMuch, h.changesAndRenames, h.withdraws, h.takesBack}
	dumps := map[int64]map[string]string{}
	for _, step := range steps {
		step()
		dumps[h.revision()] = h.dump(h.pagesOfTheRecord())
	}
	last := h.revision()
	for revision, then := range dumps {
		different, others := 0, 0
		for address, want := range then {
			got := h.shown(serve.AsOf(address, revision))
			if h.isAnother(address, revision, want) {
				others++
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s as of %d (-then +as of): %s", address, revision, d)
			}
			if dumps[last][address] != want {
				different++
			}
		}
		// The control: the present is another, so answering with it would be seen.
		if revision != last && different < 20 {
			t.Errorf("only %d answers of revision %d differ from the present", different, revision)
		}
		if revision != last && others < 5 {
			t.Errorf("the banners of only %d pages that are others now were looked at", others)
		}
	}
}

// isAnother tells whether a page has other data now. Then its banner must not
// say that nothing of it changed.
func (h *house) isAnother(address string, revision int64, then string) bool {
	h.t.Helper()
	page, isData := strings.CutSuffix(address, ".json")
	if !isData || then == h.shown(address) {
		return false
	}
	if banner := h.get(serve.AsOf(page, revision)).page().Find("div.past").Text(); strings.Contains(banner, "is about.") {
		h.t.Errorf("%s as of %d is another now, and its banner says %q", page, revision, strings.Join(strings.Fields(banner), " "))
	}
	return true
}

func (h *house) revision() int64 {
	h.t.Helper()
	s, err := h.store.Stats(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return s.Revision
}

// rewrite changes rows by SQL in a changeset of the seeds, for what no edit
// does. {rev} stands for the changeset's number.
func (h *house) rewrite(statements ...string) {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.pool, func(tx pgx.Tx) error {
		var rev int64
		if err := tx.QueryRow(h.t.Context(), `select open_changeset('seed', null, 'rewritten by a test', '[]', null)`).Scan(&rev); err != nil {
			return err
		}
		for _, sql := range statements {
			if _, err := tx.Exec(h.t.Context(), strings.ReplaceAll(sql, "{rev}", fmt.Sprint(rev))); err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) addsMuch() {
	h.apply(norms.PutOrganization{Slug: "another", Name: "Another", Kind: "body", StakeholderGroup: "academia"},
		norms.PutInitiative{Slug: "a-school", Title: "A summer school", Kind: "training", Organization: "another", ReportedBy: "microsoft",
			Status: "planned", DueOn: "2027", Source: "microsoft-bpf-2019", Partners: []norms.Partner{{Name: "A partner"}}},
		norms.PutLink{Initiative: "a-school", Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "It teaches it."},
		norms.PutLink{Initiative: "microsoft-cvd-policy", Principle: "gcsc/1", Relation: "contrary", Origin: "third_party", Asserter: "another", Rationale: "It does not."},
		norms.PutAdherence{Organization: "another", Agreement: "paris-call", Relation: "signed", Since: "2019", Source: "microsoft-bpf-2019"})
	h.decides("resolve", "gcsc/6")
}

// decides settles the first citation that waits for it.
func (h *house) decides(decision norms.Decision, principle string) {
	h.t.Helper()
	open, err := h.store.Citations(h.t.Context(), norms.CitationFilter{Resolution: "ambiguous"}, norms.Page{Limit: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	c := open.Items[0]
	h.apply(norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: decision, Principle: principle, Note: "The report is meant."})
}

func (h *house) changesAndRenames() {
	link := h.linkTo("paris-call/4")
	h.apply(norms.PutLink{ID: link.ID, Version: link.Version, Initiative: link.Initiative, Principle: link.Principle, Relation: "supports",
		Origin: "curator", Strength: "partial", Rationale: "It teaches a part of it."})
	h.rewrite(`update initiative set slug = 'the-school', title = 'The summer school', version = {rev} where slug = 'a-school'`,
		`update agreement set slug = 'call-of-paris', short_title = 'Call of Paris', version = {rev} where slug = 'paris-call'`,
		`update fact_source set entity = replace(entity, 'paris-call', 'call-of-paris'), version = {rev} where entity like 'paris-call%'`,
		`update principle set label = '9-a', number = '9(a)', version = {rev} where label = '9' and edition_id in (select e.id from edition e join agreement a on a.id = e.agreement_id where a.slug = 'call-of-paris')`,
		`update edition set current = not current, version = {rev} where slug in ('singapore-2018', 'final-2019')`,
		`update source set title = 'The letter', version = {rev} where slug = 'microsoft-bpf-2019'`,
		`insert into agreement_event (agreement_id, kind, happened_on, title, version) select id, 'reaffirmed', '2020', 'Said again', {rev} from agreement where slug = 'call-of-paris'`)
}

func (h *house) linkTo(principle string) norms.LinkRow {
	h.t.Helper()
	l, err := h.store.Links(h.t.Context(), norms.LinkFilter{Principle: principle, Origin: "curator"}, norms.Page{Limit: 1})
	if err != nil || len(l.Items) == 0 {
		h.t.Fatal(err, "no link")
	}
	return l.Items[0]
}

func (h *house) withdraws() {
	link := h.linkTo("call-of-paris/4")
	h.apply(norms.WithdrawLink{ID: link.ID, Version: link.Version})
	h.rewrite(`delete from initiative_partner where initiative_id = (select id from initiative where slug = 'the-school')`,
		`delete from initiative where slug = 'the-school'`,
		`delete from agreement_alias where agreement_id = (select id from agreement where slug = 'call-of-paris')`,
		`delete from fact_source where kind = 'organization'`)
	h.decides("set_aside", "")
}

func (h *house) takesBack() {
	h.t.Helper()
	by := h.signIn(account.Admin)
	h.cookies = map[string]*http.Cookie{}
	for back := range int64(2) { // the decision, then what was withdrawn by SQL
		revert := norms.Revert{Changeset: h.revision() - 2*back}
		if _, err := h.store.Apply(h.t.Context(), by, "taken back by a test", []norms.Edit{revert}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// ofEach is how many addresses of one pattern and form are looked at, besides
// those that the test writes about.
const ofEach = 2

var writtenAbout = []string{"a-school", "the-school", "another", "paris-call", "call-of-paris", "microsoft-cvd-policy", "gcsc/editions"}

// pagesOfTheRecord finds addresses by following links and where they lead, pages
// and their data, some of each pattern of the route table, and some lists with
// filters.
func (h *house) pagesOfTheRecord() []string {
	found, count := []string{"/", "/search?q=call", "/search.json?q=school", "/search?q=paris+call+4"}, map[string]int{} // nothing links to questions
	for i := 0; i < len(found); i++ {
		for _, link := range h.linksOf(found[i]) {
			address, _, _ := strings.Cut(link, "#")
			if slices.Contains(found, address) || !h.site.server.HasPast(address) {
				continue
			}
			form := h.pattern(address)
			about := slices.ContainsFunc(writtenAbout, func(w string) bool { return strings.Contains(address, w) })
			if count[form]++; count[form] <= ofEach || about && count[form] <= 3*ofEach {
				found = append(found, address)
			}
		}
	}
	return append(found, "/initiatives?agreement=paris-call", "/initiatives?principle=gcsc%2F1", "/initiatives.json?q=school&status=planned",
		"/organizations.json?agreement=paris-call&q=other", "/sources?kind=contribution", "/changes?thing=initiative%2Fmicrosoft-cvd-policy",
		"/changes?since=1", "/changes.json?since=1", "/changes.csv?since=1&show=difference", "/changes?happened_since=2019",
		"/search?q=school", "/search.json?q=paris+call+9", "/search.csv?q=curators+or+security&agreement=paris-call")
}

// linksOf are the addresses that a page links to, or the one that it leads to.
func (h *house) linksOf(address string) (links []string) {
	h.t.Helper()
	a := h.get(address)
	if to := a.Header.Get("Location"); a.StatusCode == http.StatusSeeOther && to != "" {
		return []string{to}
	}
	if a.status(http.StatusOK); !isPage(a) {
		return nil
	}
	a.page().Find("a[href]").Each(func(_ int, link *goquery.Selection) { links = append(links, link.AttrOr("href", "")) })
	return links
}

// pattern is the route of an address, with the form that is asked for.
func (h *house) pattern(address string) string {
	path, _, _ := strings.Cut(address, "?")
	data := ""
	if ending := filepath.Ext(path); (ending == ".json" || ending == ".csv") && !strings.HasSuffix(path, "/dossier.csv") {
		path, data = strings.TrimSuffix(path, ending), ending
	}
	if path == "" || path == "/index" {
		path = "/"
	}
	return h.site.router.Find(chi.NewRouteContext(), http.MethodGet, path) + " " + data
}

func isPage(a answer) bool { return strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") }

// Every page with a past was looked at: a new one needs a link to it.
func TestThePropertyLooksAtEveryPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	seen := map[string]bool{}
	for _, address := range h.pagesOfTheRecord() {
		pattern, _, _ := strings.Cut(h.pattern(address), " ")
		seen[pattern] = true
	}
	for _, r := range h.site.routes {
		if r.Past && !seen[r.Pattern] {
			t.Errorf("no page of %s was found", r.Pattern)
		}
	}
}

func (h *house) dump(addresses []string) map[string]string {
	out := map[string]string{}
	for _, address := range addresses {
		out[address] = h.shown(address)
	}
	return out
}

// shown is a page without what it says about being of the past.
func (h *house) shown(address string) string {
	a := h.get(address)
	switch {
	case a.StatusCode != http.StatusOK:
		return fmt.Sprint(a.StatusCode, withoutPast(a.Header.Get("Location")))
	case !isPage(a):
		return a.body
	}
	main := a.page().Find("main")
	main.Find("div.past, input[name=as_of]").Remove()
	main.Find("a[href]").Each(func(_ int, link *goquery.Selection) { link.SetAttr("href", withoutPast(link.AttrOr("href", ""))) })
	text, err := main.Html()
	if err != nil {
		h.t.Error(err)
	}
	return text
}

func withoutPast(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Del("as_of")
	u.RawQuery = q.Encode()
	return u.String()
}

// A table of which nobody said how it was is an error, and never the present.
func TestATableWithoutAPastIsAnError(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.get("/agreements/paris-call/principles/8?as_of=1").status(http.StatusOK)
	owner, err := pgx.Connect(t.Context(), h.pool.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), `drop view asof.link cascade`); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/agreements/paris-call/principles/8", "/", "/initiatives.json", "/gaps"} {
		h.get(serve.AsOf(address, 1)).status(http.StatusInternalServerError)
		h.get(address).status(http.StatusOK)
	}
}

// A day is its end, an instant itself; what came after does not count.
func TestTheRecordAsOfADayAndAnInstant(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	var first, second time.Time
	const q = "select min(at), max(at) from changeset"
	if err := h.pool.QueryRow(t.Context(), q).Scan(&first, &second); err != nil {
		t.Fatal(err)
	}
	day := func(at time.Time) string { return at.UTC().Format(time.DateOnly) }
	for asked, want := range map[string]string{
		day(second): `"revision":2`, first.Format(time.RFC3339Nano): `"revision":1`, second.Format(time.RFC3339Nano): `"revision":2`,
		second.Add(-time.Microsecond).In(time.FixedZone("east", 3600)).Format(time.RFC3339Nano): `"revision":1`,
	} {
		h.get("/index.json?as_of=" + url.QueryEscape(asked)).status(http.StatusOK).says(want)
	}
	h.get("/index.json?as_of=" + day(first.AddDate(0, 0, -1))).status(http.StatusNotFound)
	h.get("/index.json?as_of=" + url.QueryEscape(first.Add(-time.Microsecond).Format(time.RFC3339Nano))).status(http.StatusNotFound)
}

// What has another slug now is found under the one that it had, and leads from
// the one that it got; what was withdrawn is still there.
func TestThingsThatWereRenamedOrWithdrawnSince(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.addsMuch()
	before := h.revision()
	h.changesAndRenames()
	h.withdraws()
	h.get(serve.AsOf("/initiatives/a-school", before)).status(http.StatusOK).says("A summer school")
	h.get(serve.AsOf("/initiatives/the-school.json", before)).leads(http.StatusMovedPermanently, serve.AsOf("/initiatives/a-school.json", before))
	h.get(serve.AsOf("/agreements/call-of-paris/principles/1", before)).leads(http.StatusMovedPermanently, serve.AsOf("/agreements/paris-call/principles/1", before))
	h.get("/initiatives/a-school").status(http.StatusGone)
	h.get("/initiatives/the-school").status(http.StatusGone)
	h.get(serve.AsOf("/initiatives/a-school", 1)).status(http.StatusNotFound).says("not on record at revision 1")
}
