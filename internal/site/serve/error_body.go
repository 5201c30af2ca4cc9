package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// problem is an error for programs (RFC 9457).
type problem struct {
	Type      string          `json:"type"`
	Title     string          `json:"title"`
	Status    int             `json:"status"`
	Detail    string          `json:"detail,omitempty"`
	Errors    []norms.Problem `json:"errors,omitempty"`
	Reference string          `json:"reference,omitempty"`
}

// errorBody writes f in a form; should that fail too, as plain text.
func (s *Server) errorBody(r *http.Request, f failure, form Format) (body []byte, contentType string) {
	var b bytes.Buffer
	switch form {
	case AsHTML:
		if err := s.render(&b, r, s.errorPage(r, f)); err == nil {
			return b.Bytes(), string(AsHTML) + "; charset=utf-8"
		}
	case AsJSON:
		p := problem{"about:blank", http.StatusText(f.status), f.status, f.message, f.problems, f.reference}
		if body, err := json.Marshal(p); err == nil {
			return body, "application/problem+json"
		}
	}
	return []byte(f.text()), "text/plain; charset=utf-8"
}

// text is the failure in plain words.
func (f failure) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s\n", f.status, http.StatusText(f.status))
	if f.message != "" {
		fmt.Fprintln(&b, f.message)
	}
	for _, p := range f.problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Field, p.Message)
	}
	if f.reference != "" {
		fmt.Fprintf(&b, "Reference: %s\n", f.reference)
	}
	return b.String()
}

// errorPage is the failure as a page. What is not found in the past may be in
// the present, so the page leads there.
func (s *Server) errorPage(r *http.Request, f failure) templ.Component {
	shown := shownFailure(r.Context(), f)
	frame := s.Frame(r, shown.Title, ui.Crumb{Label: shown.Title})
	if past := VisitOf(r).Past; past != nil {
		frame.Past, frame.Present = past, present(r)
	}
	return page.Error(frame, shown)
}

// sentence writes an error's message as readers expect it.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(message)
	message = string(unicode.ToUpper(first)) + message[size:]
	if strings.HasSuffix(message, ".") {
		return message
	}
	return message + "."
}
