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
	namesakes bool
}

// lines is about how much there is of it.
func (k *keptPrinciple) lines() int {
	p := &k.text
	return 1 + len(p.Labels) + len(p.Facts) + len(p.Statements) + len(p.Alike) + len(p.Cells.Rulings)
}

// rankedName is a principle as others name it, with its rank in the order of
// the texts.
type rankedName struct {
	Ref, Name, Title, Agreement, AgreementTitle string
	rank                                        int
}

// evidenceOfPrinciple is what of a page depends on evidence. Reviews are counted
// with what was recorded since, so they are none of the texts.
var evidenceOfPrinciple = evidenceWith(citedMostWith("p.current"))

// evidenceWith is that with a way to find what is cited together.
func evidenceWith(citedMost string) string {
	return `
select f.links, f.curator_links, f.third_party_links, f.contested, f.possibly_cited, f.reviewed,
  exists (select from cell_review v where v.principle_id = p.id) as has_reviews, w.others, w.initiatives
from (select n.id, n.current from principle_name n where n.id = @principle) p` + principleFigures + `
cross join lateral (
  select coalesce(array_agg(c.principle_id order by c.initiatives desc, c.principle_id), '{}') as others,
    coalesce(array_agg(c.initiatives order by c.initiatives desc, c.principle_id), '{}') as initiatives
  from (` + citedMost + `) c) w`
}

var reviewsOfPrinciple = `
select (` + reviewsPart("v.principle_id = @principle") + `) as review_list`

var (
	askEvidence = postgres.Counting(evidenceOfPrinciple, "principle")
	askBare     = postgres.Counting(bareToPrinciple, "principle", "after_key", "after_id", "limit")
	askReviews  = postgres.Counting(reviewsOfPrinciple, append(partNames("reviews"), "principle")...)
)

type evidenceRecord struct {
	Links, CuratorLinks, ThirdPartyLinks, Contested, PossiblyCited, Reviewed int
	HasReviews                                                               bool
	Others                                                                   []int64
	Initiatives                                                              []int
}

type reviewsRecord struct {
	ReviewList jsonPage[norms.CellReviewRow]
}

// keepPrinciple keeps the texts of a principle that a snapshot, or the past, shows.
func (s *Store) keepPrinciple(ref norms.Ref, p norms.Principle, r principleRecord) {
	keeps := s.keeps()
	if keeps == nil {
		return
	}
	p.Evidence, p.EvidenceNext, p.EvidenceFrom, p.Possibly, p.Elsewhere, p.CitedWith, p.Cells.Reviews = nil, nil, "", nil, nil, nil, nil
	p.More = copied(p.More)
	delete(p.More.Next, "possibly")
	delete(p.More.Next, "reviews")
	keeps.keepPrinciple(ref, &keptPrinciple{p, r.Namesakes})
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
	args := map[string]any{"principle": k.text.ID, "after_key": after.Key, "after_id": after.ID, "limit": size + 1}
	var figures []evidenceRecord
	var links []bareLink
	b := &pgx.Batch{}
	ofFigures, ofLinks := s.evidence()
	postgres.Asking(b, &figures, "the figures of "+k.text.Ref, ofFigures, args)
	postgres.Asking(b, &links, "the links to "+k.text.Ref, ofLinks, args)
	if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil || t != s.keeps() || len(figures) != 1 {
		return p, false, err
	}
	if s.then != nil {
		links = firstCited(links)
	}
	p = k.text
	figures[0].fill(&p)
	more, err := s.besideEvidence(ctx, t, &p, k, &figures[0], links)
	if err != nil {
		return p, false, err
	}
	p.CitedWith = citedTogether(&p, &figures[0], t.ranks())
	withLinks(&p, byOrganization(t.named(links, more)), size)
	return p, true, nil
}

// besideEvidence reads what else a principle has, and the names that are not
// kept yet.
func (s *Store) besideEvidence(ctx context.Context, t *texts, p *norms.Principle, k *keptPrinciple, r *evidenceRecord, links []bareLink) (more []nameRow, err error) {
	first := norms.PartPage{}
	args := map[string]any{"principle": p.ID, "limit": partSize(first, "possibly") + 1, "agreement": p.Agreement, "label": p.Label(),
		"reviews_key": "", "reviews_id": int64(0), "reviews_shown": partSize(first, "reviews") + 1}
	reviews := []reviewsRecord{{}}
	var possibly []bareCitation
	p.Elsewhere = []norms.PrincipleRow{}
	b := &pgx.Batch{}
	t.askingMissing(b, &more, links, len(r.Others) > 0 || r.PossiblyCited > 0)
	if r.HasReviews {
		postgres.Asking(b, &reviews, "reviews for "+p.Ref, askReviews, args)
	}
	if r.PossiblyCited > 0 {
		postgres.Asking(b, &possibly, "the citations that may mean "+p.Ref, askBarePossibly, args)
	}
	if k.namesakes {
		postgres.Asking(b, &p.Elsewhere, "namesakes of "+p.Ref, askNamesakes, args)
	}
	if b.Len() > 0 {
		if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil {
			return nil, err
		}
		t.keepNames(more)
	}
	p.More = copied(p.More)
	p.Cells.Reviews = reviews[0].ReviewList.shown(&p.More, "reviews", first)
	maybeCited(p, namedCitations(possibly, t.ranks()), first)
	return more, nil
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
	p.Links, p.CuratorLinks, p.ThirdPartyLinks, p.Contested, p.PossiblyCited, p.Reviewed =
		r.Links, r.CuratorLinks, r.ThirdPartyLinks, r.Contested, r.PossiblyCited, r.Reviewed
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
