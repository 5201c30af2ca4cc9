// Package form is what the forms that edit the record have in common.
//
// A plain form (form.go) is an [Editor] of one kind of thing: what it holds as
// recorded, and the edit that it asks for. The package shows it, reads it, and
// saves or stages the edit (stage.go); it says in the fields what has to be
// mended (problems.go), and merges a form that was typed while somebody else
// saved the same thing (stale.go). Other forms use the same fields (choices.go,
// fields.go), the same search for things to name (find.go, likely.go) and the
// same [Site.Save].
package form
