package ui

import (
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// missing reports the values of a closed list that have no words of their own.
func missing[T ~string](t *testing.T, name string, list []T, w vocabulary[T]) {
	t.Helper()
	for _, v := range list {
		if w[v] == "" {
			t.Errorf("%s: %q has no words", name, v)
		}
	}
}

func TestEveryValueHasWords(t *testing.T) {
	t.Parallel()
	missing(t, "legal nature", norms.LegalNatures, legalNatures)
	missing(t, "space", norms.Spaces, spaces)
	missing(t, "event", norms.EventKinds, eventKinds)
	missing(t, "noun", norms.Nouns, nouns)
	missing(t, "addressee", norms.Addressees, addressees)
	missing(t, "obligation", norms.Obligations, obligations)
	missing(t, "basis", norms.NumberingBases, bases)
	missing(t, "organization", norms.OrganizationKinds, organizationKinds)
	missing(t, "stakeholder group", norms.StakeholderGroups, stakeholderGroups)
	missing(t, "adherence", norms.AdherenceRelations, adherenceRelations)
	missing(t, "initiative", norms.InitiativeKinds, initiativeKinds)
	missing(t, "status", norms.Statuses, statuses)
	missing(t, "relation", norms.LinkRelations, linkRelations)
	missing(t, "property", norms.LinkProperties, linkProperties)
	missing(t, "origin", norms.Origins, origins)
	missing(t, "strength", norms.Strengths, strengths)
	missing(t, "resolution", norms.Resolutions, resolutions)
	missing(t, "decision", norms.Decisions, decisions)
	missing(t, "source", norms.SourceKinds, sourceKinds)
	missing(t, "exhaustiveness", norms.ExhaustivenessWords, exhaustiveness)
	missing(t, "confidence", norms.Confidences, confidences)
	missing(t, "role", account.Roles(), roles)
	missing(t, "state", []string{norms.PrincipleRow{}.State(), norms.PrincipleRow{Links: 1}.State()}, cellStates)
}

func TestUnknownValueIsShownAsItIs(t *testing.T) {
	t.Parallel()
	if got := LegalNature("gentlemen_agreement"); got != "gentlemen agreement" {
		t.Errorf("got %q", got)
	}
}

func TestFieldsAreNamedInWords(t *testing.T) {
	t.Parallel()
	tests := []struct{ field, want string }{
		{"title", "Title"}, {"started_on", "Started"}, {"status_note", "Status note"},
		{"references[0].labels[1]", "References 1 labels 2"}, {"", ""},
	}
	for _, tt := range tests {
		if got := FieldWord(tt.field); got != tt.want {
			t.Errorf("FieldWord(%q) = %q, want %q", tt.field, got, tt.want)
		}
	}
}

func TestNumbersAndDatesInWords(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, 11, 22, 16, 4, 59, 0, time.FixedZone("", 3600))
	tests := []struct{ got, want string }{
		{Number(0), "0"}, {Number(999), "999"}, {Number(1000), "1,000"}, {Number(int64(-1234567)), "−1,234,567"},
		{Count(1, "link", "links"), "1 link"}, {Count(0, "link", "links"), "0 links"}, {Count(1200, "link", "links"), "1,200 links"},
		{DateWords("2018-11-12"), "12 November 2018"}, {DateWords("2018-11"), "November 2018"}, {DateWords("2018"), "2018"}, {DateWords(""), ""},
		{MomentWords(moment), "22 November 2026, 15:04 UTC"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
