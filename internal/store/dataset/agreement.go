package dataset

import (
	"normmap/internal/norms"
	"normmap/internal/store/history"
)

// agreementDatasets are the texts: what was agreed, in which editions and
// under which numbers.
var agreementDatasets = []dataset{
	{
		name: "agreements", table: "agreement", from: "agreement a", id: "a.id", key: []string{"agreement"},
		columns: []datum{
			asText("agreement", "a.slug", "agreement.slug"),
			asText("title", "a.title", "agreement.title"),
			asText("short_title", "a.short_title", "agreement.short_title"),
			asList("aliases", "array(select x.alias from agreement_alias x where x.agreement_id = a.id order by x.id)", "agreement_alias"),
			asWord("legal_nature", "a.legal_nature", "agreement.legal_nature", norms.LegalNatures),
			asWord("space", "a.space", "agreement.space", norms.Spaces),
			asText("convener", "a.convener", "agreement.convener"),
			asText("url", "a.url", "agreement.url"),
			asText("summary", "a.summary", "agreement.summary"),
			revisionOf("a", "agreement"),
		},
	},
	{
		name: "agreement_events", table: "agreement_event", id: "v.id", key: []string{"id"},
		from: "agreement_event v join agreement a on a.id = v.agreement_id left join source s on s.id = v.source_id",
		columns: []datum{
			asNumber("id", "v.id", "agreement_event.id"),
			asName("agreement", "a.slug", "agreement_event.agreement_id", "agreements.agreement"),
			asWord("event", "v.kind", "agreement_event.kind", norms.EventKinds),
			asDate("happened_on", "v.happened_on", "agreement_event.happened_on"),
			asText("title", "v.title", "agreement_event.title"),
			asText("note", "v.note", "agreement_event.note"),
			asNumber("adherents", "v.count", "agreement_event.count"),
			asName("source", "coalesce(s.slug, '')", "agreement_event.source_id", "sources.source"),
			asWord("confidence", history.EventConfidence, "fact_source.confidence", norms.Confidences),
			revisionOf("v", "agreement_event"),
		},
	},
	{
		name: "editions", table: "edition", from: "edition e join agreement a on a.id = e.agreement_id", id: "e.id", key: []string{"agreement", "edition"},
		columns: []datum{
			asName("agreement", "a.slug", "edition.agreement_id", "agreements.agreement"),
			asText("edition", "e.slug", "edition.slug"),
			asText("title", "e.title", "edition.title"),
			asText("programme", "e.programme", "edition.programme"),
			asWord("noun", "e.noun", "edition.noun", norms.Nouns),
			asDate("published_on", "e.published_on", "edition.published_on"),
			asTruth("current", "e.current", "edition.current"),
			asText("url", "e.url", "edition.url"),
			asText("summary", "e.summary", "edition.summary"),
			asNumber("position", "e.position", "edition.position"),
			revisionOf("e", "edition"),
		},
	},
	{
		name: "principles", table: "principle", from: "principle p join principle_name n on n.id = p.id", id: "p.id", key: []string{"principle"},
		columns: []datum{
			asText("principle", "n.ref", ""),
			asText("name", "n.name", ""),
			asName("agreement", "n.agreement", "edition.agreement_id", "agreements.agreement"),
			asText("edition", "n.edition", "principle.edition_id"),
			asTruth("current", "n.current", "edition.current"),
			asText("number", "p.number", "principle.number"),
			asText("label", "p.label", "principle.label"),
			asTruth("our_numbering", "p.our_numbering", "principle.our_numbering"),
			asText("title", "p.title", "principle.title"),
			asText("summary", "p.summary", "principle.summary"),
			asWords("addressees", "p.addressees", "principle.addressees", norms.Addressees),
			asWord("obligation", "p.obligation", "principle.obligation", norms.Obligations),
			asText("applicability", "p.applicability", "principle.applicability"),
			asNumber("position", "p.position", "principle.position"),
			revisionOf("p", "principle"),
		},
	},
	{
		name: "numberings", table: "numbering", id: "u.id", key: []string{"agreement", "numbering"},
		from: "numbering u join agreement a on a.id = u.agreement_id left join source s on s.id = u.source_id",
		columns: []datum{
			asName("agreement", "a.slug", "numbering.agreement_id", "agreements.agreement"),
			asText("numbering", "u.slug", "numbering.slug"),
			asText("title", "u.title", "numbering.title"),
			asWord("basis", "u.basis", "numbering.basis", norms.NumberingBases),
			asDate("valid_from", "u.valid_from", "numbering.valid_from"),
			asDate("valid_to", "u.valid_to", "numbering.valid_to"),
			asNumber("position", "u.position", "numbering.position"),
			asName("source", "coalesce(s.slug, '')", "numbering.source_id", "sources.source"),
			asText("note", "u.note", "numbering.note"),
			revisionOf("u", "numbering"),
		},
	},
	{
		name: "numbering_labels", table: "numbering_label", id: "b.id", key: []string{"agreement", "numbering", "label"},
		from: "numbering_label b join numbering u on u.id = b.numbering_id join agreement a on a.id = u.agreement_id join principle_name n on n.id = b.principle_id",
		columns: []datum{
			asName("agreement", "a.slug", "numbering.agreement_id", "agreements.agreement"),
			asText("numbering", "u.slug", "numbering_label.numbering_id"),
			asText("label", "b.label", "numbering_label.label"),
			asName("principle", "n.ref", "numbering_label.principle_id", "principles.principle"),
		},
	},
}
