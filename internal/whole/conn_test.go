package whole_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/whole"
)

// pieces notes what is written to the connections of a listener.
type pieces struct {
	net.Listener
	mu    sync.Mutex
	sizes []int
}

func (p *pieces) Accept() (net.Conn, error) {
	c, err := p.Listener.Accept()
	return &noted{c, p}, err
}

func (p *pieces) take() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	sizes := p.sizes
	p.sizes = nil
	return sizes
}

type noted struct {
	net.Conn
	to *pieces
}

func (n *noted) Write(b []byte) (int, error) {
	n.to.mu.Lock()
	n.to.sizes = append(n.to.sizes, len(b))
	n.to.mu.Unlock()
	return n.Conn.Write(b)
}

// serve starts a server that sends a body of as many bytes as the address says,
// and announces it with the lines given, unless they are nil.
func serve(t *testing.T, lines []byte) (address string, written *pieces) {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/"))
		w.Header().Set("Content-Length", strconv.Itoa(n))
		if lines != nil {
			announced := n
			if r.Method == http.MethodHead {
				announced = 0
			}
			whole.Of(r).Announce(lines, announced)
		}
		_, _ = io.WriteString(w, strings.Repeat("n", n)) // the client looks
	}))
	written = &pieces{Listener: s.Listener}
	s.Listener = whole.Listener{Listener: written, Early: time.Second}
	s.Config.ConnContext = whole.Context
	s.Config.WriteTimeout = time.Minute
	s.Start()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), written
}

// ask asks on a connection that stays open, and reads the answer.
func ask(t *testing.T, c net.Conn, in *bufio.Reader, method, path string) *http.Response {
	t.Helper()
	if _, err := io.WriteString(c, method+" "+path+" HTTP/1.1\r\nHost: example.org\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if want, _ := strconv.Atoi(strings.Trim(path, "/")); err != nil || method == http.MethodGet && string(body) != strings.Repeat("n", want) {
		t.Errorf("%s %s: %d bytes, %v", method, path, len(body), err)
	}
	return res
}

// An answer that was announced comes whole, with the lines announced, and in
// one piece unless it is long; on one connection as on many. The control is the
// same answer that was not announced.
func TestOnePiece(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines []byte
		long  bool // answers come in several pieces, as they do by themselves
	}{
		"announced":         {lines: []byte("X-Guard: one\r\nX-Other: two\r\n")},
		"without any lines": {lines: []byte{}},
		"many lines":        {lines: []byte(strings.Repeat("X-Guard: one\r\n", 400))},
		"not announced":     {long: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, written := serve(t, c.lines)
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			in := bufio.NewReader(conn)
			for _, path := range []string{"/7000", "/1", "/30000", "/3900", "/4096", "/0", "/100000", "/7000"} {
				for _, method := range []string{http.MethodGet, http.MethodHead} {
					res := ask(t, conn, in, method, path)
					if got, want := len(res.Header["X-Guard"]), strings.Count(string(c.lines), "X-Guard"); got != want || res.Header.Get("Date") == "" {
						t.Errorf("%s %s: header %v", method, path, res.Header)
					}
					several := method == http.MethodGet && (path == "/100000" || c.long && len(path) > 4 && path != "/3900")
					if sizes := written.take(); (len(sizes) > 1) != several {
						t.Errorf("%s %s came in pieces of %v bytes", method, path, sizes)
					}
				}
			}
		})
	}
}

// deadlines notes those of a connection.
type deadlines struct {
	net.Conn
	set []time.Duration
}

var begin = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func (d *deadlines) Write(b []byte) (int, error) { return len(b), nil }

func (d *deadlines) SetDeadline(t time.Time) error { return d.SetWriteDeadline(t) }

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	after := time.Duration(-1) // for none
	if !t.IsZero() {
		after = t.Sub(begin)
	}
	d.set = append(d.set, after)
	return nil
}

type one struct {
	net.Listener
	conn net.Conn
}

func (o one) Accept() (net.Conn, error) { return o.conn, nil }

// A write never has more time than was asked for, and hardly less.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	under := &deadlines{}
	c, err := whole.Listener{Listener: one{conn: under}, Early: 2 * time.Second}.Accept()
	if err != nil {
		t.Fatal(err)
	}
	set := func(seconds ...time.Duration) {
		for _, after := range seconds {
			at := begin.Add(after * time.Second)
			if after < 0 {
				at = time.Time{}
			}
			if err := c.SetWriteDeadline(at); err != nil {
				t.Error(err)
			}
		}
	}
	set(30, 31, -1, 31, 32, 33, 70, 30, -1, 29, 31, -1)
	if _, err := c.Write([]byte("for ever")); err != nil {
		t.Error(err)
	}
	set(31, -1, 32)
	if err := c.SetDeadline(begin.Add(32 * time.Second)); err != nil {
		t.Error(err)
	}
	set(33, 34)
	var want []time.Duration
	for _, after := range []time.Duration{30, 32, 70, 30, 29, 31, -1, 31, 32, 34} {
		want = append(want, max(after*time.Second, -1))
	}
	if diff := cmp.Diff(want, under.set); diff != "" {
		t.Error(diff)
	}
}

// One that hangs up gets nothing more, and the server is told.
func TestAWriteThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	ours, theirs := net.Pipe()
	_ = theirs.Close()
	c, err := whole.Listener{Listener: one{conn: ours}}.Accept()
	if err != nil {
		t.Fatal(err)
	}
	c.(*whole.Conn).Announce(nil, 4)
	head := "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
	if n, err := io.WriteString(c, head+"no"); n != len(head)+2 || err != nil {
		t.Errorf("what is held: %d bytes, %v", n, err)
	}
	if n, err := io.WriteString(c, "rm"); n != 0 || err == nil {
		t.Errorf("what is sent: %d bytes, %v", n, err)
	}
}

// Without such a connection there is none to announce to.
func TestElsewhereThereIsNone(t *testing.T) {
	t.Parallel()
	if c := whole.Of(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)); c != nil {
		t.Errorf("%v", c)
	}
}

// Whoever sends too much hears the answer to its end, though the server does not
// read the rest.
func TestTheAnswerToTooMuchIsHeard(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 10)); err != nil {
			http.Error(w, "too much", http.StatusRequestEntityTooLarge)
		}
	}))
	s.Listener = whole.Listener{Listener: s.Listener}
	s.Config.ConnContext = whole.Context
	s.Config.MaxHeaderBytes = 4096
	s.Start()
	t.Cleanup(s.Close)
	for answer, request := range map[string]string{
		"HTTP/1.1 431 ": "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("n", 60_000),
		"HTTP/1.1 413 ": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n" + strings.Repeat("n", 600_000),
	} {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, request) // it may be refused before its end
		heard, err := io.ReadAll(c)
		if err != nil || !strings.HasPrefix(string(heard), answer) {
			t.Errorf("%.40q, %v; want %s", heard, err, answer)
		}
		_ = c.Close()
	}
}
