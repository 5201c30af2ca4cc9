package app

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// lockedBytes is a file that others read while it is written.
type lockedBytes struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBytes) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBytes) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestNoLineIsLostAndTheirOrderStays(t *testing.T) {
	t.Parallel()
	var file lockedBytes
	l := &lines{to: &file}
	soon := waitingLines{l}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 5000 {
				fmt.Fprintf(soon, "%d %d\n", w, i)
				if i%1000 == 0 {
					fmt.Fprintf(l, "%d at once\n", w)
				}
			}
		})
	}
	writers.Wait()
	l.end()
	got := strings.Split(strings.TrimSuffix(file.String(), "\n"), "\n")
	if len(got) != 4*5005 {
		t.Errorf("%d lines", len(got))
	}
	next := map[string]int{}
	for _, line := range got {
		w, i, _ := strings.Cut(line, " ")
		if i == "at once" {
			continue
		}
		if i != fmt.Sprint(next[w]) {
			t.Fatalf("%q is not the next of its writer", line)
		}
		next[w]++
	}
}

func TestLinesComeByThemselves(t *testing.T) {
	t.Parallel()
	var file lockedBytes
	soon := waitingLines{&lines{to: &file}}
	for i := range 3 {
		fmt.Fprintf(soon, "line %d\n", i)
		for until := time.Now().Add(time.Minute); !strings.Contains(file.String(), fmt.Sprint("line ", i)); time.Sleep(time.Millisecond) {
			if time.Now().After(until) {
				t.Fatalf("line %d was not written", i)
			}
		}
	}
}
