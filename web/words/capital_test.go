package words_test

import (
	"testing"

	"normmap/web/words"
)

func TestCapitalsBeginWithAnyLetter(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"", ""}, {"norm", "Norm"}, {"élément", "Élément"}, {"принцип", "Принцип"}, {"ǆ", "ǅ"},
		{"⟦norm⟧", "⟦norm⟧"}, {"5 norms", "5 norms"}, {"\xffnorm", "\xffnorm"},
	}
	for _, tt := range tests {
		if got := words.Capital(tt.text); got != tt.want {
			t.Errorf("Capital(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
