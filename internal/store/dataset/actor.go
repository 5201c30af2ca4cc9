package dataset

import "normmap/internal/norms"

// actorDatasets are who acts, how they stand to the agreements, what they do,
// and the documents that say so.
var actorDatasets = []dataset{
	{
		name: "organizations", table: "organization", from: "organization o left join agreement a on a.id = o.agreement_id", id: "o.id", key: []string{"organization"},
		columns: []datum{
			asText("organization", "o.slug", "organization.slug"),
			asText("name", "o.name", "organization.name"),
			asWord("kind", "o.kind", "organization.kind", norms.OrganizationKinds),
			asWord("stakeholder_group", "o.stakeholder_group", "organization.stakeholder_group", norms.StakeholderGroups),
			asName("agreement", "coalesce(a.slug, '')", "organization.agreement_id", "agreements.agreement"),
			asText("url", "o.url", "organization.url"),
			asText("summary", "o.summary", "organization.summary"),
			revisionOf("o", "organization"),
		},
	},
	{
		name: "adherences", table: "adherence", id: "h.id", key: []string{"id"},
		from: `adherence h join organization o on o.id = h.organization_id join agreement a on a.id = h.agreement_id
  left join edition e on e.id = h.edition_id left join organization v on v.id = h.via_id join source s on s.id = h.source_id`,
		columns: []datum{
			asNumber("id", "h.id", "adherence.id"),
			asName("organization", "o.slug", "adherence.organization_id", "organizations.organization"),
			asName("agreement", "a.slug", "adherence.agreement_id", "agreements.agreement"),
			asText("edition", "coalesce(e.slug, '')", "adherence.edition_id"),
			asWord("relation", "h.relation", "adherence.relation", norms.AdherenceRelations),
			asName("via", "coalesce(v.slug, '')", "adherence.via_id", "organizations.organization"),
			asTruth("founding", "h.founding", "adherence.founding"),
			asDate("since", "h.since", "adherence.since"),
			asName("source", "s.slug", "adherence.source_id", "sources.source"),
			asText("place", "h.place", "adherence.place"),
			asText("note", "h.note", "adherence.note"),
			revisionOf("h", "adherence"),
		},
	},
	{
		name: "initiatives", table: "initiative", id: "i.id", key: []string{"initiative"},
		from: `initiative i join organization o on o.id = i.organization_id join organization r on r.id = i.reported_by_id
  left join initiative w on w.id = i.parent_id left join source s on s.id = i.source_id`,
		columns: []datum{
			asText("initiative", "i.slug", "initiative.slug"),
			asText("title", "i.title", "initiative.title"),
			asText("summary", "i.summary", "initiative.summary"),
			asWord("kind", "i.kind", "initiative.kind", norms.InitiativeKinds),
			asName("parent", "coalesce(w.slug, '')", "initiative.parent_id", "initiatives.initiative"),
			asName("organization", "o.slug", "initiative.organization_id", "organizations.organization"),
			asName("reported_by", "r.slug", "initiative.reported_by_id", "organizations.organization"),
			asText("heading", "i.heading", "initiative.heading"),
			asNumber("position", "i.position", "initiative.position"),
			asWord("status", "i.status", "initiative.status", norms.Statuses),
			asText("status_note", "i.status_note", "initiative.status_note"),
			asDate("started_on", "i.started_on", "initiative.started_on"),
			asDate("ended_on", "i.ended_on", "initiative.ended_on"),
			asDate("due_on", "i.due_on", "initiative.due_on"),
			asText("url", "i.url", "initiative.url"),
			asName("source", "coalesce(s.slug, '')", "initiative.source_id", "sources.source"),
			asText("place", "i.place", "initiative.place"),
			revisionOf("i", "initiative"),
		},
	},
	{
		name: "initiative_partners", table: "initiative_partner", id: "q.id", key: []string{"initiative", "name"},
		from: "initiative_partner q join initiative i on i.id = q.initiative_id left join organization o on o.id = q.organization_id",
		columns: []datum{
			asName("initiative", "i.slug", "initiative_partner.initiative_id", "initiatives.initiative"),
			asText("name", "q.name", "initiative_partner.name"),
			asName("organization", "coalesce(o.slug, '')", "initiative_partner.organization_id", "organizations.organization"),
		},
	},
	{
		name: "sources", table: "source", from: "source s left join organization o on o.id = s.organization_id", id: "s.id", key: []string{"source"},
		columns: []datum{
			asText("source", "s.slug", "source.slug"),
			asText("title", "s.title", "source.title"),
			asWord("kind", "s.kind", "source.kind", norms.SourceKinds),
			asText("publisher", "s.publisher", "source.publisher"),
			asName("organization", "coalesce(o.slug, '')", "source.organization_id", "organizations.organization"),
			asDate("published_on", "s.published_on", "source.published_on"),
			asDate("retrieved_on", "s.retrieved_on", "source.retrieved_on"),
			asText("url", "s.url", "source.url"),
			asText("archive_url", "s.archive_url", "source.archive_url"),
			asText("sha256", "s.sha256", "source.sha256"),
			asText("language", "s.language", "source.language"),
			asText("call", "s.call", "source.call"),
			asWord("exhaustiveness", "s.exhaustiveness", "source.exhaustiveness", norms.ExhaustivenessWords),
			asText("note", "s.note", "source.note"),
			asTruth("text_held", "s.body is not null", ""),
			revisionOf("s", "source"),
		},
	},
}
