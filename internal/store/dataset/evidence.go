package dataset

import (
	"normmap/internal/norms"
	"normmap/internal/store/browse"
)

// evidenceDatasets are what sources printed, what it was taken to mean, the
// links that came of it, where facts come from, and how the record changed.
var evidenceDatasets = []dataset{
	{
		name: "citation_lines", table: "citation_line", id: "t.id", key: []string{"id"},
		from: "citation_line t join source s on s.id = t.source_id join initiative i on i.id = t.initiative_id",
		columns: []datum{
			asNumber("id", "t.id", "citation_line.id"),
			asName("source", "s.slug", "citation_line.source_id", "sources.source"),
			asName("initiative", "i.slug", "citation_line.initiative_id", "initiatives.initiative"),
			asText("text", "t.text", "citation_line.text"),
			asText("place", "t.place", "citation_line.place"),
			revisionOf("t", "citation_line"),
		},
	},
	{
		name: "references", table: "reference", from: "reference r left join agreement a on a.id = r.agreement_id", id: "r.id", key: []string{"id"},
		columns: []datum{
			asNumber("id", "r.id", "reference.id"),
			asName("citation_line", "r.line_id", "reference.line_id", "citation_lines.id").numbered(),
			asNumber("position", "r.position", "reference.position"),
			asText("text", "r.text", "reference.text"),
			asText("agreement_name", "r.agreement_name", "reference.agreement_name"),
			asName("agreement", "coalesce(a.slug, '')", "reference.agreement_id", "agreements.agreement"),
			asNumber("place_start", "r.place_start", "reference.place_start"),
			asNumber("place_end", "r.place_end", "reference.place_end"),
			asNumber("place_as_of", "r.place_as_of", "reference.place_as_of"),
			asText("prefix", "r.prefix", "reference.prefix"),
			asText("suffix", "r.suffix", "reference.suffix"),
		},
	},
	{
		name: "citations", table: "citation", id: "c.id", key: []string{"id"},
		from: `citation c left join link l on l.id = c.link_id left join principle_name n on n.id = l.principle_id
  left join account w on w.id = c.decided_by_id`,
		columns: []datum{
			asNumber("id", "c.id", "citation.id"),
			asName("reference", "c.reference_id", "citation.reference_id", "references.id").numbered(),
			asNumber("position", "c.position", "citation.position"),
			asText("label", "c.label", "citation.label"),
			asWord("resolution", "c.resolution", "citation.resolution", norms.Resolutions),
			asName("principle", "coalesce(n.ref, '')", "", "principles.principle"),
			asName("link", "c.link_id", "citation.link_id", "links.id").numbered(),
			asText("decided_by", "coalesce(w.name, '')", "citation.decided_by_id"),
			asText("note", "c.note", "citation.note"),
			revisionOf("c", "citation"),
		},
	},
	{
		name: "citation_candidates", table: "citation_candidate", id: "k.id", key: []string{"citation", "principle"},
		from: "citation_candidate k join principle_name n on n.id = k.principle_id",
		columns: []datum{
			asName("citation", "k.citation_id", "citation_candidate.citation_id", "citations.id").numbered(),
			asNumber("position", "k.position", "citation_candidate.position"),
			asName("principle", "n.ref", "citation_candidate.principle_id", "principles.principle"),
			asText("reason", "k.reason", "citation_candidate.reason"),
		},
	},
	{
		name: "links", table: "link", id: "l.id", key: []string{"id"},
		from: "link l join initiative i on i.id = l.initiative_id join principle_name n on n.id = l.principle_id left join organization o on o.id = l.asserter_id",
		columns: []datum{
			asNumber("id", "l.id", "link.id"),
			asName("initiative", "i.slug", "link.initiative_id", "initiatives.initiative"),
			asName("principle", "n.ref", "link.principle_id", "principles.principle"),
			asWord("relation", "l.relation", "link.relation", norms.LinkRelations),
			asWord("property", "l.property", "link.property", norms.LinkProperties),
			asWord("origin", "l.origin", "link.origin", norms.Origins),
			asName("asserter", "coalesce(o.slug, '')", "link.asserter_id", "organizations.organization"),
			asText("rationale", "l.rationale", "link.rationale"),
			asWord("strength", "l.strength", "link.strength", norms.Strengths),
			asTruth("counted", browse.Counts+" and n.current", ""),
			revisionOf("l", "link"),
		},
	},
	{
		name: "assessments", table: "assessment", id: "d.id", key: []string{"id"},
		from: "assessment d left join account w on w.id = d.account_id left join organization o on o.id = d.organization_id",
		columns: []datum{
			asNumber("id", "d.id", "assessment.id"),
			asName("link", "d.link_id", "assessment.link_id", "links.id").numbered(),
			asWord("assessor", "d.assessor", "assessment.assessor", norms.AssessorKinds),
			asText("person", "coalesce(w.name, '')", "assessment.account_id"),
			asName("organization", "coalesce(o.slug, '')", "assessment.organization_id", "organizations.organization"),
			asWord("view", "d.view", "assessment.view", norms.Views),
			asWord("relation", "d.relation", "assessment.relation", norms.LinkRelations),
			asWord("strength", "d.strength", "assessment.strength", norms.Strengths),
			asText("rationale", "d.rationale", "assessment.rationale"),
			revisionOf("d", "assessment"),
		},
	},
	{
		name: "answers", table: "answer", from: "answer d join organization o on o.id = d.organization_id", id: "d.id", key: []string{"assessment"},
		columns: []datum{
			asName("assessment", "d.assessment_id", "answer.assessment_id", "assessments.id").numbered(),
			asName("organization", "o.slug", "answer.organization_id", "organizations.organization"),
			asText("text", "d.text", "answer.text"),
			revisionOf("d", "answer"),
		},
	},
	{
		name: "cell_reviews", table: "cell_review", id: "d.id", key: []string{"principle", "organization"},
		from: `cell_review d join principle_name n on n.id = d.principle_id join organization o on o.id = d.organization_id
  join account w on w.id = d.account_id`,
		columns: []datum{
			asName("principle", "n.ref", "cell_review.principle_id", "principles.principle"),
			asName("organization", "o.slug", "cell_review.organization_id", "organizations.organization"),
			asText("reviewer", "w.name", "cell_review.account_id"),
			asDate("reviewed_on", "d.reviewed_on", "cell_review.reviewed_on"),
			asText("note", "d.note", "cell_review.note"),
			revisionOf("d", "cell_review"),
		},
	},
	{
		name: "addressee_rulings", table: "addressee_ruling", id: "d.id", key: []string{"principle", "organization"},
		from: "addressee_ruling d join principle_name n on n.id = d.principle_id join organization o on o.id = d.organization_id",
		columns: []datum{
			asName("principle", "n.ref", "addressee_ruling.principle_id", "principles.principle"),
			asName("organization", "o.slug", "addressee_ruling.organization_id", "organizations.organization"),
			asTruth("outside", "d.outside", "addressee_ruling.outside"),
			asText("rationale", "d.rationale", "addressee_ruling.rationale"),
			revisionOf("d", "addressee_ruling"),
		},
	},
	{
		name: "elements", table: "element", from: "element m", id: "m.id", key: []string{"element"},
		columns: []datum{
			asText("element", "m.slug", "element.slug"),
			asNumber("number", "m.number", "element.number"),
			asText("title", "m.title", "element.title"),
			asText("summary", "m.summary", "element.summary"),
			revisionOf("m", "element"),
		},
	},
	{
		name: "element_readings", table: "element_reading", id: "d.id", key: []string{"id"},
		from: `element_reading d join element m on m.id = d.element_id join agreement a on a.id = d.agreement_id
  left join edition e on e.id = d.edition_id left join organization o on o.id = d.organization_id
  left join account w on w.id = d.account_id left join source s on s.id = d.source_id`,
		columns: []datum{
			asNumber("id", "d.id", "element_reading.id"),
			asName("element", "m.slug", "element_reading.element_id", "elements.element"),
			asName("agreement", "a.slug", "element_reading.agreement_id", "agreements.agreement"),
			asText("edition", "coalesce(e.slug, '')", "element_reading.edition_id"),
			asWord("reading", "d.reading", "element_reading.reading", norms.Readings),
			asText("note", "d.note", "element_reading.note"),
			asWord("assessor", "d.assessor", "element_reading.assessor", norms.Assessors),
			asName("organization", "coalesce(o.slug, '')", "element_reading.organization_id", "organizations.organization"),
			asText("person", "coalesce(w.name, '')", "element_reading.account_id"),
			asName("source", "coalesce(s.slug, '')", "element_reading.source_id", "sources.source"),
			asText("place", "d.place", "element_reading.place"),
			asWord("confidence", "d.confidence", "element_reading.confidence", norms.Confidences),
			revisionOf("d", "element_reading"),
		},
	},
	{
		name: "statements", table: "statement", id: "q.id", key: []string{"id"},
		from: `statement q join organization o on o.id = q.organization_id join source s on s.id = q.source_id left join element m on m.id = q.element_id
  left join agreement a on a.id = q.agreement_id left join principle_name n on n.id = q.principle_id`,
		columns: []datum{
			asNumber("id", "q.id", "statement.id"),
			asWord("statement", "q.kind", "statement.kind", norms.StatementKinds),
			asText("title", "q.title", "statement.title"),
			asName("element", "coalesce(m.slug, '')", "statement.element_id", "elements.element"),
			asName("agreement", "coalesce(a.slug, '')", "statement.agreement_id", "agreements.agreement"),
			asName("principle", "coalesce(n.ref, '')", "statement.principle_id", "principles.principle"),
			asName("organization", "o.slug", "statement.organization_id", "organizations.organization"),
			asNumber("question", "q.question", "statement.question"),
			asWord("stance", "q.stance", "statement.stance", norms.Stances),
			asText("summary", "q.summary", "statement.summary"),
			asText("quote", "q.quote", "statement.quote"),
			asName("source", "s.slug", "statement.source_id", "sources.source"),
			asText("place", "q.place", "statement.place"),
			revisionOf("q", "statement"),
		},
	},
	{
		name: "crosswalk", table: "crosswalk", id: "x.id", key: []string{"id"},
		from: `crosswalk x join principle_name u on u.id = x.subject_id join principle_name b on b.id = x.object_id
  left join organization o on o.id = x.asserter_id left join source s on s.id = x.source_id`,
		columns: []datum{
			asNumber("id", "x.id", "crosswalk.id"),
			asName("subject", "u.ref", "crosswalk.subject_id", "principles.principle"),
			asWord("relation", "x.relation", "crosswalk.relation", norms.CrosswalkRelations),
			asName("object", "b.ref", "crosswalk.object_id", "principles.principle"),
			asWord("rationale_kind", "x.rationale_kind", "crosswalk.rationale_kind", norms.RationaleKinds),
			asText("rationale", "x.rationale", "crosswalk.rationale"),
			asWord("origin", "x.origin", "crosswalk.origin", norms.CrosswalkOrigins),
			asName("asserter", "coalesce(o.slug, '')", "crosswalk.asserter_id", "organizations.organization"),
			asName("source", "coalesce(s.slug, '')", "crosswalk.source_id", "sources.source"),
			asText("place", "x.place", "crosswalk.place"),
			asWord("confidence", "x.confidence", "crosswalk.confidence", norms.Confidences),
			revisionOf("x", "crosswalk"),
		},
	},
	{
		name: "facts", table: "fact_source", from: "fact_source f left join source s on s.id = f.source_id", id: "f.id", key: []string{"kind", "entity", "field"},
		columns: []datum{
			asWord("kind", "f.kind", "fact_source.kind", norms.EntityKinds),
			asText("entity", "f.entity", "fact_source.entity"),
			asText("field", "f.field", "fact_source.field"),
			asName("source", "coalesce(s.slug, '')", "fact_source.source_id", "sources.source"),
			asText("place", "f.place", "fact_source.place"),
			asWord("confidence", "f.confidence", "fact_source.confidence", norms.Confidences),
			asDate("retrieved_on", "f.retrieved_on", "fact_source.retrieved_on"),
			asText("note", "f.note", "fact_source.note"),
			revisionOf("f", "fact_source"),
		},
	},
	{
		name: "changesets", table: "changeset", from: "changeset c left join account w on w.id = c.account_id", id: "c.id", key: []string{"revision"},
		columns: []datum{
			asNumber("revision", "c.id", "changeset.id"),
			asText("by", "coalesce(w.name, 'seed files')", ""),
			asText("reason", "c.reason", "changeset.reason"),
			asMoment("at", "c.at", "changeset.at"),
			asName("reverts", "c.reverts_id", "changeset.reverts_id", "changesets.revision").numbered(),
			asText("sha256", "encode(c.hash, 'hex')", "changeset.hash"),
		},
	},
}

// numbered is the same column where rows have only a number to be named by.
func (d datum) numbered() datum {
	d.kind = norms.NumberColumn
	return d
}
