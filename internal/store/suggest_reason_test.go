package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// recount holds what reasons speak of, read by other ways than they are.
type recount struct {
	*testing.T
	store           *store.Store
	pool            *pgxpool.Pool
	linked, counted map[string][]string
	crosswalk       []norms.CrosswalkRow
}

// Every reason of every suggestion is true: its numbers are counted again from
// the lists of links, its words looked for in the texts.
func TestReasonsAreTrue(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	c := recount{T: t, store: s, pool: pool}
	c.linked, c.counted = whatIsCited(t, s)
	c.crosswalk = read[norms.List[norms.CrosswalkRow]](t)(s.Crosswalk(t.Context(), norms.CrosswalkFilter{}, norms.Page{Limit: norms.MaxLimit})).Items
	seen := map[norms.ReasonKind]int{}
	initiatives := read[norms.List[norms.InitiativeRow]](t)(s.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{Limit: 50})).Items
	for _, i := range initiatives {
		for _, g := range suggest(t, s, norms.SuggestionsAsked{Initiative: i.Slug, Limit: norms.MaxSuggestions}) {
			for _, r := range g.Reasons {
				seen[r.Kind]++
				if why := c.wrong(i, g, r); why != "" {
					t.Errorf("%s: %s is suggested for %+v, but %s", i.Slug, g.Principle, r, why)
				}
				if r.Kind == "cited_together" {
					r.Count++
				}
				r.Initiatives = append(r.Initiatives, norms.Similar{Slug: i.Slug})
				r.Words, r.Relation = append(r.Words, "nowhere"), "equal"
				if c.wrong(i, g, r) == "" {
					t.Fatalf("the check takes %+v for true", r)
				}
			}
		}
	}
	for _, kind := range norms.ReasonKinds {
		if seen[kind] == 0 {
			t.Errorf("nothing is suggested for a reason of the sort %s", kind)
		}
	}
}

// wrong says what is not true of a reason, "" when all is.
func (c recount) wrong(i norms.InitiativeRow, g norms.Suggestion, r norms.Reason) string {
	switch r.Kind {
	case "cited_together":
		both, of := 0, 0
		for other, refs := range c.counted {
			if other != i.Slug && slices.Contains(refs, r.Principle) {
				of++
				if slices.Contains(refs, g.Principle) {
					both++
				}
			}
		}
		if both != r.Count || of != r.Of || !slices.Contains(c.linked[i.Slug], r.Principle) {
			return "the initiative is not linked to it, or other numbers are counted"
		}
	case "alike":
		if !slices.ContainsFunc(c.crosswalk, func(w norms.CrosswalkRow) bool {
			return w.Subject == g.Principle && w.Object == r.Principle && w.Relation == r.Relation ||
				w.Object == g.Principle && w.Subject == r.Principle && w.Relation.Inverse() == r.Relation
		}) {
			return "the crosswalk has no such row"
		}
	case "similar_initiatives":
		return c.wrongInitiatives(i, g, r)
	case "same_heading":
		return c.wrongHeading(i, g, r)
	case "words_in_common":
		return c.wrongWords(i, r.Words, "select principle_document(p.number, p.title, p.summary) from principle p join principle_name n on n.id = p.id where n.ref = $1", g.Principle)
	}
	return ""
}

func (c recount) wrongHeading(i norms.InitiativeRow, g norms.Suggestion, r norms.Reason) string {
	const beside = `select o.slug from initiative o join initiative i on i.source_id = o.source_id and i.heading = o.heading
where i.slug = $1 and o.id <> i.id and i.heading <> '' order by o.position, o.id`
	rows, err := c.pool.Query(c.Context(), beside, i.Slug)
	if err != nil {
		c.Fatal(err)
	}
	others, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		c.Fatal(err)
	}
	citing, cite := 0, []string{}
	for _, o := range others {
		if len(c.counted[o]) > 0 {
			citing++
		}
		if slices.Contains(c.counted[o], g.Principle) {
			cite = append(cite, o)
		}
	}
	named := make([]string, len(r.Initiatives))
	for k, n := range r.Initiatives {
		named[k] = n.Slug
	}
	if r.Of != citing || r.Count != len(cite) || !slices.Equal(named, cite[:min(len(cite), 5)]) {
		return "other initiatives under its heading cite it"
	}
	return ""
}

func (c recount) wrongInitiatives(i norms.InitiativeRow, g norms.Suggestion, r norms.Reason) string {
	if len(r.Initiatives) != r.Count || r.Count > r.Of || r.Of > norms.DefaultWeighing().Nearest {
		return "it has other numbers than initiatives"
	}
	for _, n := range r.Initiatives {
		if n.Slug == i.Slug || !slices.Contains(c.counted[n.Slug], g.Principle) {
			return n.Slug + " does not cite it"
		}
	}
	for _, w := range r.Words {
		if !slices.ContainsFunc(r.Initiatives, func(n norms.Similar) bool {
			return c.wrongWords(i, []string{w}, "select initiative_document(title, '', '', '') from initiative where slug = $1", n.Slug) == ""
		}) {
			return "the title of none of them holds " + w
		}
	}
	return ""
}

// wrongWords looks for words in the initiative's text as they are written, and
// by their stem in the document of something else.
func (c recount) wrongWords(i norms.InitiativeRow, list []string, document, key string) string {
	text := strings.ToLower(i.Title + " " + i.Summary)
	for _, w := range list {
		var held bool
		if err := c.pool.QueryRow(c.Context(), "select ("+document+") @@ plainto_tsquery('public.search', $2)", key, w).Scan(&held); err != nil {
			c.Fatal(err)
		}
		if !held {
			return key + " does not hold " + w
		}
		if !strings.Contains(text, w) {
			return "the initiative does not hold " + w
		}
	}
	if len(list) == 0 {
		return "no word is named"
	}
	return ""
}

// A relation is read from the suggested principle; what has none is no reason.
func TestAlikeIsReadFromTheSuggestedPrinciple(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	row := norms.PutCrosswalk{Relation: "subset_of", RationaleKind: "semantic", Rationale: "For a test.", Origin: "curator", Confidence: "known"}
	narrower, wider, none := row, row, row
	narrower.Subject, narrower.Object = "gcsc/5", "paris-call/3"
	wider.Subject, wider.Object = "paris-call/3", "gcsc/4"
	none.Subject, none.Object, none.Relation = "paris-call/3", "gcsc/3", "no_relationship"
	_, err := s.Apply(t.Context(), editor(t, pool), "compare", []norms.Edit{narrower, wider, none})
	must(t, err)
	got := map[string]norms.CrosswalkRelation{}
	for _, g := range suggest(t, s, norms.SuggestionsAsked{Initiative: "microsoft-defending-democracy", Limit: norms.MaxSuggestions}) {
		for _, r := range g.Reasons {
			if r.Kind == "alike" {
				got[g.Principle] = r.Relation
			}
		}
	}
	for ref, want := range map[string]norms.CrosswalkRelation{"gcsc/5": "subset_of", "gcsc/4": "superset_of", "gcsc/3": "", "gcsc/2": "intersects_with"} {
		if got[ref] != want {
			t.Errorf("%s is alike by %q, want %q", ref, got[ref], want)
		}
	}
}
