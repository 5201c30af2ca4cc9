package account

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Scope is a part of what an account may do, for which a token can be used.
// No token decides on proposals or looks after accounts: that is left to a
// person who is signed in.
type Scope string

// The scopes.
const (
	ScopePropose Scope = "propose" // stage changes for review
	ScopePublish Scope = "publish" // change the record
)

// AllScopes is the closed list, in the order in which they are written.
func AllScopes() []Scope { return []Scope{ScopePropose, ScopePublish} }

// Scopes are one scope or several, as ParseScopes writes them. The zero value
// is that of somebody who does not act by a token, and limits nothing.
type Scopes string

// ParseScopes reads scopes in any order. There must be one at least.
func ParseScopes(words []string) (Scopes, error) {
	var known, chosen []string
	for _, s := range AllScopes() {
		known = append(known, string(s))
		if slices.Contains(words, string(s)) {
			chosen = append(chosen, string(s))
		}
	}
	for _, w := range words {
		if !slices.Contains(known, w) {
			return "", fmt.Errorf("%q is none of %s", w, strings.Join(known, ", "))
		}
	}
	if len(chosen) == 0 {
		return "", fmt.Errorf("is missing: choose one or more of %s", strings.Join(known, ", "))
	}
	return Scopes(strings.Join(chosen, " ")), nil
}

// Words is each scope by itself.
func (s Scopes) Words() []string { return strings.Fields(string(s)) }

// Allow tells whether a token with these scopes can be used for an action. What
// needs no account needs no scope either.
func (s Scopes) Allow(do Action) bool {
	needed, can := do.Scope()
	return do == Read || s == "" || can && slices.Contains(s.Words(), string(needed))
}

// Scope is what a token needs beside the role of its account; false for what
// no token can do.
func (a Action) Scope() (Scope, bool) {
	switch a {
	case ProposeEdits:
		return ScopePropose, true
	case EditMappings, RevertChangesets, RevertSeeds, AnswerForOrganization:
		return ScopePublish, true
	}
	return "", false
}

// Grant is what a token is made with.
type Grant struct {
	Name   string // what it is for
	Scopes Scopes
	Life   time.Duration
}
