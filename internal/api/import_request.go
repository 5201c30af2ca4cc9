package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/text"
)

// maxImport is the longest body of an import, in bytes: more than the largest
// file that is read.
const maxImport = 11 << 20

// maxImportField is how long the fields beside the document may be, in bytes.
const maxImportField = 16 << 10

// sentImport is a contribution as it was sent.
type sentImport struct {
	file                 contribution.File
	field                string // in which the document was sent: text or file
	organization, reason string
	kind                 string // one of importKinds
	replaces             string // slug, "" for none
	dry, textAlone       bool
	ownDocument          bool
	TableImport
}

// readImport reads a request in either of its types.
func readImport(r *http.Request) (sentImport, error) {
	var s sentImport
	var err error
	if isMultipart(r.Header.Get("Content-Type")) {
		s, err = readImportForm(r)
	} else {
		s, err = readImportJSON(r.Body)
	}
	if err != nil {
		return s, bodyBroke(err)
	}
	s.organization, s.replaces = strings.TrimSpace(s.organization), strings.TrimSpace(s.replaces)
	s.reason = strings.Join(strings.Fields(text.Normalize(s.reason)), " ")
	s.kind = cmp.Or(s.kind, importKinds[0])
	if err := s.check(s.kind); err != nil {
		return s, err
	}
	switch {
	case s.field == "":
		return s, norms.Field("file", "is missing: send the document as a file, or its text as text")
	case s.organization == "" && s.kind != asTable:
		return s, norms.Field("organization", "is missing: say who sent this in, as in microsoft")
	case s.replaces != "" && s.kind == asTable:
		return s, norms.Field("replaces", "goes with a contribution: rows of a table replace no document")
	case s.ownDocument && (s.replaces != "" || s.kind == asTable):
		return s, norms.Field("own_document", "goes with a contribution, and not with replaces: say which of the two it is")
	case s.reason != "" && !s.dry:
		return s, norms.CheckReason(s.reason)
	}
	return s, nil
}

func isMultipart(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "multipart/form-data"
}

// bodyBroke says of an error in reading a body what is known of it.
func bodyBroke(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return tooMuchSent()
	}
	_, ours := errors.AsType[failure](err)
	if timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && timeout.Timeout() {
		return failed(http.StatusRequestTimeout, "the body did not arrive in time; send it again")
	}
	if ours || norms.KindOf(err) != 0 {
		return err
	}
	return failed(http.StatusBadRequest, "the body cannot be read to its end; send a form (multipart/form-data) or one JSON object")
}

func tooMuchSent() failure {
	return failed(http.StatusRequestEntityTooLarge, fmt.Sprintf("the document is larger than the %d MiB that fit; send the part of it that matters, or leave its pictures out", document.DefaultLimits().File>>20))
}

func readImportJSON(body io.Reader) (sentImport, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	if err != nil {
		return sentImport{}, err
	}
	if len(data) > maxBody {
		return sentImport{}, failed(http.StatusRequestEntityTooLarge, fmt.Sprintf("more was sent than the %d KiB that fit into JSON; send the document as a file (multipart/form-data)", maxBody>>10))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var in NewImport
	if err := d.Decode(&in); err != nil {
		return sentImport{}, notImport(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return sentImport{}, failed(http.StatusBadRequest, "the body cannot be read; send one JSON object")
	}
	s := sentImport{file: contribution.File{Name: in.Name, Data: []byte(in.Text)}, organization: in.Organization, replaces: in.Replaces, reason: in.Reason, kind: in.Kind, dry: in.DryRun, textAlone: in.TextAlone, ownDocument: in.OwnDocument,
		TableImport: in.TableImport}
	if in.Kind == asTable {
		s.file.Name = cmp.Or(in.Name, "table.csv")
	}
	if in.Text != "" {
		s.field = "text"
	}
	return s, nil
}

// notImport says what of a JSON text does not belong to an import.
func notImport(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return norms.Field(wrong.Field, "must be a %s, not a %s", wrong.Type, wrong.Value)
	}
	if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		unquoted, _ := strconv.Unquote(name) // "" is still a mistake in the body
		return norms.Field("body."+unquoted, "is not a field of an import")
	}
	return failed(http.StatusBadRequest, "the body cannot be read; send one JSON object")
}

func readImportForm(r *http.Request) (sentImport, error) {
	var s sentImport
	parts, err := r.MultipartReader()
	for err == nil {
		var p *multipart.Part
		if p, err = parts.NextPart(); err == nil {
			err = s.take(p)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return s, err
}

// take reads one part of a form.
func (s *sentImport) take(p *multipart.Part) error {
	name := p.FormName()
	most := int64(maxImportField)
	if name == "file" || name == "text" {
		most = maxImport
	}
	data, err := io.ReadAll(io.LimitReader(p, most+1))
	switch {
	case err != nil:
		return err
	case int64(len(data)) > most && most == maxImport:
		return tooMuchSent()
	case int64(len(data)) > most:
		return norms.Field("body."+name, "is too long")
	}
	return s.set(name, p.FileName(), data)
}

func (s *sentImport) set(name, file string, data []byte) error {
	if name != "file" && (!utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0) {
		return norms.Field("body."+strings.ToValidUTF8(name, "?"), "holds bytes that are not UTF-8 text")
	}
	switch name {
	case "file", "text":
		if s.field != "" {
			return norms.Field("file", "was sent beside another document; send one at a time")
		}
		s.field, s.file.Data = name, data
		if file != "" {
			s.file.Name = path.Base(strings.ReplaceAll(file, `\`, "/"))
		}
	case "name":
		s.file.Name = string(data)
	case "organization":
		s.organization = string(data)
	case "replaces":
		s.replaces = string(data)
	case "reason":
		s.reason = string(data)
	case "kind":
		s.kind = string(data)
	case "rows":
		s.Rows = string(data)
	case "sheet":
		s.Sheet = string(data)
	case "as_source":
		s.AsSource = string(data)
	case "map", "set", "names":
		return s.setPair(name, string(data))
	case "header_row", "first_row", "last_row":
		return s.setNumber(name, string(data))
	case "dry_run":
		return setYes(&s.dry, name, string(data))
	case "own_document":
		return setYes(&s.ownDocument, name, string(data))
	case "text_alone":
		return setYes(&s.textAlone, name, string(data))
	default:
		return norms.Field("body."+strings.ToValidUTF8(name, "?"), "is not a field of an import")
	}
	return nil
}

func setYes(to *bool, name, value string) error {
	yes, err := strconv.ParseBool(value)
	if err != nil {
		return norms.Field(name, "must be true or false")
	}
	*to = yes
	return nil
}
