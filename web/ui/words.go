package ui

import (
	"context"
	"strconv"
	"strings"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/words"
)

// The words for every closed list. A value without words of its own, which a
// newer database may hold, is shown as it is with spaces.

// LegalNature says what force an agreement has.
func LegalNature(ctx context.Context, v norms.LegalNature) string {
	return words.Of(ctx, "legal_nature", v)
}

// Space says between whom an agreement was made.
func Space(ctx context.Context, v norms.Space) string { return words.Of(ctx, "space", v) }

// EventKind says what happened to an agreement.
func EventKind(ctx context.Context, v norms.EventKind) string { return words.Of(ctx, "event_kind", v) }

// Noun is what an edition calls one of its principles.
func Noun(ctx context.Context, v norms.Noun) string { return words.Of(ctx, "noun", v) }

// Nouns is the same in the plural.
func Nouns(ctx context.Context, v norms.Noun) string { return words.Of(ctx, "nouns", v) }

// Addressee says to whom a principle speaks.
func Addressee(ctx context.Context, v norms.Addressee) string { return words.Of(ctx, "addressee", v) }

// Obligation says how strongly a principle binds.
func Obligation(ctx context.Context, v norms.Obligation) string {
	return words.Of(ctx, "obligation", v)
}

// Basis says where the labels of a numbering come from.
func Basis(ctx context.Context, v norms.NumberingBasis) string {
	return words.Of(ctx, "numbering_basis", v)
}

// OrganizationKind says what sort of actor an organization is.
func OrganizationKind(ctx context.Context, v norms.OrganizationKind) string {
	return words.Of(ctx, "organization_kind", v)
}

// StakeholderGroup is a group of the Internet Governance Forum.
func StakeholderGroup(ctx context.Context, v norms.StakeholderGroup) string {
	return words.Of(ctx, "stakeholder_group", v)
}

// AdherenceRelation says how an organization stands to an agreement.
func AdherenceRelation(ctx context.Context, v norms.AdherenceRelation) string {
	return words.Of(ctx, "adherence_relation", v)
}

// InitiativeKind says what sort of thing an organization does.
func InitiativeKind(ctx context.Context, v norms.InitiativeKind) string {
	return words.Of(ctx, "initiative_kind", v)
}

// Status says how far an initiative is.
func Status(ctx context.Context, v norms.Status) string { return words.Of(ctx, "status", v) }

// LinkRelation says how an initiative stands to a principle.
func LinkRelation(ctx context.Context, v norms.LinkRelation) string {
	return words.Of(ctx, "link_relation", v)
}

// LinkProperty says more about a relation of support.
func LinkProperty(ctx context.Context, v norms.LinkProperty) string {
	return words.Of(ctx, "link_property", v)
}

// Origin says who asserts a link.
func Origin(ctx context.Context, v norms.Origin) string { return words.Of(ctx, "origin", v) }

// Strength says how directly an initiative serves a principle.
func Strength(ctx context.Context, v norms.Strength) string { return words.Of(ctx, "strength", v) }

// Resolution says what a citation was taken to mean.
func Resolution(ctx context.Context, v norms.Resolution) string {
	return words.Of(ctx, "resolution", v)
}

// Decision is what a person may decide about a citation.
func Decision(ctx context.Context, v norms.Decision) string { return words.Of(ctx, "decision", v) }

// SourceKind says what sort of document a source is.
func SourceKind(ctx context.Context, v norms.SourceKind) string {
	return words.Of(ctx, "source_kind", v)
}

// Exhaustiveness says whether a source claims to list everything.
func Exhaustiveness(ctx context.Context, v norms.Exhaustiveness) string {
	return words.Of(ctx, "exhaustiveness", v)
}

// Confidence says how sure a fact is.
func Confidence(ctx context.Context, v norms.Confidence) string {
	return words.Of(ctx, "confidence", v)
}

// EntityKind says what a fact is about.
func EntityKind(ctx context.Context, v norms.EntityKind) string { return words.Of(ctx, "thing", v) }

// ThingKind says what sort of row a changeset wrote.
func ThingKind(ctx context.Context, kind string) string { return words.Of(ctx, "thing", kind) }

// ProposalState says how far a proposal is.
func ProposalState(ctx context.Context, v norms.ProposalState) string {
	return words.Of(ctx, "proposal_state", v)
}

// MadeFrom says where a proposal comes from.
func MadeFrom(ctx context.Context, v norms.MadeFrom) string { return words.Of(ctx, "made_from", v) }

// Verdict says what was decided about a proposed edit.
func Verdict(ctx context.Context, v norms.Verdict) string { return words.Of(ctx, "verdict", v) }

// EditState says how a proposed edit stands to the record.
func EditState(ctx context.Context, v norms.EditState) string { return words.Of(ctx, "edit_state", v) }

// RejectionCode says in a word why an edit was rejected.
func RejectionCode(ctx context.Context, v norms.RejectionCode) string {
	return words.Of(ctx, "rejection_code", v)
}

// Role says what an account may do.
func Role(ctx context.Context, v account.Role) string { return words.Of(ctx, "role", v) }

// CellState says what is on record for a principle.
func CellState(ctx context.Context, state string) string { return words.Of(ctx, "cell_state", state) }

// View says what an assessor makes of a link.
func View(ctx context.Context, v norms.View) string { return words.Of(ctx, "view", v) }

// AssessorKind says who may assess a link.
func AssessorKind(ctx context.Context, v norms.AssessorKind) string {
	return words.Of(ctx, "assessor_kind", v)
}

// Assessed says what has been made of a link.
func Assessed(ctx context.Context, v norms.Assessed) string { return words.Of(ctx, "assessed", v) }

// FieldWord is the name of a field in a sentence, with a capital: started_on
// becomes Started, references[0].text becomes References 1 text. The title of an
// event is left as it is.
func FieldWord(ctx context.Context, field string) string {
	if w, ok := words.Known(ctx, "field."+field); ok {
		return w
	}
	if title, ok := strings.CutPrefix(field, norms.EventField); ok {
		return words.Text(ctx, "event_field", "Title", title)
	}
	if id, n := numbered(field); id != "" {
		return words.Text(ctx, id, "N", n)
	}
	return words.Capital(plainField(field))
}

// numberedFields are those that a proposal's page has once for each edit or
// objection: code_4 is the reason code of edit 4.
var numberedFields = map[string]string{"code": "field_of_one.code", "note": "field_of_one.note", "ruling": "field_of_one.ruling",
	"why": "field_of_one.why", "choice": "field_of_one.choice"}

// numbered is the message for such a field and its number, "" for other fields.
func numbered(field string) (id, n string) {
	name, n, _ := strings.Cut(field, "_")
	n, _, _ = strings.Cut(n, "_") // why_4_0 is about the first label of edit 4
	if _, err := strconv.Atoi(n); err != nil {
		return "", ""
	}
	return numberedFields[name], n
}

// plainField turns the path of a field into words; places, which stand in
// brackets, count from one.
func plainField(field string) string {
	r := strings.NewReplacer("_", " ", ".", " ", "[", " [")
	parts := strings.Fields(r.Replace(field))
	for i, p := range parts {
		inside, opened := strings.CutPrefix(p, "[")
		inside, closed := strings.CutSuffix(inside, "]")
		if n, ok := place(inside); ok && opened && closed {
			parts[i] = Number(n + 1)
		}
	}
	return strings.Join(parts, " ")
}

func place(s string) (int, bool) {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1e6 {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, s != ""
}

// Reading says whether a text contains an element.
func Reading(ctx context.Context, v norms.Reading) string {
	return words.Of(ctx, "elements.reading", v)
}

// Assessor says who reads a text for an element.
func Assessor(ctx context.Context, v norms.Assessor) string {
	return words.Of(ctx, "elements.assessor", v)
}

// StatementKind says what sort of thing is said.
func StatementKind(ctx context.Context, v norms.StatementKind) string {
	return words.Of(ctx, "statement_kind", v)
}

// Stance is what an organization wants of the thing that it speaks of.
func Stance(ctx context.Context, v norms.Stance) string { return words.Of(ctx, "stance", v) }

// Question is a question of the forum's call, by its number.
func Question(ctx context.Context, v string) string { return words.Of(ctx, "forum_question", v) }

// CrosswalkRelation says how what one principle asks stands to what another
// asks.
func CrosswalkRelation(ctx context.Context, v norms.CrosswalkRelation) string {
	return words.Of(ctx, "crosswalk_relation", v)
}

// RationaleKind says what of two principles is compared.
func RationaleKind(ctx context.Context, v norms.RationaleKind) string {
	return words.Of(ctx, "rationale_kind", v)
}
