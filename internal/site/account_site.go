package site

import (
	"io"

	"normmap/internal/password"
)

// accountSite is the part of the site for signing in and for accounts.
type accountSite struct {
	*server
	hasher  *password.Hasher
	random  io.Reader // cryptographic, for concurrent use
	signIns limit     // by client
	setUps  limit     // by client
}

// newAccountSite makes it; random is cryptographic, for concurrent use.
func newAccountSite(s *server, hasher *password.Hasher, random io.Reader) *accountSite {
	return &accountSite{server: s, hasher: hasher, random: random, signIns: newLimit(signInsPerMinute), setUps: newLimit(signInsPerMinute)}
}
