// Package accounts is who uses the service: accounts and their passwords,
// signing in, sessions, one-time links and API tokens.
package accounts
