package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
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

const sourceRows = `select ` + sourceColumns + postgres.FromChosen + `join source s on s.id = chosen.id` + sourceJoins + postgres.ByPlace

// Sources lists sources by title; q looks in the publisher's name, too.
func (s *Store) Sources(ctx context.Context, f norms.SourceFilter, p norms.Page) (norms.List[norms.SourceRow], error) {
	args := pgx.StrictNamedArgs{"kind": f.Kind, "q": postgres.Containing(f.Q)}
	return naming.List[norms.SourceRow](ctx, s.names, "the sources", postgres.Listing{Matching: sourceMatching, Rows: sourceRows}, args, p)
}

// reportedBy holds for initiatives i that the source s reports.
const reportedBy = `i.id = any (array(
          select j.id from initiative j where j.source_id = s.id union select t.initiative_id from citation_line t where t.source_id = s.id))`

// sourceBySlug reads everything but the lines. Facts are those that rest on the
// source, and those about itself; they are short, so there are twice as many.
var sourceBySlug = `
select ` + sourceColumns + `, s.id, s.version, s.retrieved_on, s.archive_url, s.sha256, s.language, s.note,
  (select count(*) from citation_line t where t.source_id = s.id) as line_count,
  (` + initiativesPart("0", reportedBy) + `) as initiative_list,
  (` + adherencesPart("d.source_id = s.id", "lower(ao.name), lower(aa.short_title), to_char("+byRelation+", 'FM00'), d.since") + `) as adherence_list,
  (` + partOf("(select count(*) from fact_source f where "+factOfSource+")", `
      select `+factColumns+`, chosen.key
      from `+afterPart(`
        select f.id, concat_ws(chr(31), f.kind, f.entity, f.field) as key from fact_source f where `+factOfSource, "facts")+`
      join fact_source f on f.id = chosen.id
      left join source fs on fs.id = f.source_id`) + `) as fact_list,
  (` + statementsPart("q.source_id = s.id") + `) as statement_list
from source s` + sourceJoins + `
where s.slug = @slug`

const factOfSource = `(f.source_id = s.id or f.kind = 'source' and f.entity = s.slug)`

type sourceRecord struct {
	norms.Source
	LineCount      int
	InitiativeList jsonPage[norms.InitiativeRow]
	AdherenceList  jsonPage[norms.AdherenceRow]
	FactList       jsonPage[norms.FactRow]
	StatementList  jsonPage[norms.StatementRow]
}

// Source reads a source with everything its page shows. Errors as of
// [Store.Agreement].
func (s *Store) Source(ctx context.Context, slug string) (norms.Source, error) {
	return s.SourceAt(ctx, slug, norms.PartPage{})
}

// SourceAt is Source with one of its lists further on: lines, initiatives,
// adherences, facts or statements.
func (s *Store) SourceAt(ctx context.Context, slug string, at norms.PartPage) (norms.Source, error) {
	args, err := partArgs(at, "lines", "initiatives", "adherences", "facts", "statements")
	if err != nil {
		return norms.Source{}, err
	}
	lines := pgx.StrictNamedArgs{"after": args["lines_id"], "limit": args["lines_shown"]}
	for _, name := range []string{"lines_key", "lines_id", "lines_shown"} {
		delete(args, name)
	}
	args["relations"] = norms.AdherenceRelations
	r, err := naming.BySlugAnd[sourceRecord](ctx, s.names, "source", slug, sourceBySlug, args)
	if err != nil {
		return norms.Source{}, err
	}
	src := r.Source
	r.InitiativeList.Total = src.InitiativeCount
	src.More = newParts(at)
	src.Initiatives = r.InitiativeList.shown(&src.More, "initiatives", at)
	src.Adherences = r.AdherenceList.shown(&src.More, "adherences", at)
	src.Facts = r.FactList.shown(&src.More, "facts", at)
	src.Statements = r.StatementList.shown(&src.More, "statements", at)
	lines["source"] = src.ID
	found, err := s.lines(ctx, linesOfSource, lines)
	all := jsonPage[norms.CitationLine]{Total: r.LineCount, Rows: found}
	for _, l := range found {
		all.Keys, all.IDs = append(all.Keys, ""), append(all.IDs, l.ID)
	}
	src.Lines = all.shown(&src.More, "lines", at)
	if err != nil {
		return src, err
	}
	if src.TextHeld {
		src.Held, err = s.sourceText(ctx, src.ID, at.Place)
		return src, err
	}
	return src, s.hintLines(ctx, src.Lines)
}

const sourceOfFile = `
select ` + sourceColumns + `
from source s` + sourceJoins + `
where s.sha256 = @sha256
order by s.id
limit 1`

// KnownFile finds the source whose file has a SHA-256, nil when there is none.
func (s *Store) KnownFile(ctx context.Context, sha256 string) (*norms.SourceRow, error) {
	found, err := postgres.Collect[norms.SourceRow](ctx, s.db, "the source of a file", sourceOfFile, pgx.StrictNamedArgs{"sha256": sha256})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}
