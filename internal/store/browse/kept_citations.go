package browse

import (
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// bareCitation is a citation with numbers in place of the principles that it
// may mean.
type bareCitation struct {
	norms.CitationRow
	Candidates []int64  `json:"candidates"` // in place of those of the row
	Reasons    []string `json:"reasons"`
}

// barePossibly reads the same as citationsPossibly. What may mean a principle
// is ambiguous, and so has led to no link.
const barePossibly = `
select c.id, c.label, c.resolution, '' as principle, '' as principle_title, k.candidates, k.reasons, coalesce(w.name, '') as decided_by, c.note,
  r.text as reference, r.agreement_name as name, coalesce(a.slug, '') as agreement, i.slug as initiative, i.title as initiative_title,
  s.slug as source, s.title as source_title, coalesce(r.place_start, -1) as start, coalesce(r.place_as_of, 0) as place_as_of, s.body is not null as text_held, 0 as link, c.version
from (select citation_id from possible_citation where principle_id = @principle order by citation_id limit @limit) first
join citation c on c.id = first.citation_id
join reference r on r.id = c.reference_id
join citation_line t on t.id = r.line_id
join source s on s.id = t.source_id
join initiative i on i.id = t.initiative_id
cross join lateral (
  select array_agg(d.principle_id order by d.position, d.id) as candidates, array_agg(d.reason order by d.position, d.id) as reasons
  from citation_candidate d
  where d.citation_id = c.id
) k
left join agreement a on a.id = r.agreement_id
left join account w on w.id = c.decided_by_id` + asPrinted

var askBarePossibly = postgres.Counting(barePossibly, "principle", "limit")

// namedCitations gives citations the names of the principles that they may mean.
func namedCitations(citations []bareCitation, ranked map[int64]rankedName) []norms.CitationRow {
	out := make([]norms.CitationRow, len(citations))
	for i := range citations {
		c := &citations[i]
		out[i] = c.CitationRow
		out[i].Candidates = make([]norms.Candidate, len(c.Candidates))
		for j, id := range c.Candidates {
			of := ranked[id]
			out[i].Candidates[j] = norms.Candidate{Principle: of.Ref, Title: of.Title, Reason: c.Reasons[j]}
		}
	}
	return out
}
