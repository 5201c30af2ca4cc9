// Package account says who may act and what each may do: roles, the one
// permission table, accounts with their e-mail addresses and names, and the
// rules for sessions, one-time links and API tokens.
//
// It imports the standard library only and keeps nothing: rows live in the
// store, cookies in the site, passwords in package password. Errors of its
// parsers complete a sentence that begins with the field's name ("e-mail is
// missing") and may be shown to a person as they are.
package account
