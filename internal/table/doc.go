// Package table reads tables that people send: sheets whose rows are
// organizations, initiatives, agreements, adherences, links, sources or
// citations, and matrices whose cells hold what was done for a principle.
//
// [Guess] says which row names the columns and what each column is; a person
// corrects the [Mapping], which is remembered by the headings. [Read] then
// makes edits of the rows and compares them with what is recorded, so that a
// row that says nothing new changes nothing. Every mistake is a [Problem] that
// names its cell; a table with a single one changes nothing at all.
//
// What a table leaves out stays as it is recorded. Only in a table of our own
// export does an empty cell mean that nothing is known.
package table
