package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const sourceColumns = `s.slug, s.title, s.kind, s.publisher, coalesce(so.slug, '') as organization, s.published_on, s.url, s.call,
  s.exhaustiveness, s.body is not null as text_held,
  (select count(*) from (
    select i.id from initiative i where i.source_id = s.id
    union select t.initiative_id from citation_line t where t.source_id = s.id) x) as initiative_count,
  (select count(*) from reference r join citation_line t on t.id = r.line_id where t.source_id = s.id) as reference_count,
  (select count(*) from citation c join reference r on r.id = c.reference_id join citation_line t on t.id = r.line_id
   where t.source_id = s.id) as citation_count,
  (select count(*) from fact_source f where f.source_id = s.id) as fact_count`

const sourceJoins = `
left join organization so on so.id = s.organization_id`

const sourceMatching = `
with matching as not materialized (
  select s.id, lower(s.title) as key
  from source s
  where (@kind = '' or s.kind = @kind)
    and (@q = '' or s.title ilike @q or s.publisher ilike @q)
)`

const sourceRows = `select ` + sourceColumns + fromChosen + `join source s on s.id = chosen.id` + sourceJoins + byPlace

// Sources lists sources by title; q looks in the publisher's name, too.
func (s *Store) Sources(ctx context.Context, f norms.SourceFilter, p norms.Page) (norms.List[norms.SourceRow], error) {
	args := pgx.StrictNamedArgs{"kind": f.Kind, "q": containing(f.Q)}
	return list[norms.SourceRow](ctx, s, "the sources", listing{matching: sourceMatching, rows: sourceRows}, args, p)
}

const sourceBySlug = `
select ` + sourceColumns + `, s.id, s.version, s.retrieved_on, s.archive_url, s.sha256, s.language, s.note,
  (` + factsBegin + `f.source_id = s.id or f.kind = 'source' and f.entity = s.slug` + factsEnd + `) as fact_list,
  (` + statementsBegin + `q.source_id = s.id` + statementsEnd + `) as statement_list
from source s` + sourceJoins + `
where s.slug = @slug`

type sourceRecord struct {
	norms.Source
	FactList      []norms.FactRow
	StatementList []norms.StatementRow
}

// Source reads a source with everything its page shows: its facts are those
// that rest on it and those about itself. Errors as of [Store.Agreement].
func (s *Store) Source(ctx context.Context, slug string) (norms.Source, error) {
	r, err := bySlug[sourceRecord](ctx, s, "source", slug, sourceBySlug)
	if err != nil {
		return norms.Source{}, err
	}
	src := r.Source
	src.Statements, src.Facts = r.StatementList, r.FactList
	args := pgx.StrictNamedArgs{"source": src.ID}
	if src.Lines, err = s.lines(ctx, linesOfSource, args); err != nil {
		return src, err
	}
	if src.Initiatives, err = collect[norms.InitiativeRow](ctx, s.db, "the initiatives in "+slug, initiativesFromSource, args); err != nil {
		return src, err
	}
	args = pgx.StrictNamedArgs{"source": src.ID, "relations": norms.AdherenceRelations}
	src.Adherences, err = collect[norms.AdherenceRow](ctx, s.db, "the adherences in "+slug, adherencesFromSource, args)
	return src, err
}
