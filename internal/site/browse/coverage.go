package browse

import (
	"cmp"
	"math"
	"net/http"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/page"
	"normmap/web/words"
)

// columnsAtOnce is how many columns one page of a coverage has at most. What
// stands in more of them cannot be read.
const columnsAtOnce = 30

// principlesAtOnce is how many principles one page of a coverage has as rows at
// most. Of more it shows the agreements, each of which leads to its principles.
const principlesAtOnce = 200

// Coverage shows which principles have evidence from whom.
func (s *Site) Coverage(w http.ResponseWriter, r *http.Request) error {
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	most := math.MaxInt
	if serve.ReadsPage(r) {
		p.Limit = min(cmp.Or(p.Limit, columnsAtOnce), columnsAtOnce)
		most = principlesAtOnce
	}
	filter := coverageFilter(r)
	if err := filter.Check(); err != nil {
		return err
	}
	c, err := serve.Record(r).CoverageUpTo(r.Context(), filter, p, most)
	if err != nil {
		return err
	}
	shown := page.CoverageMatrix{Coverage: c, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	more := func(p norms.Page) (norms.List[norms.CoverageEntry], error) {
		c, err := serve.Record(r).Coverage(r.Context(), filter, p)
		return entries(c), err
	}
	f := s.ListFrame(r, words.Text(r.Context(), "coverage.title"), shown.Address())
	shown.Editing = f.Editor()
	return s.Show(w, r, serve.View{Page: page.Coverage(f, shown), Data: c, Table: serve.TableOf("coverage", entries(c), more)})
}

// entries is a coverage in long form. A page of it has some of the columns.
func entries(c norms.Coverage) norms.List[norms.CoverageEntry] {
	return norms.List[norms.CoverageEntry]{Items: c.Entries(), Next: c.Next}
}

func coverageFilter(r *http.Request) norms.CoverageFilter {
	q := serve.Query(r)
	agreements := slices.DeleteFunc(slices.Clone(q["agreement"]), func(s string) bool { return s == "" })
	slices.Sort(agreements)
	return norms.CoverageFilter{
		By: cmp.Or(norms.CoverageBy(q.Get("by")), norms.ByOrganization), Agreements: slices.Compact(agreements), Edition: q.Get("edition"),
		Organization: q.Get("organization"), StakeholderGroup: q.Get("stakeholder_group"),
	}
}

// agreementsAndOrganizations reads what a filter offers.
func agreementsAndOrganizations(r *http.Request) (agreements, organizations []norms.Choice, err error) {
	choices, err := serve.Record(r).Choices(r.Context(), norms.MaxLimit, "agreement", "organization")
	for _, c := range choices {
		if c.Kind == "agreement" {
			agreements = append(agreements, c)
		} else {
			organizations = append(organizations, c)
		}
	}
	return agreements, organizations, err
}
