// Package document turns a contribution, as people send it, into text: pasted
// text and .txt, .md, .html, .docx, .odt, .pdf, .xlsx and .csv files.
//
// The text is what is kept for ever, so all that is read later is read from the
// text alone: what a format knows of headings, lists, tables, links and
// footnotes is written into it the way people type it ("## ", "- ", "| a | b |",
// "[words](address)", "[^1]"), and package outline finds it there. A link whose
// address was lost is written [words](#). Text files are taken as they are: only
// their encoding, a byte order mark and the ends of lines change.
//
// Files of strangers are hostile until shown otherwise. Everything is bounded
// by [Limits], and [Reader] reads every format but plain text in a child
// process with limits of its own, so that a parser that hangs, panics or eats
// memory costs its child and nothing else. What cannot be read is refused with
// a [Refusal] that says why and what to do.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Format is what kind of file a document is.
type Format string

// The formats that are read.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	DOCX     Format = "docx"
	ODT      Format = "odt"
	PDF      Format = "pdf"
	XLSX     Format = "xlsx"
	CSV      Format = "csv"
)

// Document is a file that was read.
type Document struct {
	Format     Format `json:"format"`
	Text       string `json:"text"`        // UTF-8, lines end in LF
	FileSHA256 string `json:"file_sha256"` // of the bytes as sent, in hexadecimal
	TextSHA256 string `json:"text_sha256"`
	Encoding   string `json:"encoding,omitempty"` // of a text file that was not UTF-8
	Pages      int    `json:"pages,omitempty"`
	// Sheets are the tables of a spreadsheet, cell by cell. They are in Text
	// too, where a cell has no line breaks.
	Sheets []Sheet `json:"sheets,omitempty"`
}

// Sheet is one table of a spreadsheet; its rows may be of different lengths.
// Empty rows are left out: Numbers says which one each was in the file, as
// spreadsheets count.
type Sheet struct {
	Name    string     `json:"name"` // "" of a CSV file
	Rows    [][]string `json:"rows"`
	Numbers []int      `json:"numbers,omitempty"`
}

// Number is the number of row i in the file, counted from 1.
func (s Sheet) Number(i int) int {
	if i < len(s.Numbers) {
		return s.Numbers[i]
	}
	return i + 1
}

// Limits bound what is read.
type Limits struct {
	File     int           `json:"file"`     // bytes as sent
	Unpacked int           `json:"unpacked"` // bytes of an archive's parts together
	Entries  int           `json:"entries"`  // parts of an archive
	Text     int           `json:"text"`     // bytes of the text
	Pages    int           `json:"pages"`
	Rows     int           `json:"rows"`    // of all sheets together
	Columns  int           `json:"columns"` // of a sheet
	Time     time.Duration `json:"time"`    // of a child process
	Memory   uint64        `json:"memory"`  // address space of a child process in bytes
}

// DefaultLimits are far beyond any contribution that was ever sent.
func DefaultLimits() Limits {
	return Limits{
		File: 10 << 20, Unpacked: 64 << 20, Entries: 1000, Text: 4 << 20,
		Pages: 1000, Rows: 20_000, Columns: 500, Time: 20 * time.Second, Memory: 2 << 30,
	}
}

// hash returns the SHA-256 of data in hexadecimal.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
