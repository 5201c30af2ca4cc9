package password_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"normmap/internal/password"
)

// context is what the site would give: address, name and host.
func context() []string {
	return []string{"ada.lovelace@analytical.example", "Ada King, Countess of Lovelace", "norms.example.net"}
}

func TestAcceptedPasswords(t *testing.T) {
	t.Parallel()
	for _, pw := range []string{
		"correct horse battery staple",
		"kqzvwxyj",
		"84736251",
		strings.Repeat("abcdefgh", 8),
		strings.Repeat("x", 1024),
		"пароль как пароль",
		"密码密码密码密码",
		"🐢🐇🐢🐇🐢🐇🐢🐇",
		"        blank at the ends        ",
		"paris norms and my grandmother",
		"Lovelace wrote the first programme",
		"passwordless forever",
		"of4736251", // a particle of the name is no context word
	} {
		if err := password.Check(pw, context()...); err != nil {
			t.Errorf("%q refused: %v", pw, err)
		}
	}
}

func TestRefusedPasswords(t *testing.T) {
	t.Parallel()
	const common, guess = "most common", "easy to guess"
	tests := []struct{ pw, says string }{
		{"", "at least 8"},
		{"k7#vQ2x", "has 7 characters"},
		{"🐢🐇🐢", "has 3 characters"},
		{"cafe\u0301 va", "has 7 characters"}, // counted as composed
		{strings.Repeat("x", 1025), "at most 1024"},
		{"kqzv\xffwxyj", "UTF-8"},
		{"password", common},
		{"PassWord", common},
		{"password2026!", common},
		{"--sunshine--", common},
		{"1qaz2wsx", common},
		{"1234 5678", common},
		{"12345678!", common},
		{"i love you", common},
		{"norms2026", guess},
		{"Paris2018", guess},
		{"2018-paris-call!", guess},
		{"NormsToEvidence", guess},
		{"Norms to Evidence 1", guess},
		{"normmap1", guess},
		{"lovelace", guess},
		{"LOVELACE1815", guess},
		{"ada.lovelace", guess},
		{"AdaLovelace#1", guess},
		{"ada.lovelace@analytical.example", guess},
		{"analytical99", guess},
		{"countess!", guess},
		{"ada 10 12 1815", guess},
		{"norms.example.net", guess},
	}
	for _, test := range tests {
		err := password.Check(test.pw, context()...)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: %v; want an error that says %q", test.pw, err, test.says)
		}
	}
}

func TestContextBelongsToTheAccount(t *testing.T) {
	t.Parallel()
	if err := password.Check("lovelace1815", "charles@example.org", "Charles"); err != nil {
		t.Errorf("another account's name refused: %v", err)
	}
	if err := password.Check("b\u00fccherwurm", "bu\u0308cherwurm@example.org"); err == nil {
		t.Error("the account's name was accepted, composed in another way")
	}
}

func TestErrorDoesNotRepeatThePassword(t *testing.T) {
	t.Parallel()
	for _, pw := range []string{"password", "password2026!", "ada.lovelace", "ADAlovelace_1815", "sHoRt7x"} {
		err := password.Check(pw, context()...)
		if err == nil || strings.Contains(err.Error(), pw) {
			t.Errorf("%q: %v; want an error without the password", pw, err)
		}
	}
}

// TestCommonListIsWhole refuses every entry of the file, in capitals too.
func TestCommonListIsWhole(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range strings.Lines(string(text)) {
		word := strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(word, "#") {
			continue
		}
		count++
		if utf8.RuneCountInString(word) < password.MinLength || word != strings.ToLower(word) {
			t.Errorf("entry %q is too short or not in lower case", word)
		}
		if password.Check(word) == nil || password.Check(strings.ToUpper(word)) == nil {
			t.Errorf("%q is accepted", word)
		}
	}
	if count != 3000 {
		t.Errorf("the list has %d entries, want 3000", count)
	}
}
