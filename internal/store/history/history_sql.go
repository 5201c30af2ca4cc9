package history

import (
	"fmt"
	"strings"
)

// belongs are versions of one kind of row that are part of the history of the
// thing @id: its own row or rows that its page shows, whenever they belonged to it.
type belongs struct {
	kind, column string
	to           string // what the column holds; "" for the number of the thing
}

// The numbers of what was made of links l, and of answers to that.
const assessedOf = `array(select s.id from history.link l join history.assessment s on s.link_id = l.id where `

var historyOf = map[string]string{
	"agreement": historyPages([]belongs{{"agreement", "id", ""}, {"agreement_alias", "agreement_id", ""}, {"edition", "agreement_id", ""},
		{"agreement_event", "agreement_id", ""}, {"numbering", "agreement_id", ""},
		{"numbering_label", "numbering_id", "array(select m.id from history.numbering m where m.agreement_id = @id)"},
		{"statement", "agreement_id", ""}}),
	"principle": historyPages([]belongs{{"principle", "id", ""}, {"link", "principle_id", ""}, {"citation_candidate", "principle_id", ""},
		{"citation", "id", `array(
      select c.id from history.citation c join history.link l on l.id = c.link_id where l.principle_id = @id
      union select k.citation_id from history.citation_candidate k where k.principle_id = @id)`},
		{"assessment", "id", assessedOf + "l.principle_id = @id)"}, {"answer", "assessment_id", assessedOf + "l.principle_id = @id)"},
		{"statement", "principle_id", ""},
		{"crosswalk", "id", "array(select h.id from history.crosswalk h where @id in (h.subject_id, h.object_id))"},
		{"cell_review", "principle_id", ""}, {"addressee_ruling", "principle_id", ""}}),
	"organization": historyPages([]belongs{{"organization", "id", ""}, {"adherence", "organization_id", ""}, {"statement", "organization_id", ""},
		{"cell_review", "organization_id", ""}, {"addressee_ruling", "organization_id", ""}}),
	"source": historyPages([]belongs{{"source", "id", ""}, {"citation_line", "source_id", ""}, {"statement", "source_id", ""}}),
	"initiative": historyPages([]belongs{{"initiative", "id", ""}, {"initiative_partner", "initiative_id", ""}, {"link", "initiative_id", ""},
		{"citation_line", "initiative_id", ""},
		{"reference", "line_id", "array(select t.id from history.citation_line t where t.initiative_id = @id)"},
		{"citation", "reference_id", `array(
      select r.id from history.reference r join history.citation_line t on t.id = r.line_id where t.initiative_id = @id)`},
		{"assessment", "id", assessedOf + "l.initiative_id = @id)"}, {"answer", "assessment_id", assessedOf + "l.initiative_id = @id)"}}),
	"link": historyPages([]belongs{{"link", "id", ""}, {"citation", "link_id", ""},
		{"assessment", "id", assessedOf + "l.id = @id)"}, {"answer", "assessment_id", assessedOf + "l.id = @id)"}}),
}

// historyPages is the statement that reads a page of a history: which
// changesets before @before wrote rows of it, at most @limit of them and about
// @rows rows, @each at most of one changeset; and every version of these rows.
func historyPages(of []belongs) string {
	parts := make([]string, len(of))
	for i, b := range of {
		to := b.to
		if to == "" {
			to = "array[@id::bigint]"
		}
		parts[i] = fmt.Sprintf("\n  select '%[1]s' as kind, h.id, h.since_rev, h.until_rev from history.%[1]s h where h.%[2]s = any (%[3]s)", b.kind, b.column, to)
	}
	return `
with spans as materialized (` + strings.Join(parts, "\n  union all") + `
),
touched as materialized (
  select kind, id, since_rev as rev from spans
  union
  select kind, id, until_rev from spans where until_rev < 9223372036854775807
),
revs as materialized (
  select rev, count(*) as rows from touched group by rev
),
counted as (
  select rev, rows, row_number() over newest as place, sum(least(rows, @each)) over newest as sum
  from revs where rev < @before or @before = 0
  window newest as (order by rev desc)
),
chosen as materialized (
  select rev, rows from counted where place = 1 or place <= @limit and sum <= @rows
),
picked as materialized (
  select kind, id, rev from (
    select t.kind, t.id, t.rev, row_number() over (partition by t.rev order by array_position(@kinds::text[], t.kind), t.id) as place
    from touched t join chosen c on c.rev = t.rev) x
  where place <= @each
)
select (select count(*) from revs) as total,
  array(select rev from chosen order by rev desc) as revs, array(select rows from chosen order by rev desc) as rows,
  coalesce((select min(rev) from chosen) > (select min(rev) from revs), false) as older,
  (select coalesce(json_agg(p), '[]') from picked p) as picked,
  (select coalesce(json_agg(v), '[]')
   from (select kind, array_agg(distinct id) as ids from picked group by kind) g
   cross join lateral history.versions(g.kind, 'id', g.ids) v) as versions`
}
