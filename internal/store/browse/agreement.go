package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Between repealedBegin and repealedEnd stands the id of an agreement; the
// whole is when it was repealed last. How the record stands to that date is for
// the reader: time of validity is none of the record's own.
const (
	repealedBegin = `(select coalesce(max(re.happened_on), '') from agreement_event re where re.kind = 'repealed' and re.agreement_id = `
	repealedEnd   = `) as repealed_on`
)

const agreementColumns = `a.slug, a.title, a.short_title, a.legal_nature, a.space, a.convener,
  coalesce((select min(e.published_on) from edition e where e.agreement_id = a.id and e.published_on <> ''), '') as published_on,
  (select count(*) from edition e where e.agreement_id = a.id) as edition_count,
  f.principle_count, f.with_evidence, f.links, f.adherence_count, f.unresolved, ` + repealedBegin + `a.id` + repealedEnd

// agreementJoins adds the figures of one agreement, over its current editions.
const agreementJoins = `
cross join lateral (
  select count(*) as principle_count, count(*) filter (where l.links > 0) as with_evidence, coalesce(sum(l.links), 0) as links,
    coalesce((select sum(d.adherences) from adherence_group_tally d where d.agreement_id = a.id), 0) as adherence_count,
    coalesce((select u.citations from unresolved_tally u where u.agreement_id = a.id), 0) as unresolved
  from edition e
  join principle p on p.edition_id = e.id
  left join lateral (select t.links from link_tally t where t.principle_id = p.id and t.origin = 'contributor' and t.relation = 'supports') l on true
  where e.agreement_id = a.id and e.current
) f`

// agreementsCounted are the figures of all, each counted once: in the past,
// where nothing is kept, that takes as long as for one.
const agreementsCounted = `
with supported as materialized (
  select e.agreement_id, count(*) as principle_count, count(*) filter (where l.links > 0) as with_evidence, coalesce(sum(l.links), 0) as links
  from edition e
  join principle p on p.edition_id = e.id
  left join (select t.principle_id, t.links from link_tally t where t.origin = 'contributor' and t.relation = 'supports') l on l.principle_id = p.id
  where e.current
  group by e.agreement_id
),
adhered as materialized (
  select d.agreement_id, sum(d.adherences) as adherences from adherence_group_tally d group by d.agreement_id
),
unresolved as materialized (
  select u.agreement_id, u.citations from unresolved_tally u
)`

const agreementsJoins = `
left join adhered on adhered.agreement_id = a.id
left join unresolved on unresolved.agreement_id = a.id
left join supported on supported.agreement_id = a.id
cross join lateral (
  select coalesce(supported.principle_count, 0) as principle_count, coalesce(supported.with_evidence, 0) as with_evidence,
    coalesce(supported.links, 0) as links, coalesce(adhered.adherences, 0) as adherence_count, coalesce(unresolved.citations, 0) as unresolved
) f`

const agreementMatching = `
with matching as not materialized (
  select a.id, lower(a.short_title) as key from agreement a
)`

const agreementRows = agreementsCounted + `
select ` + agreementColumns + postgres.FromChosen + `join agreement a on a.id = chosen.id` + agreementsJoins + postgres.ByPlace

const everyAgreement = agreementsCounted + `
select ` + agreementColumns + `
from agreement a` + agreementsJoins + `
 order by lower(a.short_title), a.id`

// Agreements lists the agreements by short title.
func (s *Store) Agreements(ctx context.Context, p norms.Page) (norms.List[norms.AgreementRow], error) {
	return naming.List[norms.AgreementRow](ctx, s.names, "the agreements", postgres.Listing{Matching: agreementMatching, Rows: agreementRows}, pgx.StrictNamedArgs{}, p)
}

var agreementBySlug = `
select ` + agreementColumns + `, a.id, a.url, a.summary, a.version,
  array(select v.alias from agreement_alias v where v.agreement_id = a.id order by lower(v.alias), v.id) as aliases,
  (select coalesce(json_agg(x order by x."on", x.id), '[]') from (
    select ` + history.EventColumns + `
    from agreement_event v` + history.EventJoins + `
    where v.agreement_id = a.id) x) as events,
  (select coalesce(json_agg(x order by x.position, x.id), '[]') from (
    select ` + editionColumns + `, e.position, e.id
    from edition e` + editionJoins + `
    where e.agreement_id = a.id) x) as edition_list,
  (select coalesce(json_agg(x order by x.position, x.id), '[]') from (
    select ` + numberingColumns + `, m.position
    from numbering m
    where m.agreement_id = a.id) x) as numbering_list,
  coalesce((select o.slug from organization o where o.agreement_id = a.id), '') as collective,
  (` + factsBegin + `f.kind = 'agreement' and f.entity = a.slug
    or f.kind in ('edition', 'numbering') and starts_with(f.entity, a.slug || '/')` + factsEnd + `) as fact_list,
  (` + statementsPart(`(q.agreement_id = a.id or q.principle_id = any (array(
          select p.id from principle p join edition e on e.id = p.edition_id where e.agreement_id = a.id)))`) + `) as statement_list,
  (` + adherencesPart("d.agreement_id = a.id", "to_char("+byRelation+", 'FM00'), lower(ao.name), d.since") + `) as adherence_list
from agreement a` + agreementJoins + `
where a.slug = @slug`

type agreementRecord struct {
	norms.Agreement
	EditionList   []norms.EditionRow
	NumberingList []norms.NumberingRow
	FactList      []norms.FactRow
	StatementList jsonPage[norms.StatementRow]
	AdherenceList jsonPage[norms.AdherenceRow]
}

// Agreement reads an agreement with everything its page shows. Its facts
// include those of its editions and numberings.
func (s *Store) Agreement(ctx context.Context, slug string) (norms.Agreement, error) {
	return s.AgreementAt(ctx, slug, norms.PartPage{})
}

// AgreementAt is Agreement with one of its lists further on: adherences or
// statements.
func (s *Store) AgreementAt(ctx context.Context, slug string, at norms.PartPage) (norms.Agreement, error) {
	args, err := partArgs(at, "adherences", "statements")
	if err != nil {
		return norms.Agreement{}, err
	}
	args["relations"] = norms.AdherenceRelations
	r, err := naming.BySlugAnd[agreementRecord](ctx, s.names, "agreement", slug, agreementBySlug, args)
	if err != nil {
		return norms.Agreement{}, err
	}
	a := r.Agreement
	a.Editions, a.Numberings, a.Facts, a.More = r.EditionList, r.NumberingList, r.FactList, newParts(at)
	a.Statements = r.StatementList.shown(&a.More, "statements", at)
	a.Adherences = r.AdherenceList.shown(&a.More, "adherences", at)
	args = pgx.StrictNamedArgs{"agreement": a.ID}
	if a.Principles, err = postgres.Collect[norms.PrincipleRow](ctx, s.db, "the principles of "+slug, principlesOfAgreement, args); err != nil {
		return a, err
	}
	a.Elements, err = s.readingsOf(ctx, "", slug, norms.ElementFilter{})
	return a, err
}

const numberingColumns = `m.id, m.slug, m.title, m.basis, m.valid_from as "from", m.valid_to as "to", m.note, m.version,
  (select coalesce(json_agg(y order by y.id), '[]') from (
    select b.id, b.label, n.ref as principle
    from numbering_label b join principle_name n on n.id = b.principle_id
    where b.numbering_id = m.id) y) as labels`

const numberingByID = `
select ` + numberingColumns + `, a.slug as agreement, a.short_title as agreement_title, m.position, coalesce(s.slug, '') as source` + postgres.FromChosen + `join numbering m on m.id = chosen.id
join agreement a on a.id = m.agreement_id
left join source s on s.id = m.source_id` + postgres.ByPlace

const numberingLastSeen = `select max(until_rev) from history.numbering where id = @id`

// Numbering reads one numbering. It is Gone when it was withdrawn.
func (s *Store) Numbering(ctx context.Context, id int64) (norms.Numbering, error) {
	return naming.ByID[norms.Numbering](ctx, s.names, "numbering", id, numberingByID, numberingLastSeen)
}

// readings is asked for pairs of an agreement and a label's key at once.
const readings = `
select c.place, m.title as numbering, m.valid_from as "from", m.valid_to as "to", coalesce(n.ref, '') as principle, coalesce(n.edition, '') as edition, coalesce(n.title, '') as title
from unnest(@agreements::text[], @label_keys::text[]) with ordinality as c (agreement, label_key, place)
join agreement a on a.slug = c.agreement
join numbering m on m.agreement_id = a.id
left join numbering_label b on b.numbering_id = m.id and b.label_key = c.label_key
left join principle_name n on n.id = b.principle_id
order by c.place, m.position, m.id`

// CitedLabel is a label as it is cited of an agreement.
type CitedLabel struct {
	Agreement string // slug
	Label     string
	Edition   string // slug, when the text tells which of several it means
}

// ReadingsOf tells of each of the cited labels, in their order, what each
// numbering of its agreement takes it to mean, in the numberings' order; none
// when there is no such agreement. A label that no numbering knows is looked up
// as [citation.Spellings] says. It asks once for all of them.
func (s *Store) ReadingsOf(ctx context.Context, cited []CitedLabel) ([][]norms.LabelReading, error) {
	var agreements, keys []string
	var spellings []citation.Spelling
	from := make([]int, len(cited)+1) // where the spellings of each label begin
	for i, c := range cited {
		for _, spelling := range citation.Spellings(c.Label) {
			agreements, keys = append(agreements, c.Agreement), append(keys, citation.Normalize(spelling.Label))
			spellings = append(spellings, spelling)
		}
		from[i+1] = len(spellings)
	}
	type placed struct {
		norms.LabelReading
		Place int // counted from 1
	}
	rows, err := postgres.Collect[placed](ctx, s.db, "the numberings", readings, pgx.StrictNamedArgs{"agreements": agreements, "label_keys": keys})
	found := make([][]norms.LabelReading, len(spellings))
	for _, r := range rows {
		r.How, r.Label = spellings[r.Place-1].How, spellings[r.Place-1].Label
		found[r.Place-1] = append(found[r.Place-1], r.LabelReading)
	}
	out := make([][]norms.LabelReading, len(cited))
	for i, c := range cited {
		out[i] = norms.OfEdition(norms.BestReadings(found[from[i]:from[i+1]]), c.Edition)
	}
	return out, err
}

// Readings is the same for one label.
func (s *Store) Readings(ctx context.Context, c CitedLabel) ([]norms.LabelReading, error) {
	all, err := s.ReadingsOf(ctx, []CitedLabel{c})
	return all[0], err
}
