// Package browse is what everybody reads: the pages of the record and the data
// of each, search, coverage and gaps, what changed, downloads and the feed.
//
// There is a file for each kind of thing. Lists read their filter in a function
// of their own, which the forms on many things use as well.
package browse
