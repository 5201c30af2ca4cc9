// Package history is what was written when, by whom, and what it changed:
// changesets, the versions of each thing, the difference between two revisions,
// the revision that a question about the past means, and what belongs to a thing
// or rests on it. The history is written by the database itself.
package history
