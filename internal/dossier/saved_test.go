package dossier_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"testing"

	"normmap/internal/dossier"
)

var (
	linkInWord = regexp.MustCompile(`<w:hyperlink r:id="(rId\d+)">(.*?)</w:hyperlink>`)
	targetOf   = `Id="%s"[^>]*Target="([^"#]*)(?:#([^"]*))?"`
)

// The links by which a dossier knows its own lines are written otherwise by
// programs that save it: Word parts the address at its #, LibreOffice makes
// fields of them.
func TestADossierSavedByAnotherProgramIsUnchanged(t *testing.T) {
	t.Parallel()
	d := sample
	var file bytes.Buffer
	if err := d.DOCX(&file); err != nil {
		t.Fatal(err)
	}
	const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK &quot;%s&quot; \l &quot;%s&quot;</w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r>%s<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	for name, form := range map[string]func(address, anchor, id, shown string) string{
		"fields": func(address, anchor, _, shown string) string { return fmt.Sprintf(field, address, anchor, shown) },
		"simple fields": func(address, anchor, _, shown string) string {
			return fmt.Sprintf(`<w:fldSimple w:instr=" HYPERLINK &quot;%s&quot; \l &quot;%s&quot; ">%s</w:fldSimple>`, address, anchor, shown)
		},
		"anchors": func(_, anchor, id, shown string) string {
			return fmt.Sprintf(`<w:hyperlink r:id="%s" w:anchor="%s">%s</w:hyperlink>`, id, anchor, shown)
		},
	} {
		saved := sent(t, "a.docx", resaved(t, file.Bytes(), form))
		organization, revision, ok := dossier.Identify(saved)
		if !ok || organization != d.Organization || revision != d.Revision {
			t.Errorf("%s: it is taken for %q %d, %v", name, organization, revision, ok)
			continue
		}
		if read := d.Read(saved, grammar); len(read.Changes)+len(read.Problems) > 0 {
			t.Errorf("%s: it is read as changed: %s %+v\n%s", name, brief(read.Changes), read.Problems, saved.Text)
		}
	}
}

// resaved is a Word document whose links with # are written in another form.
func resaved(t *testing.T, file []byte, form func(address, anchor, id, shown string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range in.File {
		r, err := f.Open()
		if err == nil {
			parts[f.Name], err = io.ReadAll(r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	rels := parts["word/_rels/document.xml.rels"]
	changed := 0
	parts["word/document.xml"] = linkInWord.ReplaceAllFunc(parts["word/document.xml"], func(link []byte) []byte {
		m := linkInWord.FindSubmatch(link)
		to := regexp.MustCompile(fmt.Sprintf(targetOf, m[1])).FindSubmatch(rels)
		if to == nil || len(to[2]) == 0 {
			return link
		}
		changed++
		return []byte(form(string(to[1]), string(to[2]), string(m[1]), string(m[2])))
	})
	if changed == 0 {
		t.Fatal("no link was changed")
	}
	parts["word/_rels/document.xml.rels"] = regexp.MustCompile(`(Target="[^"#]*)#[^"]*"`).ReplaceAll(rels, []byte(`$1"`))
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, data := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
