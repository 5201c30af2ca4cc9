// Package store holds every SQL statement of the service: what is read, and
// the one door through which everything is written.
//
// # Writing
//
// [Store.Apply] takes a list of edits and a reason and writes them as one
// changeset in one transaction, or not at all. The database refuses a write
// outside a changeset and keeps every version of every row in the schema
// history by itself. The version of a row is the changeset that last wrote it;
// an edit carries the version that its writer saw, and a stale one is refused.
//
// # Reading
//
// A file named after a subject with _read holds what its pages show, scanned
// into the read models of package norms. Statements are static and use named
// arguments; an empty filter does not choose.
package store
