// Package seeds holds the curated data that every installation starts with,
// one entity group a file. FORMAT.md describes each field; package
// normmap/internal/seed reads and checks them.
package seeds

import "embed"

// FS holds every seed file, under the folders that FORMAT.md names.
//
//go:embed */*.yaml
var FS embed.FS
