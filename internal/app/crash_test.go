package app_test

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"
)

// stopServer ends the private server of a service behind its back, politely or
// not. Its process number is in the log.
func stopServer(t *testing.T, s *service, signal syscall.Signal) {
	t.Helper()
	for line := range strings.Lines(s.err.String()) {
		var entry struct {
			PID int `json:"pid"`
		}
		if json.Unmarshal([]byte(line), &entry) == nil && entry.PID > 0 {
			if err := syscall.Kill(entry.PID, signal); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("the log does not name the server: %s", s.err)
}
