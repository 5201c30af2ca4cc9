// Package web holds the files that pages need beside themselves: one style
// sheet, another for those who are signed in, one icon, the script for the key
// that goes to the search box, and those that make editing quicker.
//
// Each file is served under an address that contains a hash of its content, so
// browsers may keep it for ever and a changed file has a new address.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"normmap/internal/coding"
)

//go:embed static style
var files embed.FS

// The style sheets are put together from the files in style, in the order of
// their names: the one that every page loads, and the one of style/editing for
// those who edit.
const (
	styleSheet   = "site.css"
	editingSheet = "editing.css"
	editingStyle = "style/editing/"
)

const prefix = "/static/"

// asset is a file with what is sent of it: made small once, when it is first
// asked for in a coding.
type asset struct {
	hash   string
	bodies [coding.Count]func() []byte
}

// assets reads the embedded files once. They are part of the program, so a
// failure to read one is a mistake of the build and panics.
var assets = sync.OnceValue(func() map[string]asset {
	all := map[string]asset{}
	var style, work []byte
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := files.ReadFile(name)
		below, static := strings.CutPrefix(name, "static/")
		switch {
		case static:
			all[below] = newAsset(body)
		case strings.HasPrefix(name, editingStyle):
			work = append(work, body...)
		default:
			style = append(style, body...)
		}
		return err
	})
	all[styleSheet], all[editingSheet] = newAsset(smallStyle(style)), newAsset(smallStyle(work))
	if err != nil {
		panic(err)
	}
	return all
})

func newAsset(body []byte) asset {
	sum := sha256.Sum256(body)
	a := asset{hash: hex.EncodeToString(sum[:8])}
	for c := range coding.Coding(coding.Count) {
		a.bodies[c] = sync.OnceValue(func() []byte { return coding.Encode(c, body, coding.Once) })
	}
	return a
}

// tag is the entity tag in a coding.
func (a asset) tag(c coding.Coding) string {
	if c == coding.Identity {
		return `"` + a.hash + `"`
	}
	return `"` + a.hash + "-" + c.Name() + `"`
}

// Asset is the address of an embedded file, named by its path below static.
// It panics when there is no such file; a test renders every page.
func Asset(name string) string {
	a, ok := assets()[name]
	if !ok {
		panic("no embedded file " + name)
	}
	return prefix + a.hash + "/" + name
}

// whole is the request without a wish for a part: parts of coded bodies help
// nobody.
func whole(r *http.Request) *http.Request {
	if r.Header["Range"] == nil {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("Range")
	return r
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8",
}

// Handler serves the embedded files below /static/ to be kept for ever. An
// address whose hash is not that of the content is not found.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, prefix), "/")
		a, ok := assets()[name]
		if !ok || a.hash != hash {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", contentTypes[path.Ext(name)])
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		c := coding.Accepted(r.Header["Accept-Encoding"])
		h.Set("ETag", a.tag(c))
		body := a.bodies[c]()
		if c != coding.Identity {
			h.Set("Content-Encoding", c.Name())
			h.Set("Content-Length", strconv.Itoa(len(body))) // which ServeContent leaves out of coded bodies
			r = whole(r)
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
	})
}
