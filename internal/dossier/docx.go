package dossier

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// DOCX writes the dossier as a Word document. The same dossier gives the same
// bytes.
func (d Dossier) DOCX(w io.Writer) error {
	body := &word{}
	body.dossier(d.sorted())
	out := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"word/document.xml", documentOpen + body.b.String() + documentClose},
		{"word/_rels/document.xml.rels", body.rels()},
		{"word/styles.xml", styles},
		{"word/numbering.xml", numbering()},
	} {
		f, err := out.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", part.name, err)
		}
	}
	return out.Close()
}

// word writes the body of a document and keeps where its links lead.
type word struct {
	b     strings.Builder
	links []string
}

func (w *word) dossier(d Dossier) {
	w.paragraph("Heading1", "", func() { w.run(d.Name, "") })
	w.paragraph("", "", func() {
		w.run(fmt.Sprintf(explains, d.Name, d.Revision)+" ", "")
		w.marker(sign, d.own())
	})
	heading := ""
	for _, i := range d.Initiatives {
		if h := fold(i.Heading); h != heading {
			heading = h
			w.paragraph("Heading2", "", func() { w.run(h, "") })
		}
		w.item(d, i, 0)
	}
}

func (w *word) item(d Dossier, i Initiative, depth int) {
	said := paragraphs(i.Summary)
	w.paragraph("", listed(bullets, depth), func() {
		w.run(fold(i.Title), "<w:b/>")
		if i.Slug != "" {
			w.run(" ", "")
			w.marker(sign, d.address(i.Slug, 0))
		}
		if len(said) > 0 {
			w.run(" "+dash+" "+said[0], "")
		}
	})
	for _, s := range said[min(1, len(said)):] {
		w.paragraph("", listed(indents, depth), func() { w.run(s, "") })
	}
	for _, p := range i.Parts {
		w.item(d, p, depth+1)
	}
	for _, l := range i.Lines {
		w.paragraph("", listed(indents, depth), func() {
			w.run("("+bare(l.Text)+")", "<w:i/>")
			if l.ID > 0 {
				w.run(" ", "")
				w.marker(l.label(), d.address(i.Slug, l.ID))
			}
		})
	}
}

// The two lists of the document: bullets, and what stands indented under one
// without a mark of its own.
const (
	bullets = 1
	indents = 2
	deepest = 8
)

func listed(list, depth int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, min(depth, deepest), list)
}

func (w *word) paragraph(style, props string, content func()) {
	if style != "" {
		props = `<w:pStyle w:val="` + style + `"/>` + props
	}
	w.b.WriteString("<w:p>")
	if props != "" {
		w.b.WriteString("<w:pPr>" + props + "</w:pPr>")
	}
	content()
	w.b.WriteString("</w:p>")
}

func (w *word) run(text, props string) {
	w.b.WriteString("<w:r>")
	if props != "" {
		w.b.WriteString("<w:rPr>" + props + "</w:rPr>")
	}
	w.b.WriteString(`<w:t xml:space="preserve">`)
	w.b.WriteString(safe(text))
	w.b.WriteString("</w:t></w:r>")
}

// marker writes a small grey link.
func (w *word) marker(text, address string) {
	w.links = append(w.links, address)
	fmt.Fprintf(&w.b, `<w:hyperlink r:id="rId%d">`, firstLink+len(w.links))
	w.run(text, `<w:rStyle w:val="Marker"/>`)
	w.b.WriteString("</w:hyperlink>")
}

// firstLink counts the relations before those of the links.
const firstLink = 2

func (w *word) rels() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + office + `/styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + office + `/numbering" Target="numbering.xml"/>`)
	for i, address := range w.links {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/hyperlink" Target="%s" TargetMode="External"/>`, firstLink+i+1, office, safe(address))
	}
	b.WriteString("</Relationships>")
	return b.String()
}

// safe is a text as XML holds it.
func safe(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // a builder takes everything
	}
	return b.String()
}

const (
	office     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + office + `"`

	contentTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`
	packageRels = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="word/document.xml"/></Relationships>`
	documentOpen  = xml.Header + `<w:document` + namespaces + `><w:body>`
	documentClose = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"/></w:sectPr></w:body></w:document>`

	styles = xml.Header + `<w:styles` + namespaces + `>` +
		`<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="Marker"><w:name w:val="Marker"/><w:rPr><w:color w:val="767676"/><w:sz w:val="14"/></w:rPr></w:style></w:styles>`
)

// numbering describes the two lists, level by level.
func numbering() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:numbering` + namespaces + `>`)
	abstract(&b, bullets, "•")
	abstract(&b, indents, " ")
	for _, list := range []int{bullets, indents} {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, list, list)
	}
	b.WriteString("</w:numbering>")
	return b.String()
}

func abstract(b *strings.Builder, list int, sign string) {
	fmt.Fprintf(b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, list)
	for level := range deepest + 1 {
		fmt.Fprintf(b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`,
			level, sign, 720+360*level)
	}
	b.WriteString("</w:abstractNum>")
}
