package account

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// How long a session lasts, whichever comes first.
const (
	SessionIdle = 30 * time.Minute // without a request
	SessionLife = 12 * time.Hour   // since signing in
)

// LinkPurpose says what a one-time link is good for.
type LinkPurpose string

// The purposes of a one-time link.
const (
	FirstAdmin LinkPurpose = "first_admin" // create the first administrator
	Reset      LinkPurpose = "reset"       // choose a new password
)

// OneTimeLinkLife is how long a one-time link works, unless it is used before.
const OneTimeLinkLife = 15 * time.Minute

// What an API token looks like and how long it may live.
const (
	// TokenPrefix lets a person, and a scanner for leaked secrets, recognize
	// a token of this service.
	TokenPrefix      = "nte_"
	DefaultTokenLife = 90 * 24 * time.Hour
	MaxTokenLife     = 366 * 24 * time.Hour
)

const secretBytes = 32

// NewSecret draws 32 bytes from rand, which must be cryptographic, and writes
// them in base64url (43 characters). The secret is shown once; only its hash,
// see [HashSecret], is stored.
func NewSecret(rand io.Reader) (secret string, hash []byte, err error) {
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(rand, raw); err != nil {
		return "", nil, fmt.Errorf("drawing a secret: %w", err)
	}
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return secret, HashSecret(secret), nil
}

// NewToken is [NewSecret] for an API token: the secret begins with
// [TokenPrefix], and the hash is that of the whole.
func NewToken(rand io.Reader) (token string, hash []byte, err error) {
	secret, _, err := NewSecret(rand)
	if err != nil {
		return "", nil, err
	}
	token = TokenPrefix + secret
	return token, HashSecret(token), nil
}

// HashSecret is the form in which a secret is stored and looked up: SHA-256 of
// its text. A slow hash would add nothing to 256 random bits.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// IsToken tells whether s has the form of an API token, so that any other text
// is turned away without asking the database.
func IsToken(s string) bool {
	secret, found := strings.CutPrefix(s, TokenPrefix)
	return found && IsSecret(secret)
}

// IsSecret tells whether s has the form that [NewSecret] gives.
func IsSecret(s string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(raw) == secretBytes
}

// ParseTokenLife reads how long a token is to live, in days: 90d. It is at
// least a day and at most [MaxTokenLife].
func ParseTokenLife(s string) (time.Duration, error) {
	const day = 24 * time.Hour
	digits, found := strings.CutSuffix(strings.TrimSpace(s), "d")
	days, err := strconv.ParseUint(digits, 10, 16)
	if !found || err != nil {
		return 0, errors.New("must be a number of days, such as 90d")
	}
	life := time.Duration(days) * day
	if life < day || life > MaxTokenLife {
		return 0, fmt.Errorf("must be from 1d to %dd", MaxTokenLife/day)
	}
	return life, nil
}
