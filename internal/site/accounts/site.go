package accounts

import (
	"io"

	"normmap/internal/password"
	"normmap/internal/site/serve"
)

// Site is the part of the site for signing in and for accounts.
type Site struct {
	*serve.Server
	hasher  *password.Hasher
	random  io.Reader   // cryptographic, for concurrent use
	SignIns serve.Limit // by client
	setUps  serve.Limit // by client
}

// New makes it; random is cryptographic, for concurrent use.
func New(s *serve.Server, hasher *password.Hasher, random io.Reader) *Site {
	return &Site{Server: s, hasher: hasher, random: random, SignIns: serve.NewLimit(signInsPerMinute), setUps: serve.NewLimit(signInsPerMinute)}
}
