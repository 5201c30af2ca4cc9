package imports

import (
	"bytes"
	"encoding/json"
	"net/http"

	"normmap/internal/contribution"
	"normmap/internal/site/serve"
)

// line is what a script is told: how far the work is, and last where it leads
// or the page that says what came of it.
type line struct {
	Says     string `json:"says,omitempty"`
	Location string `json:"location,omitempty"`
	Page     string `json:"page,omitempty"`
}

// made is an answer that is sent as part of another one.
type made struct {
	header http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter, as do those below.
func (m *made) Header() http.Header { return m.header }

func (m *made) WriteHeader(int) {}

func (m *made) Write(b []byte) (int, error) { return m.body.Write(b) }

// sendInLines tells how far the work is while it is done. The end of the
// request, by whoever cancels, ends the work.
func (s *Site) sendInLines(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", serve.LinesType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	out := &made{header: http.Header{}}
	contribution.Follow(
		func(tell func(contribution.Progress)) {
			asked := r.WithContext(r.Context())
			asked.Header = r.Header.Clone()
			asked.Header.Set("Accept", string(serve.AsHTML))
			if err := s.send(out, asked, tell); err != nil {
				s.Fail(out, asked, err)
			}
		},
		func(p contribution.Progress) { say(w, line{Says: progressWords(r.Context(), p)}) },
	)
	last := line{Location: out.header.Get("Location")}
	if last.Location == "" {
		last.Page = out.body.String()
	}
	say(w, last)
}

// say sends a line at once; whoever hung up cannot be told.
func say(w http.ResponseWriter, l line) {
	if err := json.NewEncoder(w).Encode(l); err == nil {
		_ = http.NewResponseController(w).Flush()
	}
}
