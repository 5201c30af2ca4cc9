package edit

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// restsOn finds the printed lines and documents that edits rest on: for a
// citation its reference, for a link the lines of its initiative and the
// document that this was taken from, for everything else the document that the
// edit names.
const restsOn = `
select 'citation' as kind, c.id::text as key, s.slug as source, s.title, l.place, l.text as line, r.prefix || r.text as upto, r.text
from citation c join reference r on r.id = c.reference_id join citation_line l on l.id = r.line_id join source s on s.id = l.source_id
where c.id = any (@citations)
union all
select 'link', k.id::text, s.slug, s.title, l.place, l.text, l.text, l.text
from link k join citation_line l on l.initiative_id = k.initiative_id join source s on s.id = l.source_id
where k.id = any (@links)
union all
select 'initiative', i.slug, s.slug, s.title, l.place, l.text, l.text, l.text
from initiative i join citation_line l on l.initiative_id = i.id join source s on s.id = l.source_id
where i.slug = any (@initiatives)
union all
select 'link', k.id::text, s.slug, s.title, i.place, '', '', ''
from link k join initiative i on i.id = k.initiative_id join source s on s.id = i.source_id
where k.id = any (@links)
union all
select 'initiative', i.slug, s.slug, s.title, i.place, '', '', ''
from initiative i join source s on s.id = i.source_id
where i.slug = any (@initiatives)
union all
select 'source', s.slug, s.slug, s.title, '', '', '', ''
from source s
where s.slug = any (@sources)
order by kind, key, source, line, upto, place`

type rest struct {
	Kind, Key, Source, Title, Place, Line, Upto, Text string
}

// passage is the printed text with what stands around it in its line.
func (r rest) passage() norms.Passage {
	out := norms.Passage{Source: r.Source, Title: r.Title, Place: r.Place, Text: r.Text}
	if at := strings.Index(r.Line, r.Upto); at >= 0 {
		end := at + len(r.Upto)
		out.Before, out.After = r.Line[:end-len(r.Text)], r.Line[end:]
	}
	return out
}

// Passages gives those edits of a proposal that are shown, by where they are in the
// list of all, the passages that they rest on.
func (s *Store) Passages(ctx context.Context, list []norms.ProposedEdit, shown []int) error {
	citations, links, initiatives, sources := []int64{}, []int64{}, []string{}, []string{}
	for _, i := range shown {
		if list[i].Proposed == nil {
			continue
		}
		b := basisOf(list, i)
		citations, links = append(citations, b.Citation), append(links, b.Link)
		initiatives, sources = append(initiatives, b.Initiative), append(sources, b.Source)
	}
	found, err := postgres.Collect[rest](ctx, s.db, "what edits rest on", restsOn, pgx.StrictNamedArgs{
		"citations": citations, "links": links, "initiatives": initiatives, "sources": sources})
	if err != nil {
		return err
	}
	for _, i := range shown {
		list[i].Passages = passagesOf(list, i, found)
	}
	return nil
}

func passagesOf(list []norms.ProposedEdit, at int, found []rest) []norms.Passage {
	out := []norms.Passage{}
	if list[at].Proposed == nil {
		return out
	}
	b, recorded := basisOf(list, at), false
	for _, r := range found {
		if !b.Is(r.Kind, r.Key) {
			continue
		}
		p := r.passage()
		if r.Kind == "source" {
			p.Place, p.Text, recorded = b.Place, b.Quote, true
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if put, position := addedBefore(list[:at], norms.Called{Kind: "source", Key: b.Source}); put != nil && !recorded {
		out = append(out, norms.Passage{Source: b.Source, Title: put.(norms.PutSource).Title, Position: position, Place: b.Place, Text: b.Quote})
	}
	return out
}
