// Package store holds every SQL statement of the service, in a package for each
// subject, and puts them together: what is done in one transaction, of one
// moment or at one revision of the past is done through a [Store] on it.
//
//	postgres   how the others talk to the database
//	naming     what things are called, and were
//	news       the newest state, and who hears of it
//	accounts   who uses the service: sessions, tokens, passwords
//	history    what was written when, and what it changed
//	browse     what the pages show, a file for each subject
//	search     finding and suggesting
//	dataset    downloads
//	edit       the one door for writing: Apply
//	proposals  edits that wait for somebody else
//	schema     migrations, and whether a database is sound
//
// Each imports only those above it. Callers use the methods of all on one Store.
package store
