package form

import (
	"testing"

	"normmap/internal/norms"
)

func TestAnAnswerIsNoProposal(t *testing.T) {
	t.Parallel()
	if stages(nil, map[string][]string{"do": {"propose"}, "save_as": {"new"}}, []norms.Edit{norms.PutAnswer{}}) {
		t.Error("an answer is staged")
	}
}
