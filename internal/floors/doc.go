// Package floors holds the tests of what no compiler checks: who may import
// whom, which library belongs where, where the clock and the environment are
// read, and what the container files promise.
//
// An import only goes down:
//
//	4  house   cmd, app, config       everything
//	3  doors   site, api              floors 0–2
//	2  tools   store, seed, web/page… floors 0–1
//	1  files   web, migrations, seeds floor 0
//	0  words   norms, account…        the standard library
//
// The tables are in table_test.go; a new package or library needs a line
// there.
package floors
