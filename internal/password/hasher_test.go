package password

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"
)

func TestStoredFormHasOurParameters(t *testing.T) {
	t.Parallel()
	h := NewHasher(2)
	phc, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`)
	if !form.MatchString(phc) {
		t.Errorf("stored as %s", phc)
	}
	again, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil || again == phc {
		t.Errorf("the same password twice: %s, %v; want another salt", again, err)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	h := NewHasher(2)
	tests := []struct {
		name, set, typed string
		want             bool
	}{
		{"same", "correct horse battery", "correct horse battery", true},
		{"other", "correct horse battery", "correct horse batterie", false},
		{"capital letter", "correct horse battery", "Correct horse battery", false},
		{"surrounding space counts", "correct horse battery", "correct horse battery ", false},
		{"64 characters", strings.Repeat("abcdefgh", 8), strings.Repeat("abcdefgh", 8), true},
		{"differs in the last of 1024 bytes", strings.Repeat("x", 1023) + "a", strings.Repeat("x", 1023) + "b", false},
		{"another script", "пароль 密码 كلمة", "пароль 密码 كلمة", true},
		{"composed and decomposed", "caf\u00e9 au lait", "cafe\u0301 au lait", true},
		{"empty", "correct horse battery", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			phc, err := h.Hash(t.Context(), test.set)
			if err != nil {
				t.Fatal(err)
			}
			ok, weak, err := h.Verify(t.Context(), test.typed, phc)
			if err != nil || ok != test.want || weak {
				t.Errorf("ok %t, weak %t, %v; want ok %t", ok, weak, err, test.want)
			}
		})
	}
}

func TestOldParametersAreWeak(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*argon2id.Params)
		weak   bool
	}{
		{"ours", func(*argon2id.Params) {}, false},
		{"less memory", func(p *argon2id.Params) { p.Memory = 12 * 1024 }, true},
		{"fewer passes", func(p *argon2id.Params) { p.Iterations = 1 }, true},
		{"shorter salt", func(p *argon2id.Params) { p.SaltLength = 8 }, true},
		{"shorter key", func(p *argon2id.Params) { p.KeyLength = 16 }, true},
		{"costlier", func(p *argon2id.Params) { p.Memory, p.Iterations = 20*1024, 3 }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := params()
			test.change(p)
			phc, err := argon2id.CreateHash("correct horse battery", p)
			if err != nil {
				t.Fatal(err)
			}
			h := NewHasher(1)
			if ok, weak, err := h.Verify(t.Context(), "correct horse battery", phc); !ok || weak != test.weak || err != nil {
				t.Errorf("ok %t, weak %t, %v; want weak %t", ok, weak, err, test.weak)
			}
			if ok, weak, err := h.Verify(t.Context(), "wrong", phc); ok || weak || err != nil {
				t.Errorf("wrong password: ok %t, weak %t, %v", ok, weak, err)
			}
		})
	}
}

func TestBrokenHashIsAnErrorAndMatchesNothing(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	for _, phc := range []string{
		"",
		"plain",
		"$2a$10$abcdefghijklmnopqrstuv",
		"$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAA$AAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=0$AAAAAAAAAAA$AAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$",
		"$argon2id$v=19$m=19456,t=2,p=1$$AAAAAAAAAAA",
	} {
		if ok, _, err := h.Verify(t.Context(), "", phc); ok || err == nil {
			t.Errorf("%q: ok %t, %v; want an error", phc, ok, err)
		}
	}
}

// TestDummyCostsWhatARealOneCosts compares parameters: equal ones are equal
// work, whereas a measured time would depend on the machine.
func TestDummyCostsWhatARealOneCosts(t *testing.T) {
	t.Parallel()
	h := NewHasher(1)
	stored, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	want, _, _, err := argon2id.DecodeHash(stored)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(h.dummy)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parameters of the dummy (-real +dummy):\n%s", diff)
	}
	if err := h.VerifyDummy(t.Context(), "correct horse battery"); err != nil {
		t.Errorf("VerifyDummy: %v", err)
	}
}

func TestBusyHasherTurnsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher(2)
		h.slots <- struct{}{}
		h.slots <- struct{}{}
		start := time.Now()
		if phc, err := h.Hash(t.Context(), "correct horse battery"); !errors.Is(err, ErrBusy) || phc != "" {
			t.Errorf("Hash: %q, %v", phc, err)
		}
		if ok, _, err := h.Verify(t.Context(), "correct horse battery", h.dummy); !errors.Is(err, ErrBusy) || ok {
			t.Errorf("Verify: %t, %v", ok, err)
		}
		if err := h.VerifyDummy(t.Context(), "correct horse battery"); !errors.Is(err, ErrBusy) {
			t.Errorf("VerifyDummy: %v", err)
		}
		if got := time.Since(start); got != 3*maxWait {
			t.Errorf("waited %v for three calls, want %v each", got, maxWait)
		}
	})
}

func TestWaitingHashGetsTheSlotThatComesFree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher(0) // no slots means one
		h.slots <- struct{}{}
		time.AfterFunc(maxWait/2, h.release)
		if phc, err := h.Hash(t.Context(), "correct horse battery"); err != nil || phc == "" {
			t.Errorf("Hash: %q, %v", phc, err)
		}
		if len(h.slots) != 0 {
			t.Error("the slot was not given back")
		}
	})
}
