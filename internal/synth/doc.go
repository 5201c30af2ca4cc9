// Package synth makes up a record of any size, to measure with and to try
// things on: agreements with their editions and numberings, organizations,
// initiatives described in several languages, printed citations, links,
// assessments, and a history in which part of all that was changed or taken
// back.
//
// The same options make the same edits, letter for letter. Everything is made
// from the seed and the number of the thing in its kind, so that a thing can be
// made again when it is to be changed, and nothing has to be kept in memory but
// the numbers and versions that the record gave. Nothing here knows the
// database: edits go out by a [Door], whose answers are all that comes in.
//
// How often principles are linked follows Zipf's law, as citations do. Names,
// people and texts are made up; none is that of anybody.
package synth
