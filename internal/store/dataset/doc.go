// Package dataset is the whole record as tables, for downloads.
package dataset
