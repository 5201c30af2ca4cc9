// Package browse is what the pages of the record show, a file for each subject,
// scanned into the read models of package norms.
//
// Statements are static and use named arguments; an empty filter does not choose.
// Texts and names, which hardly change while the evidence does, are kept in
// memory from one snapshot to the next (kept.go).
package browse
