package account_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

func TestZeroActorIsVisitor(t *testing.T) {
	t.Parallel()
	var a account.Actor
	if a.SignedIn() || !a.Can(account.Read) || a.Can(account.ManageOwnAccount) {
		t.Errorf("the zero actor is no mere visitor: %+v", a)
	}
}

func TestDisabledAccountActsAsVisitor(t *testing.T) {
	t.Parallel()
	a := account.Account{ID: 7, Email: "ada@example.org", Name: "Ada", Role: account.Admin}
	if diff := cmp.Diff(account.Actor{ID: 7, Name: "Ada", Role: account.Admin}, a.Actor()); diff != "" {
		t.Errorf("actor (-want +got):\n%s", diff)
	}
	a.DisabledAt = new(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	if got := a.Actor(); got != (account.Actor{}) {
		t.Errorf("a disabled administrator acts as %+v", got)
	}
}

func TestParseEmail(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("a", 64) + "@" + strings.Repeat(strings.Repeat("b", 61)+".", 3) + "org"
	tests := []struct{ in, want, problem string }{
		{"ada@example.org", "ada@example.org", ""},
		{"  Ada.Lovelace+Norms@Example.ORG\n", "ada.lovelace+norms@example.org", ""},
		{"o'brien@xn--bcher-kva.example", "o'brien@xn--bcher-kva.example", ""},
		{"admin@localhost", "admin@localhost", ""},
		{longest, longest, ""},
		{" ", "", "is missing"},
		{strings.Repeat("a", 251) + "@b.c", "", "at most 254"},
		{strings.Repeat("a", 65) + "@b.c", "", "before the @"},
		{"ada.example.org", "", "exactly one @"},
		{"ada@lovelace@example.org", "", "exactly one @"},
		{"@example.org", "", "before the @"},
		{".ada@example.org", "", "before the @"},
		{"a..b@example.org", "", "before the @"},
		{"ada lovelace@example.org", "", "before the @"},
		{"\"ada\"@example.org", "", "before the @"},
		{"аda@example.org", "", "before the @"}, // Cyrillic а
		{"ada\x00@example.org", "", "before the @"},
		{"ada\xff@example.org", "", "before the @"},
		{"ada@", "", "after the @"},
		{"ada@example..org", "", "after the @"},
		{"ada@-example.org", "", "after the @"},
		{"ada@exam_ple.org", "", "after the @"},
		{"ada@bücher.example", "", "xn--"},
		{"ada@[127.0.0.1]", "", "after the @"},
		{"ada@" + strings.Repeat("b", 64) + ".org", "", "after the @"},
	}
	for _, test := range tests {
		got, err := account.ParseEmail(test.in)
		checkParsed(t, test.in, got, err, test.want, test.problem)
	}
}

func TestParseName(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want, problem string }{
		{"Ada Lovelace", "Ada Lovelace", ""},
		{"  Ada \t Lovelace\n", "Ada Lovelace", ""},
		{"李明", "李明", ""},
		{"علی\u200cرضا", "علی\u200cرضا", ""}, // the non-joiner belongs to the spelling
		{strings.Repeat("é", 100), strings.Repeat("é", 100), ""},
		{"", "", "is missing"},
		{" \n ", "", "is missing"},
		{strings.Repeat("é", 101), "", "at most 100"},
		{"Ada\u202eecalevoL", "", "cannot be seen"},
		{"Ada\u200bLovelace", "", "cannot be seen"},
		{"Ada\x00", "", "cannot be seen"},
		{"Ada\xff", "", "UTF-8"},
		{"1 2 3", "", "letter"},
		{"ada@example.org", "", "@"},
		{"Ada ＠home", "", "@"},
		{"ada﹫example.org", "", "@"},
	}
	for _, test := range tests {
		got, err := account.ParseName(test.in)
		checkParsed(t, test.in, got, err, test.want, test.problem)
	}
}

// checkParsed wants either a value or an error that contains problem.
func checkParsed(t *testing.T, in, got string, err error, want, problem string) {
	t.Helper()
	if got != want {
		t.Errorf("%q read as %q, want %q", in, got, want)
	}
	if problem == "" && err != nil {
		t.Errorf("%q refused: %v", in, err)
	}
	if problem != "" && (err == nil || !strings.Contains(err.Error(), problem)) {
		t.Errorf("%q: error %v, want one that says %q", in, err, problem)
	}
}
