// Package naming is what things are called, now and before: their addresses,
// what became of those that were renamed or withdrawn, and how rows and changes
// of rows are put into words.
package naming
