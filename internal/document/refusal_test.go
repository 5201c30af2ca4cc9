package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"normmap/internal/document"
)

// packed makes an archive of parts.
func packed(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// body is a Word document of what stands in its body.
func body(xml string) string {
	return `<w:document xmlns:w="w"><w:body>` + xml + `</w:body></w:document>`
}

func paragraphs(n int) string {
	return strings.Repeat(`<w:p><w:r><w:t>words</w:t></w:r></w:p>`, n)
}

// lying is an archive whose directory says that its parts are small.
func lying(data []byte) []byte {
	out := bytes.Clone(data)
	for _, head := range []struct {
		sign string
		size int
	}{{"PK\x03\x04", 22}, {"PK\x01\x02", 24}} {
		if i := bytes.Index(out, []byte(head.sign)); i >= 0 {
			binary.LittleEndian.PutUint32(out[i+head.size:], 100)
		}
	}
	return out
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRefusalsSayWhy(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("\x00", 70<<20)
	many := make([]string, 0, 2400)
	for i := range 1200 {
		many = append(many, fmt.Sprintf("part%d", i), "")
	}
	entities := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + body(`<w:p><w:r><w:t>&b;</w:t></w:r></w:p>`)
	for name, c := range map[string]struct {
		file string
		data []byte
		want document.Reason
	}{
		"nothing":                {"a.txt", nil, document.Empty},
		"only space":             {"a.txt", []byte(" \n\t"), document.NoText},
		"too large":              {"a.txt", bytes.Repeat([]byte("a"), 11<<20), document.TooLarge},
		"too long":               {"a.docx", packed(t, "word/document.xml", body(`<w:p><w:r><w:t>`+strings.Repeat("words ", 800_000)+`</w:t></w:r></w:p>`)), document.TooLong},
		"zip bomb":               {"a.docx", packed(t, "word/document.xml", zeros), document.Bomb},
		"zip bomb that lies":     {"a.docx", lying(packed(t, "word/document.xml", zeros)), document.Damaged},
		"many parts":             {"a.docx", packed(t, append(many, "word/document.xml", body(paragraphs(1)))...), document.Bomb},
		"two parts of a name":    {"a.docx", packed(t, "word/document.xml", body(""), "word/document.xml", body("")), document.Damaged},
		"nested too deep":        {"a.docx", packed(t, "word/document.xml", body(strings.Repeat("<w:x>", 5000))), document.Damaged},
		"entities that expand":   {"a.docx", packed(t, "word/document.xml", entities), document.Damaged},
		"web page nested deep":   {"a.html", []byte(strings.Repeat("<div>", 5000) + "x"), document.Damaged},
		"half a Word document":   {"a.docx", testdata(t, "sample.docx")[:4000], document.Damaged},
		"half a PDF":             {"a.pdf", []byte("%PDF-1.4\nnothing more"), document.Damaged},
		"PDF with a password":    {"a.pdf", testdata(t, "locked.pdf"), document.Encrypted},
		"Office with a password": {"a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), document.Encrypted},
		"old Word":               {"a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), document.Unsupported},
		"an archive":             {"a.zip", packed(t, "a.txt", "text"), document.Unsupported},
		"a picture":              {"a.png", []byte("\x89PNG\r\n"), document.NoText},
		"misnamed":               {"a.docx", []byte("just text"), document.Damaged},
		"binary":                 {"a.txt", []byte("text\x00more"), document.BadEncoding},
		"two encodings":          {"a.txt", []byte("caf\xc3\xa9\ncaf\xe9"), document.BadEncoding},
		"half UTF-16":            {"a.txt", []byte("\xff\xfea\x00b"), document.BadEncoding},
		"quotes in CSV":          {"a.csv", []byte("a,b\n\"c"), document.Damaged},
		"rows":                   {"a.csv", bytes.Repeat([]byte("a,b\n"), 20_001), document.TooMany},
		"columns":                {"a.csv", bytes.Repeat([]byte("a,"), 600), document.TooMany},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reader(t).Read(t.Context(), c.file, c.data)
			refusal, ok := errors.AsType[*document.Refusal](err)
			if !ok || refusal.Reason != c.want || len(refusal.Error()) < 20 || strings.Contains(refusal.Error(), "exit status") {
				t.Errorf("refused with %v, want %s", err, c.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ data, text, encoding string }{
		{"\ufeffétat\r\nde l’art\r", "état\nde l’art\n", ""},
		{"\xff\xfeé\x00"[:2] + "\xe9\x00t\x00", "ét", "utf-16"},
		{"\xfe\xff\x00\xe9\x00t", "ét", "utf-16"},
		{"\xe9tat \x96 l\x92art", "état – l’art", "windows-1252"},
		{"e\u0301tat", "état", ""},
		{"\xff\xfee\x00\x01\x03", "é", "utf-16"},
	} {
		d, err := reader(t).Read(t.Context(), "", []byte(c.data))
		if err != nil || d.Text != c.text || d.Encoding != c.encoding {
			t.Errorf("%q is read as %q in %q, %v", c.data, d.Text, d.Encoding, err)
		}
	}
}

func TestHashesOfFileAndText(t *testing.T) {
	t.Parallel()
	d, err := reader(t).Read(t.Context(), "a.txt", []byte("a\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	same, err := reader(t).Read(t.Context(), "b.txt", []byte("a\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.FileSHA256) != 64 || d.FileSHA256 == same.FileSHA256 || d.TextSHA256 != same.TextSHA256 {
		t.Errorf("hashes %s and %s of the files, %s and %s of their texts", d.FileSHA256, same.FileSHA256, d.TextSHA256, same.TextSHA256)
	}
}

func TestSpreadsheets(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for cell, v := range map[string]string{"A1": "Initiative", "B1": "Principles", "A2": "Night\nwatch", "B2": "1 | 2"} {
		if err := f.SetCellStr("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := "| Initiative | Principles |\n| --- | --- |\n| Night watch | 1 \\| 2 |"
	for name, data := range map[string][]byte{"a.xlsx": b.Bytes(), "a.csv": []byte("Initiative;Principles\r\n\"Night\nwatch\";1 | 2\r\n;\r\n")} {
		d, err := reader(t).Read(t.Context(), name, data)
		if err != nil || d.Text != want || len(d.Sheets) != 1 || d.Sheets[0].Rows[1][0] != "Night\nwatch" {
			t.Errorf("%s is read as %+v, %v", name, d, err)
		}
	}
}

// People look for a mistake in the row that their program shows, and nobody
// can tell which part of 11-12-18 is the day.
func TestCellsAreFoundAgain(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A2": "since", "A5": time.Date(2018, 11, 12, 0, 0, 0, 0, time.UTC)} {
		if err := errors.Join(f.SetCellValue("Sheet1", cell, v), f.SetCellStyle("Sheet1", cell, cell, style)); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a.xlsx": b.Bytes(), "a.csv": []byte("\r\nsince\r\n\r\n\r\n2018-11-12\r\n")} {
		d, err := reader(t).Read(t.Context(), name, data)
		if err != nil {
			t.Fatal(err)
		}
		if s := d.Sheets[0]; s.Number(0) != 2 || s.Number(1) != 5 || s.Rows[1][0] != "2018-11-12" {
			t.Errorf("%s is read as %+v", name, s)
		}
	}
	d, err := reader(t).Read(t.Context(), "b.csv", []byte("a;\"x\ny\"\n;\nb;c\n"))
	if err != nil || d.Sheets[0].Number(1) != 3 {
		t.Errorf("a row behind an empty one and a cell of two lines: %+v, %v", d.Sheets, err)
	}
}

// What a child does that hangs, dies or floods costs nothing but the child.
func TestChildrenThatFail(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]document.Reason{
		"cat >/dev/null; sleep 1000":      document.TimedOut,
		"trap '' TERM; sleep 1000 & wait": document.TimedOut,
		"exit 3":                          document.Crashed,
		"kill -SEGV $$":                   document.Crashed,
		"echo 'fatal error: runtime: out of memory' >&2; exit 2": document.OutOfMemory,
		"cat >/dev/null; yes": document.TooLong,
		`cat >/dev/null; echo '{"refusal":{"reason":"bomb","what":"x"}}'`: document.Bomb,
	} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			r := reader(t)
			r.Command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, "sh", "-c", script) }
			r.Limits.Text = 1 << 16
			if want == document.TimedOut {
				r.Limits.Time = 50 * time.Millisecond
			}
			_, err := r.Read(t.Context(), "a.html", []byte("<p>x"))
			if refusal, ok := errors.AsType[*document.Refusal](err); !ok || refusal.Reason != want {
				t.Errorf("refused with %v, want %s", err, want)
			}
		})
	}
}

func TestChildThatIsNotThere(t *testing.T) {
	t.Parallel()
	r := reader(t)
	r.Command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, "no-such-program") }
	_, err := r.Read(t.Context(), "a.html", []byte("<p>x"))
	if _, ok := errors.AsType[*document.Refusal](err); ok || err == nil {
		t.Errorf("our own fault is blamed on the file: %v", err)
	}
}

func TestChildIsLimited(t *testing.T) {
	t.Parallel()
	long := packed(t, "word/document.xml", body(paragraphs(100_000)))
	for name, c := range map[string]struct {
		limit func(*document.Limits)
		file  string
		data  []byte
		want  document.Reason
	}{
		"memory":    {func(l *document.Limits) { l.Memory = 32 << 20 }, "a.docx", long, document.OutOfMemory},
		"pages":     {func(l *document.Limits) { l.Pages = 0 }, "a.pdf", testdata(t, "sample.pdf"), document.TooMany},
		"no limits": {func(*document.Limits) {}, "a.docx", long, ""},
	} {
		r := reader(t)
		c.limit(&r.Limits)
		_, err := r.Read(t.Context(), c.file, c.data)
		refusal, ok := errors.AsType[*document.Refusal](err)
		died := ok && c.want == document.OutOfMemory && refusal.Reason == document.Crashed // as the race detector does
		if ok != (c.want != "") || ok && refusal.Reason != c.want && !died {
			t.Errorf("%s: refused with %v, want %q", name, err, c.want)
		}
	}
}

func TestPDFWithoutPoppler(t *testing.T) {
	t.Parallel()
	r := reader(t)
	r.Tools = document.Tools{}
	d, err := r.Read(t.Context(), "a.pdf", testdata(t, "sample.pdf"))
	if err != nil || !strings.Contains(d.Text, "(Paris Call principles 1 and 5)") || !strings.Contains(d.Text, "Night watch Paris Call 1, 2") {
		t.Errorf("%v\n%s", err, d.Text)
	}
	if _, err := r.Read(t.Context(), "a.pdf", testdata(t, "locked.pdf")); err == nil {
		t.Error("a PDF with a password is read")
	}
}
