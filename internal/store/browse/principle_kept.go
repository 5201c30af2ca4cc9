package browse

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// keptPrinciple is what of a principle is text: none of it depends on evidence.
type keptPrinciple struct {
	text      norms.Principle
	namesakes []int64 // which principles text.Elsewhere are
}

// lines is about how much there is of it.
func (k *keptPrinciple) lines() int {
	p := &k.text
	return 1 + len(p.Elsewhere) + len(p.Labels) + len(p.Facts) + len(p.Statements) + len(p.Alike) + len(p.Cells.Rulings)
}

// rankedName is a principle as others name it, with its rank in the order of
// the texts.
type rankedName struct {
	Ref, Name, Title, Agreement, AgreementTitle string
	rank                                        int
}

// evidenceOfPrinciple is what of a page depends on evidence. Reviews are counted
// with what was recorded since, so they are none of the texts.
func evidenceOfPrinciple(citedMost, namesakes string) string {
	return `
select ` + figures + `,
  exists (select from cell_review v where v.principle_id = p.id) as has_reviews, w.others, w.initiatives, ` + namesakes + ` as namesakes
from (select n.id, n.current from principle_name n where n.id = @principle) p` + principleFigures + `
cross join lateral (
  select coalesce(array_agg(c.principle_id order by c.initiatives desc, c.principle_id), '{}') as others,
    coalesce(array_agg(c.initiatives order by c.initiatives desc, c.principle_id), '{}') as initiatives
  from (` + citedMost + `) c) w`
}

const figures = `f.links, f.curator_links, f.third_party_links, f.contested, f.possibly_cited, f.reviewed`

// figuresOfNamesakes are in the order in which the namesakes are asked for. What
// else there is of them is text. They come as JSON: of an array the planner takes
// the length for ten where it does not know the values, and so would never keep a
// plan.
const figuresOfNamesakes = `(
    select json_agg(x order by x.turn) from (
      select p.turn, ` + figures + `
      from (select v.id::bigint as id, v.turn from jsonb_array_elements_text(@namesakes::jsonb) with ordinality v (id, turn)) p` + principleFigures + `) x)`

const noNamesakes = `'[]'::json`

var reviewsOfPrinciple = `
select (` + reviewsPart("v.principle_id = @principle") + `) as review_list`

// besidePrinciple reads in one statement, to stay within what a page may ask,
// what is asked for by itself where only one thing is needed.
var besidePrinciple = `
select ` + rowsOf(namesByID) + ` as names, (` + reviewsPart("v.principle_id = @principle") + `) as review_list,
  ` + rowsOf(barePossibly) + ` as possibly`

var (
	askEvidence = postgres.Counting(evidenceOfPrinciple(citedMostWith("p.current"), noNamesakes), "principle")
	askAmong    = postgres.Counting(evidenceOfPrinciple(citedMostWith("p.current"), figuresOfNamesakes), "principle", "namesakes")
	askBare     = postgres.Counting(bareToPrinciple, "principle", "after_key", "after_id", "limit")
	askReviews  = postgres.Counting(reviewsOfPrinciple, append(partNames("reviews"), "principle")...)
	askBeside   = postgres.Counting(besidePrinciple, append(partNames("reviews"), "organizations", "sources", "principles", "principle", "limit")...)
)

// evidenceFigures are how much evidence a principle has.
type evidenceFigures struct {
	Links           int `json:"links"`
	CuratorLinks    int `json:"curator_links"`
	ThirdPartyLinks int `json:"third_party_links"`
	Contested       int `json:"contested"`
	PossiblyCited   int `json:"possibly_cited"`
	Reviewed        int `json:"reviewed"`
}

type evidenceRecord struct {
	evidenceFigures
	HasReviews  bool
	Others      []int64
	Initiatives []int
	Namesakes   []evidenceFigures
}

type besideRecord struct {
	Names []nameRow
	reviewsRecord
	Possibly []bareCitation
}

type reviewsRecord struct {
	ReviewList jsonPage[norms.CellReviewRow]
}

// keepPrinciple keeps the texts of a principle that a snapshot, or the past, shows.
func (s *Store) keepPrinciple(ref norms.Ref, p norms.Principle, namesakes []int64) {
	keeps := s.keeps()
	if keeps == nil {
		return
	}
	p.Evidence, p.EvidenceNext, p.EvidenceFrom, p.Possibly, p.CitedWith, p.Cells.Reviews = nil, nil, "", nil, nil, nil
	p.More = copied(p.More)
	delete(p.More.Next, "possibly")
	delete(p.More.Next, "reviews")
	keeps.keepPrinciple(ref, &keptPrinciple{p, namesakes})
}

// keptPrinciple is SolePrinciple where the texts are kept: found is false where
// they are not, or not any more.
func (s *Store) keptPrinciple(ctx context.Context, ref norms.Ref, after postgres.Cursor, size int) (p norms.Principle, found bool, err error) {
	t := s.texts()
	if t == nil {
		return p, false, nil
	}
	k := t.principle(ref)
	if k == nil {
		return p, false, nil
	}
	args := map[string]any{"principle": k.text.ID, "after_key": after.Key, "after_id": after.ID, "limit": size + 1, "namesakes": k.namesakes}
	var figures []evidenceRecord
	var links []bareLink
	b := &pgx.Batch{}
	ofFigures, ofLinks := s.evidence(len(k.namesakes) > 0)
	postgres.Asking(b, &figures, "the figures of "+k.text.Ref, ofFigures, args)
	postgres.Asking(b, &links, "the links to "+k.text.Ref, ofLinks, args)
	if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil || t != s.keeps() || len(figures) != 1 || len(figures[0].Namesakes) != len(k.namesakes) {
		return p, false, err
	}
	if s.then != nil {
		links = firstCited(links)
	}
	p = k.text
	figures[0].fill(&p)
	more, err := s.besideEvidence(ctx, t, &p, &figures[0], links)
	if err != nil {
		return p, false, err
	}
	p.CitedWith = citedTogether(&p, &figures[0], t.ranks())
	withLinks(&p, byOrganization(t.named(links, more)), size)
	return p, true, nil
}

// besideEvidence reads what else a principle has, and the names that are not
// kept yet. It asks one statement at most.
func (s *Store) besideEvidence(ctx context.Context, t *texts, p *norms.Principle, r *evidenceRecord, links []bareLink) (more []nameRow, err error) {
	first := norms.PartPage{}
	args := map[string]any{"principle": p.ID, "limit": partSize(first, "possibly") + 1,
		"reviews_key": "", "reviews_id": int64(0), "reviews_shown": partSize(first, "reviews") + 1}
	asksNames := t.needsNames(args, links, len(r.Others) > 0 || r.PossiblyCited > 0)
	rest := []besideRecord{{}}
	var reviews []reviewsRecord
	b := &pgx.Batch{}
	switch asksReviews, asksPossibly := r.HasReviews, r.PossiblyCited > 0; {
	case asksNames && (asksReviews || asksPossibly) || asksReviews && asksPossibly:
		postgres.Asking(b, &rest, "what is beside the links to "+p.Ref, askBeside, args)
	case asksNames:
		postgres.Asking(b, &rest[0].Names, "names", askNames, args)
	case asksReviews:
		postgres.Asking(b, &reviews, "reviews for "+p.Ref, askReviews, args)
	case asksPossibly:
		postgres.Asking(b, &rest[0].Possibly, "the citations that may mean "+p.Ref, askBarePossibly, args)
	}
	if b.Len() > 0 {
		if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil {
			return nil, err
		}
		t.keepNames(rest[0].Names)
	}
	if len(reviews) == 1 {
		rest[0].reviewsRecord = reviews[0]
	}
	p.More = copied(p.More)
	p.Cells.Reviews = rest[0].ReviewList.shown(&p.More, "reviews", first)
	maybeCited(p, namedCitations(rest[0].Possibly, t.ranks()), first)
	return rest[0].Names, nil
}

// copied are m, to be changed: what is kept is not.
func copied(m norms.Parts) norms.Parts {
	m.Totals, m.Next = maps.Clone(m.Totals), maps.Clone(m.Next)
	return m
}

func rankedNames(rows []nameRow) map[int64]rankedName {
	out := map[int64]rankedName{}
	for _, r := range rows {
		if r.Kind == principle {
			out[r.ID] = rankedName{r.Slug, r.Name, r.Title, r.Agreement, r.AgreementTitle, r.Rank}
		}
	}
	return out
}

func (r *evidenceRecord) fill(p *norms.Principle) {
	r.evidenceFigures.fill(&p.PrincipleRow)
	p.Elsewhere = slices.Clone(p.Elsewhere)
	for i, f := range r.Namesakes {
		f.fill(&p.Elsewhere[i])
	}
}

func (f evidenceFigures) fill(p *norms.PrincipleRow) {
	p.Links, p.CuratorLinks, p.ThirdPartyLinks, p.Contested, p.PossiblyCited, p.Reviewed =
		f.Links, f.CuratorLinks, f.ThirdPartyLinks, f.Contested, f.PossiblyCited, f.Reviewed
}

// citedTogether are the principles with which p is cited most, in the order of
// citedWith.
func citedTogether(p *norms.Principle, r *evidenceRecord, ranked map[int64]rankedName) []norms.CocitationRow {
	places := make([]int, len(r.Others))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.Initiatives[b], r.Initiatives[a]), cmp.Compare(ranked[r.Others[a]].rank, ranked[r.Others[b]].rank))
	})
	out := make([]norms.CocitationRow, len(places))
	for i, at := range places {
		o := ranked[r.Others[at]]
		out[i] = norms.CocitationRow{
			Subject: p.Ref, SubjectName: p.Name(), SubjectTitle: p.Title, SubjectAgreement: p.Agreement, SubjectAgreementTitle: p.AgreementTitle,
			Object: o.Ref, ObjectName: o.Name, ObjectTitle: o.Title, ObjectAgreement: o.Agreement,
			ObjectAgreementTitle: o.AgreementTitle, Initiatives: r.Initiatives[at],
		}
	}
	return out
}
