// Package accounts is signing in and out, one's own account, and everybody's
// for administrators. Its forms hold secrets, so nothing of them is kept.
package accounts
