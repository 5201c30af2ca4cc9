package document

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tools are the programs of this machine that help to read documents.
type Tools struct {
	// PDFToText is the path of Poppler's pdftotext. Without it PDFs are read
	// by a library that knows fewer of them.
	PDFToText string `json:"pdf_to_text"`
}

// Extract reads a file in this process. [Reader] is for files of strangers.
func Extract(name string, data []byte, l Limits, t Tools) (Document, error) {
	if len(data) > l.File {
		return Document{}, refuse(TooLarge, "the file is larger than the %s that are read: send the part that matters, or leave the pictures out", size(l.File))
	}
	if len(data) == 0 {
		return Document{}, refuse(Empty, "the file is empty: send one that holds text")
	}
	f, err := Detect(name, data)
	if err != nil {
		return Document{}, err
	}
	d := Document{Format: f, FileSHA256: hash(data)}
	if err := extract(&d, data, l, t); err != nil {
		return Document{}, err
	}
	if len(d.Text) > l.Text {
		return Document{}, tooLong(l)
	}
	if strings.TrimSpace(d.Text) == "" {
		return Document{}, noText(f)
	}
	d.TextSHA256 = hash([]byte(d.Text))
	return d, nil
}

func extract(d *Document, data []byte, l Limits, t Tools) (err error) {
	switch d.Format {
	case Text, Markdown:
		d.Text, d.Encoding, err = decode(data)
		// Places count in the text as it is kept, and whatever is kept of it or
		// typed to find it is composed.
		d.Text = norm.NFC.String(d.Text)
	case HTML:
		d.Text, err = readHTML(data, l)
	case DOCX:
		d.Text, err = readDOCX(data, l)
	case ODT:
		d.Text, err = readODT(data, l)
	case PDF:
		err = readPDF(d, data, l, t)
	case XLSX:
		err = readXLSX(d, data, l)
	case CSV:
		err = readCSV(d, data, l)
	}
	return err
}

func tooLong(l Limits) error {
	return refuse(TooLong, "the document holds more than %s of text; that is more than is read at once: send it in parts", size(l.Text))
}

func noText(f Format) error {
	if f == PDF {
		return refuse(NoText, "the PDF holds no text, only pictures of pages: run text recognition over it, or send the document that it was made from")
	}
	return refuse(NoText, "the file holds no text")
}

// composed is extracted text in the one form in which texts are compared; what
// neither prints nor parts is left out.
func composed(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\n' && r != '\t', r == '\u00ad', r == '\ufeff', r == '\u200b':
			return -1
		case r == '\u2028' || r == '\u2029':
			return '\n'
		}
		return r
	}, s)
	return norm.NFC.String(ligatures.Replace(s))
}

// ligatures are letters that print joins and readers tell apart.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")
