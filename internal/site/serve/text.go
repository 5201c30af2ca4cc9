package serve

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"normmap/internal/norms"
	"normmap/internal/text"
)

// maxBody is the longest request body in bytes.
const maxBody = 1 << 20

const formType = "application/x-www-form-urlencoded"

// cleanText refuses, before any route is chosen, what is not text: bytes that
// are not UTF-8 or NUL in the path, the query or the body, of whichever type.
// Postgres could store none of it. It also bounds the body. Only contributions
// may be files of any bytes.
func (s *Server) cleanText(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		checks := []func(*http.Request) error{checkPath, checkQuery, checkBody}
		if bringsFile(r) { // which is read by those who know from whom it comes
			r.Body, checks = http.MaxBytesReader(w, r.Body, maxUpload), checks[:2]
		} else {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		for _, check := range checks {
			if err := check(r); err != nil {
				s.Fail(w, r, err)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func checkPath(r *http.Request) error {
	if !isText(r.URL.Path) {
		return norms.Errorf(norms.Malformed, "the address holds bytes that are not UTF-8 text")
	}
	return nil
}

func checkQuery(r *http.Request) error {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return norms.Errorf(norms.Malformed, "the part of the address after the question mark cannot be read; a %% or a semicolon in it is not escaped")
	}
	return checkValues(q, "the part of the address after the question mark")
}

// checkBody looks into every body: one without a type, or with a wrong one,
// may still be read by what comes after.
func checkBody(r *http.Request) error {
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return nil
	case mediaType(r) == formType:
		if err := r.ParseForm(); err != nil {
			return bodyError(err)
		}
		if err := checkValues(r.PostForm, "the form"); err != nil {
			return err
		}
		VisitOf(r).posted = r.PostForm // for a panic, which knows an earlier r only
		return nil
	}
	return checkBytes(r)
}

func checkValues(values url.Values, where string) error {
	for name, list := range values {
		if !isText(name) {
			return norms.Errorf(norms.Malformed, "%s holds a name that is not UTF-8 text", where)
		}
		for _, v := range list {
			if !isText(v) {
				return norms.Errorf(norms.Malformed, "%s holds bytes that are not UTF-8 text in %q", where, name)
			}
		}
	}
	return nil
}

// checkBytes reads the body, which is bounded, and puts it back.
func checkBytes(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return bodyError(err)
	}
	if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		return norms.Errorf(norms.Malformed, "the body holds bytes that are not UTF-8 text")
	}
	if text.LoneSurrogate(body) {
		return norms.Errorf(norms.Malformed, `the body holds half of a character: an escape from \ud800 to \udfff stands without its other half`)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

func bodyError(err error) error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return Refused(http.StatusRequestEntityTooLarge, "more was sent than the %d KiB that fit; send less at a time", maxBody>>10)
	}
	return norms.Errorf(norms.Malformed, "what was sent cannot be read as a form")
}

// mediaType is the type of the body in lower case, "" when none is named.
func mediaType(r *http.Request) string {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// Form is the form that was posted, as texts are stored. Passwords are left
// exactly as typed; their fields have "password" in the name.
func (s *Server) Form(r *http.Request) (url.Values, error) {
	if sent := VisitOf(r).posted; sent != nil {
		return Normalized(sent), nil
	}
	if err := r.ParseForm(); err != nil {
		return nil, bodyError(err)
	}
	return Normalized(r.PostForm), nil
}

// Query is the query of the address, normalized like a form. After signing in
// again it is what had been typed: forms are filled from it.
func Query(r *http.Request) url.Values {
	if typed := Resumed(r); typed != nil {
		return Normalized(typed)
	}
	return Normalized(r.URL.Query())
}

// Normalized are values as texts are stored; but see form.
func Normalized(values url.Values) url.Values {
	clean := make(url.Values, len(values))
	for name, list := range values {
		for _, v := range list {
			if !strings.Contains(name, "password") {
				v = text.Normalize(v)
			}
			clean.Add(name, v)
		}
	}
	return clean
}

// IsForm refuses a body of another type than forms have. A request without a
// body has nothing to refuse.
func IsForm(r *http.Request) error {
	if mediaType(r) == formType || r.ContentLength == 0 && r.Header.Get("Content-Type") == "" {
		return nil
	}
	return Refused(http.StatusUnsupportedMediaType, "this page takes forms (%s) only; programs write through /api/v1", formType)
}
