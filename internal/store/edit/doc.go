// Package edit is the one door through which the record is written.
//
// [Store.Apply] takes a list of edits and a reason and writes them as one
// changeset in one transaction, or not at all. Changesets that wait at the same
// moment share a transaction (writer.go). Each edit is written by a method of
// writing in the file of its subject; many of one kind are written together
// (bulk.go), which comes to the same. [Store.Preview] tries edits out without
// keeping them.
//
// The database refuses a write outside a changeset and keeps every version of
// every row in the schema history by itself. The version of a row is the
// changeset that last wrote it; an edit carries the version that its writer saw,
// and a stale one is refused.
package edit
