package ui

import (
	"strings"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// The words for every closed list. A value without words of its own, which a
// newer database may hold, is shown as it is with spaces.

// LegalNature says what force an agreement has.
func LegalNature(v norms.LegalNature) string { return legalNatures.of(v) }

// Space says between whom an agreement was made.
func Space(v norms.Space) string { return spaces.of(v) }

// EventKind says what happened to an agreement.
func EventKind(v norms.EventKind) string { return eventKinds.of(v) }

// Noun is what an edition calls one of its principles.
func Noun(v norms.Noun) string { return nouns.of(v) }

// Nouns is the same in the plural.
func Nouns(v norms.Noun) string { return Noun(v) + "s" }

// Addressee says to whom a principle speaks.
func Addressee(v norms.Addressee) string { return addressees.of(v) }

// Obligation says how strongly a principle binds.
func Obligation(v norms.Obligation) string { return obligations.of(v) }

// Basis says where the labels of a numbering come from.
func Basis(v norms.NumberingBasis) string { return bases.of(v) }

// OrganizationKind says what sort of actor an organization is.
func OrganizationKind(v norms.OrganizationKind) string { return organizationKinds.of(v) }

// StakeholderGroup is a group of the Internet Governance Forum.
func StakeholderGroup(v norms.StakeholderGroup) string { return stakeholderGroups.of(v) }

// AdherenceRelation says how an organization stands to an agreement.
func AdherenceRelation(v norms.AdherenceRelation) string { return adherenceRelations.of(v) }

// InitiativeKind says what sort of thing an organization does.
func InitiativeKind(v norms.InitiativeKind) string { return initiativeKinds.of(v) }

// Status says how far an initiative is.
func Status(v norms.Status) string { return statuses.of(v) }

// LinkRelation says how an initiative stands to a principle.
func LinkRelation(v norms.LinkRelation) string { return linkRelations.of(v) }

// LinkProperty says more about a relation of support.
func LinkProperty(v norms.LinkProperty) string { return linkProperties.of(v) }

// Origin says who asserts a link.
func Origin(v norms.Origin) string { return origins.of(v) }

// Strength says how directly an initiative serves a principle.
func Strength(v norms.Strength) string { return strengths.of(v) }

// Resolution says what a citation was taken to mean.
func Resolution(v norms.Resolution) string { return resolutions.of(v) }

// Decision is what a person may decide about a citation.
func Decision(v norms.Decision) string { return decisions.of(v) }

// SourceKind says what sort of document a source is.
func SourceKind(v norms.SourceKind) string { return sourceKinds.of(v) }

// Exhaustiveness says whether a source claims to list everything.
func Exhaustiveness(v norms.Exhaustiveness) string { return exhaustiveness.of(v) }

// Confidence says how sure a fact is.
func Confidence(v norms.Confidence) string { return confidences.of(v) }

// EntityKind says what a fact is about.
func EntityKind(v norms.EntityKind) string { return things.of(string(v)) }

// ThingKind says what sort of row a changeset wrote.
func ThingKind(kind string) string { return things.of(kind) }

// Role says what an account may do.
func Role(v account.Role) string { return roles.of(v) }

// CellState says what is on record for a principle.
func CellState(state string) string { return cellStates.of(state) }

// FieldWord is the name of a field in a sentence, with a capital: started_on
// becomes Started, references[0].text becomes References 1 text.
func FieldWord(field string) string {
	if w, ok := fieldWords[field]; ok {
		return w
	}
	return capital(plainField(field))
}

// plainField turns the path of a field into words; places count from one.
func plainField(field string) string {
	r := strings.NewReplacer("_", " ", ".", " ", "[", " ", "]", "")
	parts := strings.Fields(r.Replace(field))
	for i, p := range parts {
		if n, ok := place(p); ok {
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

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// vocabulary maps the values of a closed list to plain English.
type vocabulary[T ~string] map[T]string

func (w vocabulary[T]) of(v T) string {
	if s, ok := w[v]; ok {
		return s
	}
	return strings.ReplaceAll(string(v), "_", " ")
}
