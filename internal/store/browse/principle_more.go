package browse

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// principleMore is what of a principle not every one has; where more is asked of
// it, that comes in the same statement, to stay within what a page may ask.
func principleMore(and string) string {
	return `
select (` + factsBegin + factsOfPrinciple + factsEnd + `) as fact_list,
  (` + statementsPart("q.principle_id = p.id") + `) as statement_list,
  (` + alikePart("p.id in (x.subject_id, x.object_id)") + `) as alike_list,
  (` + reviewsPart("v.principle_id = p.id") + `) as review_list,
  (` + rulingsPart("d.principle_id = p.id") + `) as ruling_list, ` + and + `
from principle p
join principle_name n on n.id = p.id
where p.id = @principle`
}

var principleAll = principleMore(rowsOf(citationsPossibly) + ` as possibly, ` + rowsOf(sameLabelElsewhere) + ` as elsewhere`)

type principleRest struct {
	FactList      []norms.FactRow
	StatementList jsonPage[norms.StatementRow]
	AlikeList     jsonPage[norms.CrosswalkRow]
	ReviewList    jsonPage[norms.CellReviewRow]
	RulingList    jsonPage[norms.RulingRow]
	Possibly      []norms.CitationRow
	Elsewhere     []namesake
}

// namesake is another principle of the same label in the same agreement.
type namesake struct {
	norms.PrincipleRow
	ID int64 `json:"id"`
}

const sameLabelElsewhere = `
select ` + principleColumns + `, p.id from principle p` + principleJoins + `
where n.agreement = @agreement and n.label = @label and p.id <> @principle` + inOrder

// moreOf adds what not every principle has, and tells which its namesakes are.
// It asks one statement at most.
func (s *Store) moreOf(ctx context.Context, p *norms.Principle, at norms.PartPage, args map[string]any, r principleRecord) (namesakes []int64, err error) {
	args["principle"] = p.ID
	rest := []principleRest{{FactList: []norms.FactRow{}, Possibly: []norms.CitationRow{}}}
	b := &pgx.Batch{}
	switch asksPossibly := p.PossiblyCited > 0; {
	case r.HasMore && (asksPossibly || r.Namesakes) || asksPossibly && r.Namesakes:
		postgres.Asking(b, &rest, "what is known of "+p.Ref, askAll, args)
	case r.HasMore:
		postgres.Asking(b, &rest, "what is known of "+p.Ref, askMore, args)
	case asksPossibly:
		postgres.Asking(b, &rest[0].Possibly, "the citations that may mean "+p.Ref, askPossibly, args)
	case r.Namesakes:
		postgres.Asking(b, &rest[0].Elsewhere, "namesakes of "+p.Ref, askNamesakes, args)
	}
	if b.Len() > 0 {
		if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil {
			return nil, err
		}
	}
	p.More = newParts(at)
	rest[0].fill(p, at)
	for _, e := range rest[0].Elsewhere {
		p.Elsewhere, namesakes = append(p.Elsewhere, e.PrincipleRow), append(namesakes, e.ID)
	}
	maybeCited(p, rest[0].Possibly, at)
	return namesakes, nil
}

func (r principleRest) fill(p *norms.Principle, at norms.PartPage) {
	p.Facts = r.FactList
	p.Statements = r.StatementList.shown(&p.More, "statements", at)
	p.Alike = readFrom(p.Ref, r.AlikeList.shown(&p.More, "alike", at))
	p.Cells = norms.CellNotes{Reviews: r.ReviewList.shown(&p.More, "reviews", at), Rulings: r.RulingList.shown(&p.More, "rulings", at)}
}

// maybeCited gives p the citations that may mean it, of which there may be one
// too many. They come as they are printed, and the page ends where their numbers
// do.
func maybeCited(p *norms.Principle, rows []norms.CitationRow, at norms.PartPage) {
	byID := func(a, b norms.CitationRow) int { return cmp.Compare(a.ID, b.ID) }
	p.More.Totals["possibly"] = p.PossiblyCited
	if len(rows) > partSize(at, "possibly") {
		extra := slices.MaxFunc(rows, byID).ID
		rows = slices.DeleteFunc(rows, func(c norms.CitationRow) bool { return c.ID == extra })
		p.More.Next["possibly"] = postgres.Cursor{ID: slices.MaxFunc(rows, byID).ID}.String()
	}
	p.Possibly = rows
}
