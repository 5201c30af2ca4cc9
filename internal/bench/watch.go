package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// watched is what a page asked of the database.
type watched struct {
	statements int
	whole      []string // tables that a statement reads whole
}

// slowLine is a line of the service's log about a statement.
type slowLine struct {
	Message   string          `json:"msg"`
	Statement string          `json:"statement"`
	Together  int             `json:"statements"` // how many the batch has, 0 for one alone
	Whole     []string        `json:"read_whole"`
	Request   string          `json:"request"`
	Plan      json.RawMessage `json:"plan"`
}

// watch asks for a page of an instance to which every statement is a slow one.
// It plans one statement at a time, so the page is asked for again until no
// more plans come.
func (st *stage) watch(ctx context.Context, path string) (watched, error) {
	i := st.newInstance("NORMMAP_CACHE_BYTES=0", "NORMMAP_SLOW_STATEMENT=1us")
	lines := &slowLines{}
	i.Stderr = lines
	if err := i.Start(ctx); err != nil {
		return watched{}, err
	}
	var w watched
	plans, asked := 0, map[string]int{} // by request: its last lines may come while the next one is answered
	const asks, first = 20, 3           // the first connect, and read texts that stay in memory
	for n := range first + asks {
		if _, err := page(ctx, i.Listen, path); err != nil {
			return w, orFirst(err, i.Stop())
		}
		time.Sleep(50 * time.Millisecond) // a plan is made after the answer
		if n < first {
			time.Sleep(time.Second)
		}
		for _, line := range lines.take() {
			if n >= first {
				asked[line.Request] += max(line.Together, 1)
				w.statements = max(w.statements, asked[line.Request])
			}
			if line.Plan != nil { // of a statement one is made in a while, at whatever request
				plans++
				w.whole = append(w.whole, line.Whole...)
			}
		}
	}
	if plans == 0 || w.statements == 0 {
		return w, orFirst(fmt.Errorf("the log tells of no statement for %s", path), i.Stop())
	}
	return w, i.Stop()
}

// slowLines collects the lines about statements of requests: what the service
// does meanwhile on its own account is no part of a page.
type slowLines struct {
	mu   sync.Mutex
	rest []byte // of a line that has not ended
	seen []slowLine
}

// Write implements io.Writer.
func (l *slowLines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, b...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			return len(b), nil
		}
		var one slowLine
		if json.Unmarshal(line, &one) == nil && one.Message == "slow statement" && one.Request != "" {
			l.seen = append(l.seen, one)
		}
		l.rest = bytes.Clone(rest)
	}
}

// take are the lines since it was last called.
func (l *slowLines) take() []slowLine {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := l.seen
	l.seen = nil
	return seen
}
