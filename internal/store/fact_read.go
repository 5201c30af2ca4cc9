package store

const factColumns = `f.kind, f.entity, f.field, coalesce(fs.slug, '') as source, coalesce(fs.title, '') as source_title, f.place,
  f.confidence, f.retrieved_on, f.note`

// Between factsBegin and factsEnd stands a condition on fact_source f; the
// whole gives the facts as one JSON array.
const (
	factsBegin = `
    select coalesce(json_agg(x order by x.kind, x.entity, x.field), '[]') from (
      select ` + factColumns + `
      from fact_source f left join source fs on fs.id = f.source_id
      where `
	factsEnd = `) x`
)
