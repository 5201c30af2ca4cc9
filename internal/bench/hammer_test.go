package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
	"normmap/internal/rig"
)

// hammered is a hammer on the built service with the founding data.
func hammered(t *testing.T) *hammer {
	t.Helper()
	url := pgtest.Founding(t)
	var made [2]*rig.Instance
	for i, settings := range [][]string{nil, {"NORMMAP_CACHE_BYTES=0"}} {
		made[i] = &rig.Instance{Binary: os.Args[0], Database: url, Listen: "127.0.0.1:0", Settings: settings}
		if err := made[i].Start(context.WithoutCancel(t.Context())); err != nil {
			t.Fatalf("%v: %s", err, made[i].Log.Last())
		}
		t.Cleanup(func() {
			if err := made[i].Stop(); err != nil {
				t.Error(err)
			}
		})
	}
	token, err := made[0].Editor(t.Context(), "hammer@example.org")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	h := &hammer{address: made[0].Listen, truth: made[1].Listen, edits: 12, readers: 4, pause: 5 * time.Millisecond}
	var id int64
	if err := conn.QueryRow(t.Context(), "select ("+hottestPrinciple+"), (select max(id) from changeset)").Scan(&id, &h.base); err != nil {
		t.Fatal(err)
	}
	refs, err := column(t.Context(), conn, principlesByLinks)
	if err != nil {
		t.Fatal(err)
	}
	initiatives, err := column(t.Context(), conn, linkable, id)
	if err != nil {
		t.Fatal(err)
	}
	h.edits = min(h.edits, len(initiatives))
	h.pages, h.shown = pagesAbout(refs[0])
	h.edit = func(n int) []byte { return linkRequest(h.address, token, initiatives[n], refs[0]) }
	return h
}

func TestReadersAreShownTheTruthWhileAnEditorEdits(t *testing.T) {
	t.Parallel()
	f, err := hammered(t).run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if f.older != 0 || f.wrong != 0 || f.reads == 0 {
		t.Errorf("%+v", f)
	}
}

// The control: a cache in front that does not notice edits is found out.
func TestOlderPagesAreFound(t *testing.T) {
	t.Parallel()
	h := hammered(t)
	served, kept := h.address, sync.Map{}
	stale := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if body, known := kept.Load(r.URL.String()); known {
				_, _ = w.Write(body.([]byte))
				return
			}
		}
		r.URL.Scheme, r.URL.Host, r.RequestURI = "http", served, ""
		r.Header.Del("Accept-Encoding")
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		kept.Store(r.URL.RequestURI(), body)
		w.Header().Set("ETag", res.Header.Get("ETag"))
		w.WriteHeader(res.StatusCode)
		_, _ = w.Write(body)
	}))
	t.Cleanup(stale.Close)
	h.address = strings.TrimPrefix(stale.URL, "http://")
	for _, path := range slices.Concat(h.pages, h.shown) { // so that all reads are of what was before the edits
		res, err := http.Get(stale.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	f, err := h.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if f.older == 0 {
		t.Errorf("%+v", f)
	}
}

func TestReadsAreJudgedByTheirRevisions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at   []int64
		want found
	}{
		"then":                  {[]int64{5}, found{reads: 2}},
		"under way":             {[]int64{6}, found{reads: 2}},
		"before, and then too":  {[]int64{3, 5}, found{reads: 2}},
		"before":                {[]int64{3, 4}, found{reads: 2, older: 2}},
		"of the future":         {[]int64{7}, found{reads: 2, wrong: 2}},
		"of no revision at all": {nil, found{reads: 2, wrong: 2}},
	} {
		var f found
		f.count(sight{path: "/", from: 5, to: 6}, c.at, 2)
		f.example = ""
		if diff := cmp.Diff(c.want, f, cmp.AllowUnexported(found{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
