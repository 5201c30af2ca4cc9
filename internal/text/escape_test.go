package text_test

import (
	"testing"

	"normmap/internal/text"
)

func TestHalvesOfCharactersAreFound(t *testing.T) {
	t.Parallel()
	for body, lone := range map[string]bool{
		`{"a":"plain"}`:                    false,
		`{"a":"\u00e9"}`:                   false,
		`{"a":"\ud83d\ude00"}`:             false,
		`{"a":"\uD83D\uDE00\ud83d\ude00"}`: false,
		`{"a":"\\udfff"}`:                  false, // an escaped backslash, then letters
		`{"a":"\\\\udfff"}`:                false,
		`{"a":"\"\\"}`:                     false,
		`{"a":"\udfff"}`:                   true,
		`{"a":"\ud83d"}`:                   true,
		`{"a":"\ud83dx\ude00"}`:            true,
		`{"a":"\ude00\ud83d"}`:             true,
		`{"a":"\\\udfff"}`:                 true,
		`{"a":"\ud83d\ud83d\ude00"}`:       true,
		`{"a":"\ud8`:                       false, // no JSON at all; whoever parses it says so
		`\`:                                false,
		``:                                 false,
	} {
		if got := text.LoneSurrogate([]byte(body)); got != lone {
			t.Errorf("%s: %v, want %v", body, got, lone)
		}
	}
}
