// Package dossier gives what is recorded in the name of an organization in the
// form in which contributors write themselves: headings, a bullet for each
// initiative with its parts under it, and a line in italics that says what it
// cites. It is written as Markdown, as a Word document and as CSV; the edited
// file back in gives exactly what was changed, and an unedited one nothing.
//
// Behind each bullet and each line of citations stands a small link that leads
// to the record, with the numbers of the links that came of the line. By them
// [Read] knows what is what, wherever it was moved and however it was reworded.
// Where they were lost, words that stayed the same are recognized.
//
// Compare an edited file with the dossier of the revision that it was written
// from ([Identify]), not with the newest one: what others changed since is not
// the editor's doing.
package dossier
