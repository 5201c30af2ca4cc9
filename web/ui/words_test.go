package ui

import (
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/words"
)

// missing reports the values of a closed list that have no words of their own.
func missing[T ~string](t *testing.T, list string, values []T) {
	t.Helper()
	for _, v := range values {
		if _, ok := words.Known(t.Context(), list+"."+string(v)); !ok {
			t.Errorf("%s: %q has no words", list, v)
		}
	}
}

func TestEveryValueHasWords(t *testing.T) {
	t.Parallel()
	missing(t, "legal_nature", norms.LegalNatures)
	missing(t, "space", norms.Spaces)
	missing(t, "event_kind", norms.EventKinds)
	missing(t, "noun", norms.Nouns)
	missing(t, "nouns", norms.Nouns)
	missing(t, "addressee", norms.Addressees)
	missing(t, "obligation", norms.Obligations)
	missing(t, "numbering_basis", norms.NumberingBases)
	missing(t, "organization_kind", norms.OrganizationKinds)
	missing(t, "stakeholder_group", norms.StakeholderGroups)
	missing(t, "adherence_relation", norms.AdherenceRelations)
	missing(t, "initiative_kind", norms.InitiativeKinds)
	missing(t, "status", norms.Statuses)
	missing(t, "link_relation", norms.LinkRelations)
	missing(t, "link_property", norms.LinkProperties)
	missing(t, "origin", norms.Origins)
	missing(t, "strength", norms.Strengths)
	missing(t, "resolution", norms.Resolutions)
	missing(t, "decision", norms.Decisions)
	missing(t, "source_kind", norms.SourceKinds)
	missing(t, "exhaustiveness", norms.ExhaustivenessWords)
	missing(t, "confidence", norms.Confidences)
	missing(t, "proposal_state", norms.ProposalStates)
	missing(t, "made_from", norms.MadeFroms)
	missing(t, "verdict", norms.Verdicts)
	missing(t, "edit_state", norms.EditStates)
	missing(t, "rejection_code", norms.RejectionCodes)
	missing(t, "role", account.Roles())
	missing(t, "cell_state", norms.CellStates)
	missing(t, "view", norms.Views)
	missing(t, "assessor_kind", norms.AssessorKinds)
	missing(t, "assessed", norms.AssessedWords)
}

func TestUnknownValueIsShownAsItIs(t *testing.T) {
	t.Parallel()
	if got := LegalNature(t.Context(), "gentlemen_agreement"); got != "gentlemen agreement" {
		t.Errorf("got %q", got)
	}
}

func TestFieldsAreNamedInWords(t *testing.T) {
	t.Parallel()
	tests := []struct{ field, want string }{
		{"title", "Title"}, {"started_on", "Started"}, {"status_note", "Status note"},
		{"references[0].labels[1]", "References 1 labels 2"}, {"", ""},
		{"event: 51 states, start in 2026 [draft_2]", "Event: 51 states, start in 2026 [draft_2]"}, {"step 2 of [x]", "Step 2 of [x]"},
	}
	for _, tt := range tests {
		if got := FieldWord(t.Context(), tt.field); got != tt.want {
			t.Errorf("FieldWord(%q) = %q, want %q", tt.field, got, tt.want)
		}
	}
}

func TestNumbersAndDatesInWords(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	moment := time.Date(2026, 11, 22, 16, 4, 59, 0, time.FixedZone("", 3600))
	tests := []struct{ got, want string }{
		{Number(0), "0"}, {Number(999), "999"}, {Number(1000), "1,000"}, {Number(int64(-1234567)), "−1,234,567"},
		{DateWords(ctx, "2018-11-12"), "12 November 2018"}, {DateWords(ctx, "2018-11"), "November 2018"}, {DateWords(ctx, "2018"), "2018"}, {DateWords(ctx, ""), ""},
		{MomentWords(ctx, moment), "22 November 2026, 15:04 UTC"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
