package serve

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Format is a form in which a page can be sent.
type Format string

// The formats, in the order in which ties are settled.
const (
	AsHTML Format = "text/html"
	AsJSON Format = "application/json"
	AsCSV  Format = "text/csv"
)

// verbatim tells addresses that are served as they are written.
func verbatim(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/static/")
}

// readAddress brings the address into the form that routes know: decoded,
// without slash at the end (which redirects) and without .json or .csv (which
// are noted). Only reads are treated so; forms go to addresses as they are.
func (s *Server) readAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if verbatim(path) {
			next.ServeHTTP(w, r)
			return
		}
		r.URL.RawPath = ""
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if reads && path != "/" && strings.HasSuffix(path, "/") {
			w.Header().Set("Location", withoutSlash(path, r.URL.RawQuery))
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
		if reads {
			r.URL.Path, VisitOf(r).Suffix = cutSuffix(path)
		}
		next.ServeHTTP(w, r)
	})
}

// withoutSlash is path without outer slashes, on this host whatever it holds:
// //elsewhere.example/ must not lead away.
func withoutSlash(path, rawQuery string) string {
	u := url.URL{Path: "/" + strings.Trim(path, "/"), RawQuery: rawQuery}
	return u.String()
}

// cutSuffix takes the format off a path. The start page's data is /index.json;
// a dossier as CSV is a file of its own, not the page of that name as a table.
func cutSuffix(path string) (string, Format) {
	for suffix, f := range map[string]Format{".json": AsJSON, ".csv": AsCSV} {
		rest, found := strings.CutSuffix(path, suffix)
		switch {
		case !found || strings.HasSuffix(rest, "/"):
		case rest == "/index":
			return "/", f
		case f == AsCSV && strings.HasSuffix(rest, "/dossier"):
			return path, ""
		default:
			return rest, f
		}
	}
	return path, ""
}

// accepted chooses among the offered formats, of which the first is the one
// for readers who do not say. A type that is named beats one that a wildcard
// covers (RFC 9110, section 12.5.1).
func accepted(header string, offered ...Format) Format {
	best, bestQ, bestExact := offered[0], 0.0, false
	for _, f := range offered {
		q, exact := quality(header, f)
		if q > bestQ || q == bestQ && q > 0 && exact && !bestExact {
			best, bestQ, bestExact = f, q, exact
		}
	}
	return best
}

// quality is how much a header wants a format, and whether it names it.
func quality(header string, f Format) (q float64, exact bool) {
	family, _, _ := strings.Cut(string(f), "/")
	rank := 0
	for part := range strings.SplitSeq(header, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		got := map[string]int{string(f): 3, family + "/*": 2, "*/*": 1}[kind]
		if got > rank {
			rank, q = got, weight(params["q"])
		}
	}
	return q, rank == 3
}

func weight(q string) float64 {
	if q == "" {
		return 1
	}
	n, err := strconv.ParseFloat(q, 64)
	if err != nil || n < 0 || n > 1 {
		return 0
	}
	return n
}

// Wanted is the format of the answer to r, of those offered.
func Wanted(r *http.Request, offered ...Format) Format {
	if f := VisitOf(r).Suffix; f != "" {
		return f
	}
	return accepted(strings.Join(r.Header.Values("Accept"), ","), offered...)
}
