package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const contributorBySlug = `select o.id, o.slug, o.name from organization o where o.slug = @slug`

const contributedColumns = `i.id, i.version, i.slug, i.title, i.summary, i.kind, coalesce(u.slug, '') as parent, coalesce(u.title, '') as parent_title,
  o.slug as organization, b.slug as reported_by, i.heading, i.position, i.status, i.status_note, i.started_on, i.ended_on, i.due_on,
  i.url, coalesce(s.slug, '') as source, i.place,
  (select coalesce(json_agg(json_build_object('name', w.name, 'organization', coalesce(x.slug, '')) order by w.id), '[]')
   from initiative_partner w left join organization x on x.id = w.organization_id
   where w.initiative_id = i.id) as partners`

const contributedInitiatives = `
select ` + contributedColumns + `
from initiative i` + initiativeJoins + `
join organization b on b.id = i.reported_by_id
left join source s on s.id = i.source_id
where i.reported_by_id = @organization
order by i.position, i.id
limit @most`

const contributedLineColumns = `t.id, i.slug as initiative, s.slug as source, t.text,
  (select coalesce(json_agg(json_build_object('id', c.id, 'version', c.version, 'label', c.label, 'agreement', coalesce(a.slug, ''),
      'name', r.agreement_name, 'resolution', c.resolution, 'principle', coalesce(n.ref, ''), 'decided_by', coalesce(w.name, ''),
      'link', coalesce(c.link_id, 0)) order by r.position, c.position, c.id), '[]')
   from reference r
   join citation c on c.reference_id = r.id
   left join agreement a on a.id = r.agreement_id
   left join account w on w.id = c.decided_by_id
   left join link l on l.id = c.link_id
   left join principle_name n on n.id = l.principle_id
   where r.line_id = t.id) as citations`

const contributedLines = `
select ` + contributedLineColumns + `
from initiative i
join citation_line t on t.initiative_id = i.id
join source s on s.id = t.source_id
where i.reported_by_id = @organization
order by t.id
limit @most`

// Contributed reads what an organization, given by its slug, reported. One with
// more than a dossier holds is refused. Errors as of [Store.Agreement].
func (s *Store) Contributed(ctx context.Context, slug string) (norms.Contributed, error) {
	c, err := naming.BySlug[norms.Contributed](ctx, s.names, "organization", slug, contributorBySlug)
	if err != nil {
		return c, err
	}
	args := pgx.StrictNamedArgs{"organization": c.ID, "most": norms.MaxContributed + 1}
	if c.Initiatives, err = postgres.Collect[norms.ContributedInitiative](ctx, s.db, "what "+slug+" reported", contributedInitiatives, args); err != nil {
		return c, err
	}
	args["most"] = norms.MaxContributedLines + 1
	lines, err := postgres.Collect[norms.ContributedLine](ctx, s.db, "what "+slug+" cited", contributedLines, args)
	if err != nil {
		return c, err
	}
	if len(c.Initiatives) > norms.MaxContributed || len(lines) > norms.MaxContributedLines {
		return c, norms.Errorf(norms.Conflict, "%s has more on record than a dossier holds, which is %d initiatives and %d lines of citations; read it in the downloads of the whole record",
			c.Name, norms.MaxContributed, norms.MaxContributedLines)
	}
	at := make(map[string]int, len(c.Initiatives))
	for i, row := range c.Initiatives {
		at[row.Slug] = i
	}
	for _, l := range lines {
		if n, ok := at[l.Initiative]; ok { // else it was added after the initiatives were read
			c.Initiatives[n].Lines = append(c.Initiatives[n].Lines, l)
		}
	}
	return c, nil
}
