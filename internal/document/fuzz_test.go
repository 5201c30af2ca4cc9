package document_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
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

// FuzzWord reads bodies of Word documents with links and fields of every kind,
// wherever these lead, in whatever order their parts stand.
func FuzzWord(f *testing.F) {
	for _, body := range []string{
		`<w:p><w:hyperlink r:id="rId1" w:anchor="x"><w:r><w:t>shown</w:t></w:r></w:hyperlink></w:p>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/b" \l "c"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:fldSimple w:instr='HYPERLINK "https://a.example"'><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>`,
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>shown</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
	} {
		f.Add(body, "https://a.example/b#c")
	}
	f.Fuzz(func(t *testing.T, body, target string) {
		d, err := document.Extract("a.docx", wordOf(t, body, target), document.DefaultLimits(), document.Tools{})
		if refusal, ok := errors.AsType[*document.Refusal](err); err != nil && (!ok || refusal.Error() == "") {
			t.Errorf("%v is no refusal", err)
		}
		if !utf8.ValidString(d.Text) {
			t.Errorf("%q is no text", d.Text)
		}
	})
}

// wordOf is a Word document with a body and the target of its one link.
func wordOf(t *testing.T, body, target string) []byte {
	t.Helper()
	const spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	quoted := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(target)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"word/document.xml": `<w:document` + spaces + `><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="` + quoted + `" TargetMode="External"/></Relationships>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
