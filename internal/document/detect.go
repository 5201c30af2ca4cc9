package document

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
)

// Detect tells what kind of file data is, by its content first and by its name
// where any text would do. Name is "" for pasted text.
func Detect(name string, data []byte) (Format, error) {
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return packed(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", compound(data)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return "", unsupported("Rich Text")
	case bytes.HasPrefix(data, []byte("\x89PNG")), bytes.HasPrefix(data, []byte("\xff\xd8\xff")), bytes.HasPrefix(data, []byte("GIF8")):
		return "", refuse(NoText, "the file is a picture, which holds no text that can be read: send the document that it shows, or type its text in")
	}
	switch ext {
	case ".pdf", ".docx", ".odt", ".xlsx":
		return "", refuse(Damaged, "the file is called %s but is none inside: open it, save it anew and send that", ext)
	case ".doc", ".xls", ".rtf", ".ods", ".pptx", ".pages", ".zip":
		return "", unsupported(ext)
	case ".html", ".htm", ".xhtml":
		return HTML, nil
	case ".md", ".markdown":
		return Markdown, nil
	case ".csv", ".tsv":
		return CSV, nil
	}
	start := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 256)])))
	if name != "" && (strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")) {
		return HTML, nil
	}
	return Text, nil
}

func unsupported(kind string) error {
	return refuse(Unsupported, "%s files are not read: save it as .docx, .odt, .pdf, .xlsx, .csv, .html, .md or .txt, or paste its text", kind)
}

// packed tells which kind of archive data is.
func packed(data []byte) (Format, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", refuse(Damaged, "the file is an archive that cannot be opened (%v): open the document, save it anew and send that", err)
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return DOCX, nil
		case "xl/workbook.xml":
			return XLSX, nil
		case "content.xml":
			if bytes.Contains(data[:min(len(data), 256)], []byte("opendocument.text")) {
				return ODT, nil
			}
		case "ppt/presentation.xml":
			return "", unsupported("PowerPoint")
		}
	}
	return "", refuse(Unsupported, "the file is an archive and no document: unpack it and send the documents one by one")
}

// compound refuses the container of old Office files, in which new ones stand
// that have a password.
func compound(data []byte) error {
	var wide []byte
	for _, c := range []byte("EncryptedPackage") {
		wide = append(wide, c, 0)
	}
	if bytes.Contains(data, wide) {
		return refuse(Encrypted, "the file is protected by a password: save it without one and send that")
	}
	return unsupported("Old Office (.doc, .xls)")
}
