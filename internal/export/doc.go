// Package export writes the record as files: a table as CSV or JSON, all of
// them as one JSON document or one zip file with a data dictionary.
//
// Rows are written as they come and never held, so that a table may be of any
// size. An error of a table's rows ends the file where it is; whoever sends it
// must then cut it off visibly, since a part could pass for the whole.
package export
