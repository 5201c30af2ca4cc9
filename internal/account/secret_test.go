package account_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
)

func TestTokenIsPrefixAnd32RandomBytes(t *testing.T) {
	t.Parallel()
	token, hash, err := account.NewToken(bytes.NewReader(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	if want := "nte_" + strings.Repeat("A", 43); token != want {
		t.Errorf("token %q, want %q", token, want)
	}
	if !bytes.Equal(hash, account.HashSecret(token)) || len(hash) != 32 {
		t.Errorf("the hash %x is not that of the token", hash)
	}
}

func TestSecretsDifferAndAreStoredAsSHA256(t *testing.T) {
	t.Parallel()
	one, hash, err := account.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := account.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if one == other || bytes.Contains(hash, []byte(one)) {
		t.Errorf("secrets %q and %q, hash %x", one, other, hash)
	}
	// The test vector of FIPS 180-2 for "abc".
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if got := hex.EncodeToString(account.HashSecret("abc")); got != want {
		t.Errorf("hash of abc %s, want %s", got, want)
	}
}

func TestNoSecretWithoutRandomness(t *testing.T) {
	t.Parallel()
	short := func() *bytes.Reader { return bytes.NewReader(make([]byte, 31)) }
	if s, _, err := account.NewSecret(short()); err == nil || s != "" {
		t.Errorf("secret %q, %v from 31 bytes", s, err)
	}
	if s, _, err := account.NewToken(short()); err == nil || s != "" {
		t.Errorf("token %q, %v from 31 bytes", s, err)
	}
}

func TestFormOfSecrets(t *testing.T) {
	t.Parallel()
	secret := strings.Repeat("A", 43)
	tests := []struct {
		in            string
		token, secret bool
	}{
		{"nte_" + secret, true, false},
		{secret, false, true},
		{"", false, false},
		{"nte_", false, false},
		{"NTE_" + secret, false, false},
		{"nte_" + secret + "A", false, false},
		{"nte_" + secret[1:] + "=", false, false},
		{"nte_" + secret[1:] + "\x00", false, false},
		{"nte_" + secret[1:] + "/", false, false},
	}
	for _, test := range tests {
		if account.IsToken(test.in) != test.token || account.IsSecret(test.in) != test.secret {
			t.Errorf("%q: token %t, secret %t", test.in, account.IsToken(test.in), account.IsSecret(test.in))
		}
	}
}

func TestParseTokenLife(t *testing.T) {
	t.Parallel()
	good := map[string]time.Duration{
		"90d": account.DefaultTokenLife, "1d": 24 * time.Hour, " 366d ": account.MaxTokenLife,
	}
	for in, want := range good {
		if got, err := account.ParseTokenLife(in); err != nil || got != want {
			t.Errorf("%q: %v, %v; want %v", in, got, err, want)
		}
	}
	bad := map[string]string{
		"": "such as 90d", "90": "such as 90d", "d": "such as 90d", "-1d": "such as 90d", "1.5d": "such as 90d",
		"90h": "such as 90d", "99999d": "such as 90d", "0d": "from 1d to 366d", "367d": "from 1d to 366d",
	}
	for in, want := range bad {
		if got, err := account.ParseTokenLife(in); err == nil || got != 0 || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v; want an error that says %q", in, got, err, want)
		}
	}
}
