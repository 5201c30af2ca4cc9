package account

import "time"

// Session is a browser that is signed in, as its owner sees it in the list.
type Session struct {
	Key       string // hash of the token in the cookie; names the session, opens nothing
	CreatedAt time.Time
	SeenAt    time.Time // to the minute
	Agent     string    // the browser as it calls itself; may be empty
}

// Token is an API token as its owner sees it in the list; the secret itself is
// known to its holder only.
type Token struct {
	ID         int64
	Name       string // what it is for
	Scopes     Scopes
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time // to the minute; nil before the first time
	RevokedAt  *time.Time // nil while it works
}

// Works tells whether the token is still good at now.
func (t Token) Works(now time.Time) bool {
	return t.RevokedAt == nil && now.Before(t.ExpiresAt)
}
