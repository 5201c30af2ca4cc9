// Package norms holds the words of the field and the rules that bind them:
// agreements, editions, numbered principles, organizations, adherences,
// initiatives, sources, citations and links; the edits that change them; and
// the errors that a person may read.
//
// It imports the standard library only and does no work on the outside world:
// no SQL, no HTTP, no clock. A file is a subject. In each stand the closed
// lists of the subject's words, its edits with their checks, and the read
// models that pages, JSON and the API share.
//
// # Three things that are never mixed
//
// What a source wrote (a [Reference], letter for letter), what it was taken to
// mean (a [Resolution]) and what someone thinks of it are kept apart. A label
// is resolved by [ResolveLabel] only when every numbering that may have been
// in force gives the same principle; otherwise a named person decides.
//
// # One vocabulary for writing
//
// Everything that changes data is a list of [Edit] values. Forms, API calls,
// seed files and reverts all end in one, and the store has a single door for
// them.
package norms
