package password

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// What one hash costs and how large it is. A stored hash below any of these is
// weak.
const (
	memory      = 19 * 1024 // KiB
	iterations  = 2
	parallelism = 1 // fixed, so that a hash costs the same on every machine
	saltLength  = 16
	keyLength   = 32
)

// maxWait is how long a hash may wait for its turn: dozens of others fit in
// before it, and the person is still there.
const maxWait = 2 * time.Second

// ErrBusy says that too many passwords are being hashed; nothing was. The
// caller should ask to try again in a moment (503 with Retry-After).
var ErrBusy = errors.New("too many sign-ins at this moment; try again in a few seconds")

// Hasher hashes and verifies passwords, a few at a time. It is safe for
// concurrent use; all doors of a process should share one.
type Hasher struct {
	slots chan struct{}
	dummy string
	done  atomic.Int64
}

// Done counts the hashes that were computed so far. Whoever
// watches answers from outside must not be able to tell them apart by it.
func (h *Hasher) Done() int64 { return h.done.Load() }

// NewHasher makes a Hasher that runs at most slots hashes at once, each in
// 19 MiB of memory. Two to four suit a small server; below one means one.
func NewHasher(slots int) *Hasher {
	return &Hasher{slots: make(chan struct{}, max(slots, 1)), dummy: dummyPHC()}
}

// Hash gives the PHC string to store for pw. It fails with [ErrBusy] when no
// turn came within two seconds or before ctx ended.
func (h *Hasher) Hash(ctx context.Context, pw string) (string, error) {
	if err := h.acquire(ctx); err != nil {
		return "", err
	}
	defer h.release()
	phc, err := argon2id.CreateHash(norm.NFC.String(pw), params())
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return phc, nil
}

// Verify tells whether pw is the password stored as phc. When it is, weak says
// that the stored hash costs less than ours and should be replaced by a new
// [Hasher.Hash] of pw. It fails with [ErrBusy] like Hash, and when phc is not
// an argon2id hash.
func (h *Hasher) Verify(ctx context.Context, pw, phc string) (ok, weak bool, err error) {
	stored, err := decode(phc)
	if err != nil {
		return false, false, fmt.Errorf("reading a stored password hash: %w", err)
	}
	if err := h.acquire(ctx); err != nil {
		return false, false, err
	}
	defer h.release()
	ok, _, err = argon2id.CheckHash(norm.NFC.String(pw), phc)
	if err != nil {
		return false, false, fmt.Errorf("verifying a password: %w", err)
	}
	return ok, ok && isWeak(stored), nil
}

// VerifyDummy does the work of [Hasher.Verify] for an account that does not
// exist, is locked or is disabled, so that the time of the answer does not
// tell. It fails with [ErrBusy] as Verify would.
func (h *Hasher) VerifyDummy(ctx context.Context, pw string) error {
	_, _, err := h.Verify(ctx, pw, h.dummy)
	return err
}

func (h *Hasher) acquire(ctx context.Context) error {
	wait, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	select {
	case h.slots <- struct{}{}:
		h.done.Add(1)
		return nil
	case <-wait.Done():
		return fmt.Errorf("%w: %w", ErrBusy, wait.Err())
	}
}

func (h *Hasher) release() { <-h.slots }

func params() *argon2id.Params {
	return &argon2id.Params{
		Memory: memory, Iterations: iterations, Parallelism: parallelism,
		SaltLength: saltLength, KeyLength: keyLength,
	}
}

// decode refuses what the library would accept and then panic over, or match
// with anything: no passes, no lanes, an empty key.
func decode(phc string) (*argon2id.Params, error) {
	p, _, _, err := argon2id.DecodeHash(phc)
	if err != nil {
		return nil, err
	}
	if p.Iterations == 0 || p.Parallelism == 0 || p.SaltLength == 0 || p.KeyLength == 0 {
		return nil, argon2id.ErrInvalidHash
	}
	return p, nil
}

func isWeak(p *argon2id.Params) bool {
	return p.Memory < memory || p.Iterations < iterations || p.SaltLength < saltLength || p.KeyLength < keyLength
}

// dummyPHC is a hash at our own cost that no known password has: its key is
// all zeros.
func dummyPHC() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", memory, iterations, parallelism,
		b64.EncodeToString(make([]byte, saltLength)), b64.EncodeToString(make([]byte, keyLength)))
}
