// Package edit is the forms that edit the record, a file for each kind of thing:
// adding and changing it, withdrawing, renaming and bringing back anything
// (thing.go, restore.go), reverting a changeset, and the forms on many things
// at once (batch.go, grid.go, links.go, cite.go, principle_list.go).
package edit
