package browse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// initiativesHeld are the initiatives that hold words, of which there may be
// very many: in what order they come is computed for those of the organizations
// alone that the page is about to show.
const initiativesHeld = `
with asked as materialized (
  select search_query(@q, @starts) as words
),
held as materialized (
  select i.id, i.organization_id
  from initiative i
  where initiative_document(i.title, i.summary, i.heading, i.status_note) @@ (select words from asked)
    and (@organization = '' or i.organization_id = (select o.id from organization o where o.slug = @organization))
    and (@agreement = '' or i.id in (select initiative_id from link where ` + linkedAgreement + `))
    and (@ref = '' or i.id in (select initiative_id from link where ` + ofRef + `))
    and (@status = '' or i.status = @status)
),
near as materialized (
  select o.id
  from (
    select n.name, sum(n.unseen) over (order by n.name) - n.unseen as before
    from (
      select lower(o.name) as name, case when lower(o.name) = split_part(@after_key::text, chr(31), 1) then 0 else sum(h.held) end as unseen
      from (select organization_id, count(*) as held from held group by organization_id) h
      join organization o on o.id = h.organization_id
      group by lower(o.name)
    ) n
    where @after_id::bigint is null or n.name >= split_part(@after_key::text, chr(31), 1)
  ) x
  join organization o on lower(o.name) = x.name
  where x.before < @limit
),
matching as (
  select i.id, lower(o.name) as name, ` + initiativeKey + ` as key
  from near x
  join held h on h.organization_id = x.id
  join initiative i on i.id = h.id` + initiativeJoins + `
)`

var initiativesOfWords = postgres.Listing{Matching: initiativesHeld, First: "name, ", Total: "(select count(*) from held)", Rows: initiativeRows,
	After: afterName, Begin: "name >= split_part(@after_key::text, chr(31), 1)"}

// beginning is how many letters a last word needs to be the beginning of another.
const beginning = 3

// LastStarts tells whether the last of some words may be the beginning of one.
func LastStarts(words string) bool {
	fields := strings.Fields(words)
	last := fields[len(fields)-1]
	end, _ := utf8.DecodeLastRuneInString(last)
	return !strings.HasPrefix(last, "-") && (unicode.IsLetter(end) || unicode.IsDigit(end)) && utf8.RuneCountInString(last) >= beginning
}

// initiativesThat is the list of the initiatives that f chooses.
func initiativesThat(f norms.InitiativeFilter) (postgres.Listing, pgx.StrictNamedArgs) {
	args := pgx.StrictNamedArgs{"organization": f.Organization, "agreement": f.Agreement, "status": f.Status}
	addRef(args, f.Principle)
	if strings.TrimSpace(f.Q) == "" {
		return initiativeList, args
	}
	args["q"], args["starts"] = f.Q, LastStarts(f.Q)
	return initiativesOfWords, args
}
