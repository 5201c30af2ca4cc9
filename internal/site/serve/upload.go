package serve

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/web/href"
)

// maxUpload is the longest body with a file, in bytes: more than the largest
// document that is read.
const maxUpload = 11 << 20

// importWithin is how long reading a document and proposing what it says may
// take; the document by itself has a shorter limit. uploadWithin is how long
// sending it may.
const (
	importWithin = time.Minute
	uploadWithin = time.Minute
)

const multipartType = "multipart/form-data"

// FileField is the name of the field of a form that holds a file.
const FileField = "file"

// imports tells requests that bring a contribution.
func imports(r *http.Request) bool {
	return r.Method == http.MethodPost && (r.URL.Path == href.Import() || r.URL.Path == href.APIImports() || strings.HasPrefix(r.URL.Path, href.ImportTable()))
}

// bringsFile tells requests whose body may be a file, of which it is not known
// beforehand that it is text.
func bringsFile(r *http.Request) bool { return imports(r) && mediaType(r) == multipartType }

// File is a file that came with a form.
type File struct {
	Name string
	Data []byte
}

// Uploaded is the file that came with a form, nil for none, or why the form
// could not be read to its end.
func Uploaded(r *http.Request) (*File, error) {
	v := VisitOf(r)
	return v.file, v.unread
}

// ReadUpload reads a form that may hold a file. Of whoever may not send one the
// other fields are kept only, so that they can be sent again.
func (s *Server) ReadUpload(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if bringsFile(r) {
			v := VisitOf(r)
			// These fail on connections that have no deadlines, which need none.
			conn := http.NewResponseController(w)
			takes := v.Actor.Can(v.Route.Needs)
			if takes {
				_ = conn.SetReadDeadline(s.Now().Add(uploadWithin))
			}
			v.posted = url.Values{}
			v.unread = readParts(r, v, takes)
			r.PostForm, r.Form = v.posted, v.posted
			if takes {
				_ = conn.SetReadDeadline(time.Time{}) // it would end the work on the request, too
			}
		}
		next.ServeHTTP(w, r)
	})
}

func readParts(r *http.Request, v *Visit, takes bool) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return bodyError(err)
	}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = readPart(p, v, takes)
		}
		if err != nil {
			return uploadError(err)
		}
	}
}

func readPart(p *multipart.Part, v *Visit, takes bool) error {
	name := p.FormName()
	if name == FileField && !takes {
		_, err := io.Copy(io.Discard, p)
		return err
	}
	most := maxUpload
	if !takes {
		most = maxBody
	}
	data, err := io.ReadAll(io.LimitReader(p, int64(most)+1))
	switch {
	case err != nil:
		return err
	case len(data) > most:
		return &http.MaxBytesError{Limit: int64(most)}
	}
	if name == FileField {
		if p.FileName() != "" || len(data) > 0 {
			v.file = &File{p.FileName(), data}
		}
		return nil
	}
	if err := checkValues(url.Values{name: {string(data)}}, "the form"); err != nil {
		return err
	}
	v.posted.Add(name, string(data))
	return nil
}

func uploadError(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return &document.Refusal{Reason: document.TooLarge, What: fmt.Sprintf("the file is larger than the %d MiB that fit: send the part of the document that matters, or leave its pictures out", document.DefaultLimits().File>>20)}
	}
	if norms.KindOf(err) != 0 {
		return err
	}
	return norms.Errorf(norms.Malformed, "what was sent broke off, or cannot be read as a form; send it again")
}

// IsUpload refuses a body of another type than forms with files have.
func IsUpload(r *http.Request) error {
	if mediaType(r) == multipartType {
		return nil
	}
	return IsForm(r)
}

// LinesType is the type of an answer whose every line is a JSON object.
const LinesType = "application/x-ndjson"

// TakesLines tells whether a script asks to be told how far the work is.
func TakesLines(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), LinesType)
}
