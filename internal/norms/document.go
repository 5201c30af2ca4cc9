package norms

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Document is a file that was received, with the text that was found in it.
type Document struct {
	FileSHA256 string    `json:"file_sha256" db:"file_sha256"` // of the bytes as they were received, in hexadecimal
	TextSHA256 string    `json:"text_sha256" db:"text_sha256"`
	MediaType  string    `json:"media_type"`
	Name       string    `json:"name"` // of the file, "" for pasted text
	Bytes      int64     `json:"bytes"`
	Text       string    `json:"-"` // as it was found: it may say how to reach people
	ReceivedAt time.Time `json:"received_at"`
}

// Check says what is wrong with d.
func (d Document) Check() error {
	var c checks
	if !sha256Pattern.MatchString(d.FileSHA256) {
		c.add("file_sha256", "must be 64 lower-case hexadecimal digits")
	}
	c.text("name", d.Name, MaxTitle)
	if d.Text == "" {
		c.add("text", "is missing")
	}
	return c.err()
}

// linkTarget is the address of a link, which some formats lose.
var linkTarget = regexp.MustCompile(`\]\([^()\s]*\)`)

// listMark begins a line of a list or a heading; the marks differ by format.
var listMark = regexp.MustCompile(`(?m)^[ \t]*[-*•–—·#>|+]+[ \t]+`)

// WordsSHA256 tells the words of a document from others, "" when it has none: its
// letters and digits without blanks, marks, case and addresses of links. So one
// letter in two formats is known, whatever each makes of bullets, quotation marks
// and words that are parted at the end of a line. What stands between two digits
// stays: “1-5”, “1, 5” and “15” are three different citations.
func (d Document) WordsSHA256() string {
	words := bareWords(listMark.ReplaceAllLiteralString(linkTarget.ReplaceAllLiteralString(d.Text, "]"), ""))
	if words == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:])
}

// bareWords are the letters and digits of a text, and what stands between digits.
func bareWords(text string) string {
	var out, between strings.Builder
	number := false // the last of them is one
	for _, r := range text {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r):
			if number && unicode.IsNumber(r) {
				out.WriteString(between.String())
			}
			number = unicode.IsNumber(r)
			between.Reset()
			out.WriteRune(unicode.ToLower(r))
		case number:
			between.WriteString(betweenDigits(r, between.String()))
		}
	}
	return out.String()
}

// betweenDigits is what a mark says between two digits, after what stands there
// already: each dash is one, any number of blanks are one, and what formats make
// of emphasis, links and tables says nothing.
func betweenDigits(r rune, before string) string {
	switch {
	case unicode.IsSpace(r):
		if strings.HasSuffix(before, " ") {
			return ""
		}
		return " "
	case unicode.Is(unicode.Pd, r), r == '−':
		return "-"
	case !unicode.IsPunct(r) && !unicode.IsSymbol(r), strings.ContainsRune("*_\\|[]`#\"'“”‘’«»•·", r):
		return ""
	}
	return string(r)
}

// PutSourceText attaches the text of a received file to the source that it is.
// A text that is held stays as it is, and other files are other sources, but for
// a new version of the document: that takes the place of the text of the file
// which it replaces, and what was quoted from that is looked for in the new one.
type PutSourceText struct {
	Source     string `json:"source"`
	FileSHA256 string `json:"file_sha256"`
	// MediaType is as what kind of file it was read, "" for the first reading.
	MediaType string `json:"media_type,omitempty"`
	// Replaces is the SHA-256 of the file whose text it takes the place of, "" when
	// none is held.
	Replaces string `json:"replaces,omitempty"`
	// PublishedOn and RetrievedOn are the days of what takes that place; the source
	// keeps its own where they are empty. They go with the text.
	PublishedOn Date `json:"published_on,omitempty"`
	RetrievedOn Date `json:"retrieved_on,omitempty"`
}

// maxMediaType is what the column takes.
const maxMediaType = 100

// Check implements Edit.
func (e PutSourceText) Check() error {
	var c checks
	c.slug("source", e.Source)
	c.text("media_type", e.MediaType, maxMediaType)
	if !sha256Pattern.MatchString(e.FileSHA256) {
		c.add("file_sha256", "must be 64 lower-case hexadecimal digits")
	}
	if e.Replaces != "" && !sha256Pattern.MatchString(e.Replaces) {
		c.add("replaces", "must be 64 lower-case hexadecimal digits")
	}
	for field, day := range map[string]Date{"published_on": e.PublishedOn, "retrieved_on": e.RetrievedOn} {
		if c.date(field, day); day != "" && e.Replaces == "" {
			c.add(field, "goes with replaces: the days of other documents are those of their sources")
		}
	}
	return c.err()
}
