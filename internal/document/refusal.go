package document

import "fmt"

// Reason is why a file is refused.
type Reason string

// The reasons.
const (
	Empty       Reason = "empty"
	TooLarge    Reason = "too_large"
	Bomb        Reason = "bomb" // unpacks to far more than it weighs
	TooLong     Reason = "too_long"
	TooMany     Reason = "too_many_pages"
	Encrypted   Reason = "encrypted"
	Damaged     Reason = "damaged"
	BadEncoding Reason = "bad_encoding"
	Unsupported Reason = "unsupported"
	NoText      Reason = "no_text" // pictures of pages
	TimedOut    Reason = "timed_out"
	OutOfMemory Reason = "out_of_memory"
	Crashed     Reason = "crashed"
)

// Refusal says why a file was not read and what to do about it. Its text is
// for the person who sent the file.
type Refusal struct {
	Reason Reason `json:"reason"`
	What   string `json:"what"`
}

// Error implements error.
func (r *Refusal) Error() string { return r.What }

func refuse(reason Reason, format string, args ...any) error {
	return &Refusal{reason, fmt.Sprintf(format, args...)}
}

// damaged refuses a file whose inside cannot be read.
func damaged(f Format, err error) error {
	return refuse(Damaged, "the file says that it is %s but cannot be read as such (%v): open it, save it anew and send that", kinds[f], err)
}

// kinds name the formats for people.
var kinds = map[Format]string{
	Text: "a text file", Markdown: "a Markdown file", HTML: "a web page", DOCX: "a Word document (.docx)",
	ODT: "an OpenDocument text (.odt)", PDF: "a PDF", XLSX: "an Excel workbook (.xlsx)", CSV: "a CSV file",
}

// size writes a number of bytes for people.
func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+1023)/1024)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
