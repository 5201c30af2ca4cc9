package browse

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const principleColumns = `n.ref, n.agreement, n.agreement_title, n.edition, n.edition_title, n.current, n.noun, n.number,
  p.our_numbering, n.title, p.summary, p.addressees, p.obligation, f.links, f.curator_links, f.third_party_links,
  f.contested, f.possibly_cited, f.reviewed,
  ` + repealedBegin + `n.agreement_id` + repealedEnd + `, array(` + unverifiedParts + `) as unverified`

// unverifiedParts are what of a principle is unverified: a fact about the
// principle itself stands before one about all principles of its edition.
const unverifiedParts = `
    select d.part from (
      select distinct on (u.part) u.part, u.confidence from (
        select f.kind, f.confidence, case f.field when 'numbers' then 'number' when 'our_numbering' then 'number'
          when 'titles' then 'title' when 'summaries' then 'summary' else f.field end as part
        from fact_source f
        where f.kind = 'principle' and f.entity in (n.ref, n.agreement || '@' || n.edition || '/' || p.label)
            and f.field in ('number', 'title', 'summary', 'addressees', 'obligation')
          or f.kind = 'edition' and f.entity = n.agreement || '/' || n.edition
            and f.field in ('numbers', 'our_numbering', 'titles', 'summaries', 'addressees', 'obligation')) u
      order by u.part, u.kind desc, u.confidence desc) d
    where d.confidence = 'unverified'
    order by d.part`

const principleJoins = `
join principle_name n on n.id = p.id
join edition e on e.id = p.edition_id` + principleFigures

const principleFigures = `
cross join lateral (
  select coalesce(sum(g.links), 0) as links, coalesce(sum(g.curator_links), 0) as curator_links,
    coalesce(sum(g.third_party_links), 0) as third_party_links, coalesce(sum(g.contested), 0) as contested,
    coalesce(sum(g.possibly_cited), 0) as possibly_cited,
    coalesce(sum(g.reviewed_cells), 0) as reviewed
  from principle_figures g
  where g.principle_id = p.id
) f`

// inOrder puts principles in the order of the text, edition after edition.
const inOrder = `
order by e.position, e.id, p.position, p.id`

const principlesOfAgreement = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where n.agreement_id = @agreement and n.current` + inOrder

const currentPrinciples = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where n.agreement = @agreement and n.current` + inOrder + `
limit @limit`

// CurrentPrinciples lists the first principles of an agreement's current
// editions.
func (s *Store) CurrentPrinciples(ctx context.Context, agreement string) ([]norms.PrincipleRow, error) {
	return postgres.Collect[norms.PrincipleRow](ctx, s.db, "the principles of "+agreement, currentPrinciples,
		pgx.StrictNamedArgs{"agreement": agreement, "limit": norms.MaxLimit})
}

const principlesOfEdition = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where p.edition_id = @edition` + inOrder

// principleMatching sorts by the order of the text, written as text of fixed
// width.
const principleMatching = `
with matching as not materialized (
  select p.id, concat_ws('/', a.slug, to_char(e.position, 'FM0000000000'), e.slug, to_char(p.position, 'FM0000000000')) as key
  from principle p
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where (@agreement = '' or a.slug = @agreement)
    and (@edition = '' and e.current or e.slug = @edition)
    and (@evidence = '' or @evidence = 'none'
      and not ` + cited + `)
    and (@q = '' or p.number ilike @q or p.title ilike @q)
)`

const principleRows = `select ` + principleColumns + postgres.FromChosen + `join principle p on p.id = chosen.id` + principleJoins + postgres.ByPlace

// Principles lists principles in the order of their texts, agreement by
// agreement.
func (s *Store) Principles(ctx context.Context, f norms.PrincipleFilter, p norms.Page) (norms.List[norms.PrincipleRow], error) {
	args := pgx.StrictNamedArgs{"agreement": f.Agreement, "edition": f.Edition, "evidence": f.Evidence, "q": postgres.Containing(f.Q)}
	return naming.List[norms.PrincipleRow](ctx, s.names, "the principles", postgres.Listing{Matching: principleMatching, Rows: principleRows}, args, p, f.Names()...)
}

const principleChoices = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where n.agreement = @agreement and n.current and p.label = @label` + inOrder

// PrincipleChoices lists the principles of an agreement's current editions
// that have a label (in its form for addresses): none, one or several.
func (s *Store) PrincipleChoices(ctx context.Context, agreement, label string) ([]norms.PrincipleRow, error) {
	return postgres.Collect[norms.PrincipleRow](ctx, s.db, "the principles "+label+" of "+agreement, principleChoices,
		pgx.StrictNamedArgs{"agreement": agreement, "label": label})
}

// principlesLabelled are those that have the label in a current edition, or
// else those that a numbering knows by it.
const principlesLabelled = `
with own as (
  select o.id
  from principle_name n join principle o on o.id = n.id
  where n.agreement = @agreement and n.current and o.label = @label
)
select ` + principleColumns + ` from principle p` + principleJoins + `
where p.id in (
  select id from own
  union all
  select b.principle_id
  from numbering_label b
  join numbering m on m.id = b.numbering_id
  join agreement a on a.id = m.agreement_id
  where a.slug = @agreement and b.label_key = @label_key and not exists (select from own))` + inOrder

// PrinciplesLabelled lists the principles that an agreement's label may mean to
// a reader: those of [Store.PrincipleChoices], and where there are none, those
// that any of its numberings knows by it, in earlier editions too.
func (s *Store) PrinciplesLabelled(ctx context.Context, agreement, label string) ([]norms.PrincipleRow, error) {
	return postgres.Collect[norms.PrincipleRow](ctx, s.db, "the principles known as "+label+" in "+agreement, principlesLabelled,
		pgx.StrictNamedArgs{"agreement": agreement, "label": label, "label_key": citation.Normalize(label)})
}

// principlePage is what every page of a principle shows but for the links, and
// whether there is more of it, which most have none of: a plan takes time for
// what it has steps for, though they find nothing.
var principlePage = principleAnd(citedWith)

func principleAnd(citedWith string) string {
	return `
select ` + principleColumns + `, p.id, p.version, p.position, p.applicability,
  (select coalesce(json_agg(x order by x.position, x.id), '[]') from (
    select m.title as numbering, b.label, n.ref as principle, m.position, b.id,
      exists (select from fact_source f where f.kind = 'numbering' and f.entity = n.agreement || '/' || m.slug
        and f.field = 'labels' and f.confidence = 'unverified') as unverified
    from numbering_label b
    cross join lateral (select o.slug, o.title, o.position from numbering o where o.id = b.numbering_id limit 1) m
    where b.principle_id = p.id) x) as label_list,
  (select json_build_object('ref', o.ref, 'number', o.number, 'title', o.title) from principle_name o
   where o.edition_id = p.edition_id and (o.position, o.id) < (p.position, p.id)
   order by o.position desc, o.id desc limit 1) as before,
  (select json_build_object('ref', o.ref, 'number', o.number, 'title', o.title) from principle_name o
   where o.edition_id = p.edition_id and (o.position, o.id) > (p.position, p.id)
   order by o.position, o.id limit 1) as after,
  w.refs, w.names, w.titles, w.agreements, w.agreement_titles, w.initiatives,
  exists (select from fact_source f where ` + factsOfPrinciple + `) or
    exists (select from statement q where q.principle_id = p.id) or
    exists (select from crosswalk x where x.subject_id = p.id) or exists (select from crosswalk x where x.object_id = p.id) or
    exists (select from cell_review v where v.principle_id = p.id) or
    exists (select from addressee_ruling d where d.principle_id = p.id) as has_more,
  exists (select from principle_name o where o.agreement = n.agreement and o.label = p.label and o.id <> p.id) as namesakes
from principle_name n
join principle p on p.id = n.id` + principleFigures + `
cross join lateral (` + citedWith + `) w
where ` + meant
}

// factsOfPrinciple holds for what is known of the sources of the principle p,
// named n.
const factsOfPrinciple = `f.kind = 'principle' and f.entity in (n.ref, n.agreement || '@' || n.edition || '/' || p.label)`

// meant holds for principles n that a ref means.
const meant = `n.agreement = @agreement and n.label = @label and (n.edition = @edition or @edition = '' and n.current)`

var (
	askPrinciple = postgres.Counting(principlePage, "agreement", "edition", "label")
	askPastOne   = postgres.Counting(principleAnd(citedWithThen), "agreement", "edition", "label")
	askLinks     = postgres.Counting(linksToPrinciple, "agreement", "edition", "label", "after_key", "after_id", "limit")
	askMore      = postgres.Counting(principleMore(`'[]'::json as possibly, '[]'::json as elsewhere`), append(partNames(principleParts[:4]...), "principle")...)
	askAll       = postgres.Counting(principleAll, append(partNames(principleParts[:4]...), "principle", "agreement", "label", "possibly_id", "possibly_shown")...)
	askPossibly  = postgres.Counting(citationsPossibly, "principle", "possibly_id", "possibly_shown")
	askNamesakes = postgres.Counting(sameLabelElsewhere, "agreement", "label", "principle")
)

type principleRecord struct {
	norms.Principle
	LabelList     []norms.NumberingLabel
	Before, After *norms.PrincipleNeighbor
	together
	HasMore, Namesakes bool
}

// together are the principles that are cited with one.
type together struct {
	Refs, Names, Titles, Agreements, AgreementTitles []string
	Initiatives                                      []int
}

// principleParts are the lists on the page of a principle that are read part by
// part, beside its links.
var principleParts = []string{"statements", "alike", "reviews", "rulings", "possibly"}

// Principle reads a principle with everything its page shows, and one page of
// its links. A ref without an edition means the current one; where several are
// current at once it is NotFound: [Store.PrincipleChoices] lists them.
func (s *Store) Principle(ctx context.Context, ref norms.Ref, page norms.Page) (norms.Principle, error) {
	return s.PrincipleAt(ctx, ref, norms.PartPage{Page: page})
}

// PrincipleAt is Principle with, where a part is asked for, one of its other
// lists further on: statements, alike, reviews, rulings or possibly.
func (s *Store) PrincipleAt(ctx context.Context, ref norms.Ref, at norms.PartPage) (norms.Principle, error) {
	p, found, err := s.SolePrinciple(ctx, ref, at)
	switch {
	case err != nil:
		return norms.Principle{}, err
	case found > 1:
		return norms.Principle{}, norms.NotFoundf("%s could be several principles; name the edition: %s@edition/%s", ref, ref.Agreement, ref.Label)
	case found == 0:
		return norms.Principle{}, naming.OrNotFound(s.names.PrincipleBecame(ctx, ref), "principle "+ref.String())
	}
	return p, nil
}

// SolePrinciple is Principle where exactly one is meant; else it only tells how
// many are. Without a part, the page that is asked for is one of its links, and
// of its other lists it gives the first few.
func (s *Store) SolePrinciple(ctx context.Context, ref norms.Ref, asked norms.PartPage) (p norms.Principle, found int, err error) {
	page, at := asked.Page, norms.PartPage{}
	if asked.Part != "" {
		page, at = norms.Page{Limit: asked.Limit}, asked
	}
	after, err := afterLink(page)
	if err != nil {
		return p, 0, err
	}
	size := page.Size()
	if page.Limit == 0 {
		size = norms.EvidenceShown
	}
	args, err := partArgs(at, principleParts...)
	if err != nil {
		return p, 0, err
	}
	if at.Part == "" {
		if p, found, err := s.keptPrinciple(ctx, ref, after, size); found || err != nil {
			p.EvidenceFrom = page.Cursor
			return p, 1, err
		}
	}
	maps.Copy(args, map[string]any{"agreement": ref.Agreement, "edition": ref.Edition, "label": ref.Label,
		"after_key": after.Key, "after_id": after.ID, "limit": size + 1})
	var records []principleRecord
	var links []placedLink
	b := &pgx.Batch{}
	postgres.Asking(b, &records, "principle "+ref.String(), s.principlePage(), args)
	postgres.Asking(b, &links, "the links to "+ref.String(), askLinks, args)
	if err := postgres.Answers(ctx, postgres.ByIndex(s.db), b); err != nil || len(records) != 1 {
		return p, len(records), err
	}
	p = records[0].principle()
	p.EvidenceFrom = page.Cursor
	withLinks(&p, byOrganization(links), size)
	namesakes, err := s.moreOf(ctx, &p, at, args, records[0])
	if err != nil {
		return p, 1, err
	}
	if at.Part == "" {
		s.keepPrinciple(ref, p, namesakes)
	}
	return p, 1, nil
}

func (r principleRecord) principle() norms.Principle {
	p := r.Principle
	p.Labels, p.Previous, p.Next = r.LabelList, r.Before, r.After
	p.Elsewhere = []norms.PrincipleRow{}
	p.CitedWith = make([]norms.CocitationRow, len(r.Refs))
	for i := range r.Refs {
		p.CitedWith[i] = norms.CocitationRow{
			Subject: p.Ref, SubjectName: p.Name(), SubjectTitle: p.Title, SubjectAgreement: p.Agreement, SubjectAgreementTitle: p.AgreementTitle,
			Object: r.Refs[i], ObjectName: r.Names[i], ObjectTitle: r.Titles[i], ObjectAgreement: r.Agreements[i],
			ObjectAgreementTitle: r.AgreementTitles[i], Initiatives: r.Initiatives[i],
		}
	}
	return p
}

// afterLink reads the cursor of a page of a principle's links: the origin and
// the number of the last one.
func afterLink(page norms.Page) (postgres.Cursor, error) {
	after, err := postgres.ParseCursor(page.Cursor)
	if err != nil || after == nil {
		return postgres.Cursor{}, err
	}
	return *after, nil
}

// withLinks gives p one page of its links, of which there may be one too many.
// They come by organization, and the page ends where their numbers do.
func withLinks(p *norms.Principle, rows []norms.LinkRow, size int) {
	if len(rows) > size {
		behind := func(a, b norms.LinkRow) int { return cmp.Or(cmp.Compare(a.Origin, b.Origin), cmp.Compare(a.ID, b.ID)) }
		extra := slices.MaxFunc(rows, behind)
		rows = slices.DeleteFunc(rows, func(l norms.LinkRow) bool { return l.ID == extra.ID })
		last := slices.MaxFunc(rows, behind)
		p.EvidenceNext = new(postgres.Cursor{Key: string(last.Origin), ID: last.ID}.String())
	}
	for i := range rows {
		l := &rows[i]
		l.Principle, l.PrincipleTitle, l.PrincipleName, l.Agreement, l.Current = p.Ref, p.Title, p.Name(), p.Agreement, p.Current
	}
	p.Evidence = rows
}

// ofRef holds for rows whose principle_id a ref in a filter names; one without
// an edition names the principle of every current edition. Empty: all rows.
const ofRef = `(@ref = '' or principle_id = any (array(
      select p.id from principle p join edition e on e.id = p.edition_id join agreement a on a.id = e.agreement_id
      where a.slug = @ref_agreement and p.label = @ref_label and (e.slug = @ref_edition or @ref_edition = '' and e.current))))`

// addRef adds the arguments of ofRef. What is not a ref names nothing, and
// CheckNames says so.
func addRef(args pgx.StrictNamedArgs, ref string) {
	r, err := norms.ParseRef(ref)
	if err != nil {
		r = norms.Ref{}
	}
	args["ref"], args["ref_agreement"], args["ref_edition"], args["ref_label"] = ref, r.Agreement, r.Edition, r.Label
}
