package document_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"normmap/internal/document"
)

// FuzzExtract reads in this process what a child would: parsers may refuse, but
// not panic, hang or answer what is no text.
func FuzzExtract(f *testing.F) {
	for _, name := range []string{"sample.docx", "sample.odt", "sample.html", "sample.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	f.Add("a.csv", []byte("a;b\n\"c\nd\";e"))
	f.Add("a.txt", []byte("\xff\xfea\x00"))
	f.Add("a.html", []byte("<ul><li><p>a<blockquote><table><tr><td><li>b<a href='#x'>1</a><li id=x>c"))
	l := document.DefaultLimits()
	l.Text, l.Unpacked = 1<<20, 4<<20
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		d, err := document.Extract(name, data, l, document.Tools{})
		if refusal, ok := errors.AsType[*document.Refusal](err); err != nil && (!ok || refusal.Error() == "") {
			t.Errorf("%v is no refusal", err)
		}
		if !utf8.ValidString(d.Text) || len(d.Text) > l.Text {
			t.Errorf("%d bytes that are no text", len(d.Text))
		}
	})
}
