package app

import (
	"io"
	"sync"
	"time"
)

// Lines about requests wait to be written together, since there may be tens of
// thousands a second, each a system call; but not for long.
const (
	linesFor  = 100 * time.Millisecond
	linesMost = 32 << 10 // bytes
)

// lines is where the log goes. What is written to it is there at once, after
// all that waited; what is written to its waiting half, a moment later. Each
// Write is one line.
type lines struct {
	to      io.Writer
	mu      sync.Mutex
	waiting []byte
}

// Write writes a line, and those before it.
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush()
	return l.to.Write(line)
}

// end writes what waits.
func (l *lines) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush()
}

func (l *lines) flush() {
	if len(l.waiting) > 0 {
		_, _ = l.to.Write(l.waiting) // there is no other place to complain
		l.waiting = l.waiting[:0]
	}
}

// waitingLines is the half that waits.
type waitingLines struct{ *lines }

// Write has a line written soon.
func (l waitingLines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		time.AfterFunc(linesFor, l.end)
	}
	if l.waiting = append(l.waiting, line...); len(l.waiting) >= linesMost {
		l.flush()
	}
	return len(line), nil
}
