package search

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// searchNumbers finds what labels may mean: principles whose own they are,
// those to which a numbering gives them, and articles of which they are a part.
// The first are the likeliest. With @ref the first label is a ref, and the
// others count only when there is nothing of that.
const searchNumbers = `
with` + searchWithin + `
asked as (
  select place, agreement, edition, noun, label, label_key, whole
  from unnest(@agreements::text[], @editions::text[], @nouns::text[], @labels::text[], @label_keys::text[], @wholes::text[])
    with ordinality as c (agreement, edition, noun, label, label_key, whole, place)
),
known as (
  select c.place, p.id, null as numbering, 0 as position, 0 as numbering_id, false as part
  from asked c
  join principle p on p.label in (c.label, c.label_key)
  union all
  select c.place, b.principle_id, m.title, m.position, m.id, false
  from asked c
  join numbering_label b on b.label_key = c.label_key
  join numbering m on m.id = b.numbering_id
  union all
  select c.place, p.id, null, 0, 0, true
  from asked c
  join principle p on p.label = c.whole
  join edition e on e.id = p.edition_id and e.noun = 'article'
),
meant as (
  select n.id, n.ref as principle, n.name, n.title, n.current, n.agreement, n.edition, n.position, min(c.place) as place,
    coalesce(string_agg(k.numbering, '; ' order by k.position, k.numbering_id), '') as reason,
    bool_or(k.numbering is null) as own, bool_and(k.part) as part
  from known k
  join asked c on c.place = k.place
  join principle_name n on n.id = k.id
  cross join lateral (select 'principle' as kind, n.id) e
  where (c.agreement = '' or n.agreement = c.agreement) and (c.edition = '' or n.edition = c.edition)
    and (c.agreement <> '' or c.noun in ('', n.noun) or c.noun = 'paragraph' and n.noun <> 'article')
    and` + isWithin + `
  group by n.id, n.ref, n.name, n.title, n.current, n.agreement, n.edition, n.position
)
select m.id, m.principle, m.name, m.title, m.reason, m.part
from meant m
where m.place = 1 or not @ref or not exists (select from meant r where r.place = 1)
order by m.place, m.part, m.own desc, m.current desc, m.agreement, m.edition, m.position, m.id
limit @limit`

// numbers are the principles that a search may mean by number.
type numbers struct {
	ids     []int64       // the likeliest first
	meant   []norms.Meant // the first of them
	certain bool          // nothing of the search is left to look for
}

type meantRow struct {
	ID int64
	norms.Meant
}

func (s *Store) understoodNumbers(ctx context.Context, f norms.SearchFilter) (numbers, error) {
	out := numbers{ids: []int64{}, meant: []norms.Meant{}}
	if !citation.MayAsk(f.Q) {
		return out, nil
	}
	asked, err := s.askedNumbers(ctx, f.Q)
	if err != nil || len(asked.labels) == 0 {
		return out, err
	}
	rows, err := postgres.Collect[meantRow](ctx, s.db, "the principles of a number", searchNumbers, asked.args(f))
	for _, r := range rows {
		out.ids = append(out.ids, r.ID)
		if len(out.meant) < searchMeant {
			out.meant = append(out.meant, r.Meant)
		}
	}
	out.certain = len(rows) > 0 && asked.certain
	return out, err
}

// askedLabels are the columns of what was asked for by number.
type askedLabels struct {
	agreements, editions, nouns, labels, keys, wholes []string
	ref                                               bool // the first is a ref
	certain                                           bool
}

func (a *askedLabels) add(agreement, edition, noun, label, key, whole string) {
	a.agreements, a.editions, a.nouns = append(a.agreements, agreement), append(a.editions, edition), append(a.nouns, noun)
	a.labels, a.keys, a.wholes = append(a.labels, label), append(a.keys, key), append(a.wholes, whole)
}

func (a *askedLabels) args(f norms.SearchFilter) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"agreements": a.agreements, "editions": a.editions, "nouns": a.nouns, "labels": a.labels, "label_keys": a.keys,
		"wholes": a.wholes, "ref": a.ref, "limit": searchMost, "agreement": f.Agreement, "organization": f.Organization}
}

// askedNumbers reads the numbers asked for: as a ref, and as people write them,
// since un-norms/6 looks like a ref and is none.
func (s *Store) askedNumbers(ctx context.Context, q string) (askedLabels, error) {
	a := askedLabels{certain: true}
	if ref, err := norms.ParseRef(strings.TrimSpace(q)); err == nil {
		a.ref = true
		a.add(ref.Agreement, ref.Edition, "", ref.Label, "", "")
	}
	names, err := s.names.Names(ctx)
	if err != nil {
		return a, err
	}
	for _, n := range citation.ReadAsked(withSlugs(names), q) {
		a.add(n.Agreement, "", n.Noun, norms.LabelSlug(n.Label), citation.Normalize(n.Label), articleOf(n.Label))
		a.certain = a.certain && (n.InFull || n.Agreement == "")
	}
	return a, nil
}

// articleOf is the article to which the label of a paragraph belongs: 21 of
// 21(2) and of 21.2; "" of any other label, such as 13(f).
func articleOf(label string) string {
	article, paragraph, _ := strings.Cut(norms.LabelSlug(label), "-")
	if paragraph == "" || paragraph[0] > '9' {
		return ""
	}
	return article
}

// withSlugs adds the names that addresses use.
func withSlugs(names []citation.Name) []citation.Name {
	var out []citation.Name
	for i, n := range names {
		if i == 0 || names[i-1].Agreement != n.Agreement {
			out = append(out, citation.Name{Agreement: n.Agreement, Text: n.Agreement})
		}
		out = append(out, n)
	}
	return out
}
