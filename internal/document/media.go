package document

// mediaTypes are what the formats are called in headers.
var mediaTypes = map[Format]string{
	Text: "text/plain", Markdown: "text/markdown", HTML: "text/html", CSV: "text/csv", PDF: "application/pdf",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	ODT:  "application/vnd.oasis.opendocument.text",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// MediaType is what the format is called in headers.
func (f Format) MediaType() string { return mediaTypes[f] }
