// Package site is the door for people: every page, and each page's data.
//
// It holds the table of routes (routes.go), which names what the visitor must be
// allowed to do, and puts the parts together (site.go). The parts are packages
// by subject, of which each leans on those before it only:
//
//   - serve: what every page needs, from the first byte of a request to the last
//     of its answer
//   - accounts: signing in, and accounts
//   - browse: what everybody reads
//   - form: what the forms that edit the record have in common
//   - proposals: proposed edits, and deciding them
//   - imports: contributions that are sent in
//   - edit: the forms that edit the record
//
// Tests here ask the whole site, by its addresses; those of one part stand
// beside it.
package site
