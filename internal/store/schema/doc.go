// Package schema is the state of a database: bringing its schema up to date and
// back (migrate.go, migrate_down.go), and examining whether what writes the
// history is as it should be (guards.go), whether the chain of changesets holds
// (chain.go) and whether the figures kept beside the record are what it gives
// (tally.go).
package schema
