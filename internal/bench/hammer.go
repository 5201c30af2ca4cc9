package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
)

// hammer has many read pages while one person edits, and compares every byte
// that was read with the record as it was at one of the revisions that it may
// have been at: none before the last edit that was acknowledged when the page
// was asked for, none after the one under way when it had been read.
type hammer struct {
	address string             // of the instance that is read and written
	truth   string             // of one on the same database that keeps nothing in memory
	pages   []string           // forms for machines, which say nothing of their revision
	shown   []string           // pages for people, which name it
	edit    func(n int) []byte // the n-th request that writes; nil when there is no more
	edits   int
	readers int
	pause   time.Duration // of the editor after each edit
	base    int64         // the revision before the first edit

	acknowledged atomic.Int64
	mu           sync.Mutex
	seen         map[sight]int // how often
}

// sight is what somebody was sent, between two revisions.
type sight struct {
	path     string
	from, to int64
	body     [sha256.Size]byte
	named    int64 // the revision that a page for people names
}

// found is what came of it.
type found struct {
	reads, edits int
	older        int // reads of what was the record before an acknowledged edit
	wrong        int // reads of what never was
	example      string
}

// run edits and reads, and then looks the truth up.
func (h *hammer) run(ctx context.Context) (f found, err error) {
	h.seen = map[sight]int{}
	h.acknowledged.Store(h.base)
	reading, stop := context.WithCancel(ctx)
	defer stop()
	failed := make([]error, h.readers)
	var readers sync.WaitGroup
	for i := range h.readers {
		readers.Go(func() { failed[i] = h.read(reading, i) })
	}
	err = h.write(ctx)
	stop()
	readers.Wait()
	if err := errors.Join(append(failed, err)...); err != nil {
		return f, err
	}
	return h.judge(ctx)
}

func (h *hammer) write(ctx context.Context) error {
	c, err := dial(ctx, h.address)
	if err != nil {
		return err
	}
	defer c.close()
	c.keep = true
	for n := range h.edits {
		request := h.edit(n)
		if request == nil {
			return errors.New("there is nothing left to edit")
		}
		a, err := c.ask(request)
		if err := a.expect(201, request, err); err != nil {
			return fmt.Errorf("edit %d: %w: %.300s", n, err, c.body)
		}
		revision, err := strconv.ParseInt(strings.Trim(c.header("etag"), `"`), 10, 64)
		if err != nil || revision != h.base+int64(n)+1 {
			return fmt.Errorf("edit %d is revision %q: somebody else edits", n, c.header("etag"))
		}
		h.acknowledged.Store(revision)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(h.pause):
		}
	}
	return nil
}

// read reads pages in turn until ctx ends, every other time in brotli.
func (h *hammer) read(ctx context.Context, first int) error {
	c, err := dial(ctx, h.address)
	if err != nil {
		return err
	}
	defer c.close()
	c.keep = true
	for n := first; ctx.Err() == nil; n++ {
		all := len(h.pages) + len(h.shown)
		person := n%all >= len(h.pages)
		path := append(append([]string{}, h.pages...), h.shown...)[n%all]
		s := sight{path: path, from: h.acknowledged.Load()}
		body, err := c.text(h.address, path, n/all%2 == 0)
		if err != nil {
			return err
		}
		s.to = h.acknowledged.Load() + 1 // one may be under way
		if person {
			s.named, err = namedRevision(body)
		} else {
			s.body = sha256.Sum256(body)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		h.mu.Lock()
		h.seen[s]++
		h.mu.Unlock()
	}
	return nil
}

// text is a page, decompressed.
func (c *connection) text(host, path string, compressed bool) ([]byte, error) {
	request := get(host, path)
	if !compressed {
		request = bytes.Replace(request, []byte("Accept-Encoding: br\r\n"), nil, 1)
	}
	a, err := c.ask(request)
	if err == nil && a.status != 200 {
		err = fmt.Errorf("%w: %s answers %d", errStatus, path, a.status)
	}
	if err != nil || c.header("content-encoding") != "br" {
		return c.body, err
	}
	return io.ReadAll(brotli.NewReader(bytes.NewReader(c.body)))
}

var asOf = regexp.MustCompile(`[?&;]as_of=([0-9]+)`)

// namedRevision is the one in a page's permanent address.
func namedRevision(body []byte) (int64, error) {
	m := asOf.FindSubmatch(body)
	if m == nil {
		return 0, errors.New("the page names no revision")
	}
	return strconv.ParseInt(string(m[1]), 10, 64)
}

// judge compares what was read with the truth at every revision.
func (h *hammer) judge(ctx context.Context) (found, error) {
	truth := map[string]map[[sha256.Size]byte][]int64{} // at which revisions a page was like that
	c, err := dial(ctx, h.truth)
	if err != nil {
		return found{}, err
	}
	defer c.close()
	c.keep = true
	for _, path := range h.pages {
		truth[path] = map[[sha256.Size]byte][]int64{}
		for revision := h.base; revision <= h.acknowledged.Load(); revision++ {
			mark := "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			body, err := c.text(h.address, fmt.Sprintf("%s%sas_of=%d", path, mark, revision), false)
			if err != nil {
				return found{}, err
			}
			sum := sha256.Sum256(body)
			truth[path][sum] = append(truth[path][sum], revision)
		}
	}
	f := found{edits: h.edits}
	for s, times := range h.seen {
		at := truth[s.path][s.body]
		if s.named != 0 {
			at = []int64{s.named}
		}
		f.count(s, at, times)
	}
	return f, nil
}

// count puts a sight, which was the truth at some revisions, where it belongs.
func (f *found) count(s sight, at []int64, times int) {
	f.reads += times
	older := false
	for _, revision := range at {
		if s.from <= revision && revision <= s.to {
			return
		}
		older = older || revision < s.from
	}
	f.example = fmt.Sprintf("%s, read between revisions %d and %d, is as at %v", s.path, s.from, s.to, at)
	if older {
		f.older += times
		return
	}
	f.wrong += times
}
