// Package migrations holds the schema as numbered SQL files, applied in order
// and embedded in the binary. They need Postgres 15 or newer and run as the
// owner of the schema.
//
// The first one makes what every later table uses: changesets, the schema
// history with its generator history.track, and the application's role
// normmap_app, which can write domain rows only inside a changeset and can
// change no history at all.
//
// A file is one transaction. Every up file ends by recording its number in
// schema_applied and every down file takes it out again: that is how repair
// tells a finished migration from an interrupted one.
package migrations

import "embed"

// FS holds NNNN_name.up.sql and NNNN_name.down.sql.
//
//go:embed *.sql
var FS embed.FS
