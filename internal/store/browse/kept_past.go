package browse

import (
	"cmp"
	"slices"
	"sync"

	"normmap/internal/store/postgres"
)

// mostTimes is of how many times texts are kept, besides those of the present.
// All revisions between two that changed texts have the same ones, and the texts
// stay as they are for long.
const mostTimes = 2

// earlier is what an instance keeps in memory of the texts of the past.
type earlier struct {
	mu    sync.Mutex
	times []*texts // those asked for last stand last
}

// of is what is kept of the texts that a revision changed last. Nothing of the
// past is ever another within an epoch: only a server that took the place of
// another one may have lost revisions and given their numbers again.
func (e *earlier) of(revision, epoch int64) *texts {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := textsAt{revision, epoch}
	i := slices.IndexFunc(e.times, func(t *texts) bool { return t.at == at })
	if i < 0 {
		e.times = append(e.times, newTexts(at))
		i = len(e.times) - 1
	}
	t := e.times[i]
	e.times = append(slices.Delete(e.times, i, i+1), t)
	if len(e.times) > mostTimes {
		e.times = slices.Delete(e.times, 0, 1)
	}
	return t
}

// KeepPast lets s, which looks at a revision of the past, use what from keeps in
// memory of the texts of that time, and add to it. Textual is the last revision
// up to then that changed texts; epoch is the one in which s began to read.
func (s *Store) KeepPast(from *Store, textual, epoch int64) {
	s.then = from.earlier.of(textual, epoch)
}

// texts are those that are kept of what s looks at; nil where it keeps none. Of
// the present it is a guess, see [Store.keeps].
func (s *Store) texts() *texts {
	switch {
	case s.then != nil:
		return s.then
	case s.looksAt != nil:
		return s.kept.guess()
	}
	return nil
}

// keeps are the texts to which may be added what was read by s.
func (s *Store) keeps() *texts {
	switch {
	case s.then != nil:
		return s.then
	case s.looksAt != nil:
		return s.kept.of(*s.looksAt)
	}
	return nil
}

// bareThen is bareToPrinciple for the past, which has no list of links. A link
// is there once for each citation that rests on it: see firstCited.
var bareThen = `
select l.id as link_id, i.slug as initiative, i.title as initiative_title, i.position as place, i.organization_id, l.relation, l.property, l.origin,
  coalesce(l.asserter_id, 0) as asserter_id, l.strength, l.rationale, coalesce(k.id, 0) as citation_id, coalesce(r.text, '') as reference,
  coalesce(t.source_id, 0) as source_id, b.agreed, b.partly_agreed, b.disagreed, b.answered, l.version
from (
  select id, initiative_id, relation, property, origin, asserter_id, rationale, strength, version
  from link
  where principle_id = @principle and (origin, id) > (@after_key::text, @after_id::bigint)
  order by origin, id
  limit @limit) l
join initiative i on i.id = l.initiative_id
left join citation k on k.link_id = l.id
left join reference r on r.id = k.reference_id
left join citation_line t on t.id = r.line_id` + linkAssessed

// firstCited are links by their numbers, each once: with the first citation that
// rests on it.
func firstCited(links []bareLink) []bareLink {
	slices.SortFunc(links, func(a, b bareLink) int {
		return cmp.Or(cmp.Compare(a.LinkID, b.LinkID), cmp.Compare(a.CitationID, b.CitationID))
	})
	return slices.CompactFunc(links, func(a, b bareLink) bool { return a.LinkID == b.LinkID })
}

var (
	askEvidenceThen = postgres.Counting(evidenceOfPrinciple(citedMostThen("p.current"), noNamesakes), "principle")
	askAmongThen    = postgres.Counting(evidenceOfPrinciple(citedMostThen("p.current"), figuresOfNamesakes), "principle", "namesakes")
	askBareThen     = postgres.Counting(bareThen, "principle", "after_key", "after_id", "limit")
)

// evidence are the statements for what of a principle's page depends on
// evidence: the figures, among them those of its namesakes, and the links.
func (s *Store) evidence(namesakes bool) (figures, links postgres.Statement) {
	switch {
	case s.then != nil && namesakes:
		return askAmongThen, askBareThen
	case s.then != nil:
		return askEvidenceThen, askBareThen
	case namesakes:
		return askAmong, askBare
	}
	return askEvidence, askBare
}
