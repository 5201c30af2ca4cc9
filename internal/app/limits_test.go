package app_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"normmap/internal/pgtest"
)

// dial opens a plain connection to a service.
func (s *service) dial() net.Conn {
	s.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		s.t.Fatal(err)
	}
	return conn
}

func TestSlowAndLargeHeadersAreCutOff(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.URL(t)})
	slow := s.dial()
	fmt.Fprint(slow, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")

	large := s.dial()
	fmt.Fprintf(large, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n\r\n", strings.Repeat("x", 40<<10))
	res, err := http.ReadResponse(bufio.NewReader(large), nil)
	if err != nil || res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of 40 KiB is answered %v, %v", res, err)
	}

	if _, err := io.ReadAll(slow); err != nil {
		t.Errorf("a header that never ends was not cut off: %v", err)
	}
}

func TestRequestUnderWayIsAnsweredWhenTheServiceStops(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.URL(t)})
	conn := s.dial()
	answers := bufio.NewReader(conn)
	fmt.Fprint(conn, "POST /login HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\n")
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100") { // it is reading the body
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	s.stop()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); { // until the stop is under way
		other, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			break
		}
		_ = other.Close()
	}
	fmt.Fprint(conn, "email=ada@x.org")
	res, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	if res.StatusCode >= 500 {
		t.Errorf("answered %d", res.StatusCode)
	}
	if code := s.code(); code != 0 {
		t.Errorf("stopped with %d: %s", code, s.err)
	}
}

// In the delay before it stops, a balancer learns that requests are to go
// elsewhere, and those that come all the same are answered.
func TestStopDelayIsForBalancers(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.URL(t)}, "--stop-delay", "5s")
	s.waitFor("/readyz", http.StatusOK)
	s.stop()
	s.waitFor("/readyz", http.StatusServiceUnavailable)
	res, err := http.Get(s.base + "/agreements")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK || !res.Close {
		t.Errorf("while it stops a page answers %d, and closes its connection: %v", res.StatusCode, res.Close)
	}
	if code := s.code(); code != 0 {
		t.Errorf("stopped with %d: %s", code, s.err)
	}
}
