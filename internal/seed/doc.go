// Package seed reads the curated data files into edits.
//
// The files are strict YAML: an unknown or repeated field, a number where a
// text belongs, an anchor or a second document is refused. Everything that is
// wrong is reported at once, each problem with its file, line, column and
// field, because whoever adds data mends a file in one go.
//
// Reading happens in three steps, each in its own file: decode turns YAML into
// the structs of schema.go and remembers where each field stands; edits.go
// turns those into [norms.Edit] values in an order in which each names only
// what stands before it; lint.go and rules.go hold them against the domain's
// own checks and the rules of seeds/FORMAT.md.
//
// Nothing here knows about the database. Loading the same files twice is
// harmless because the store finds what an edit means by its natural key.
package seed
