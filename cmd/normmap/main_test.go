package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"normmap/internal/pglocal"
)

// The test binary plays the program: run with this set, it is normmap.
const playProgram = "NORMMAP_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(playProgram) != "" {
		main()
	}
	m.Run()
}

// service is a running normmap serve with a private database.
type service struct {
	cmd       *exec.Cmd
	dir, base string
	setup     string // path of the first administrator's link
	mu        sync.Mutex
	log       strings.Builder
}

// Write notes what the program writes to its error output.
func (s *service) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(b)
}

func (s *service) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// program is the command line args in surroundings of its own.
func program(dir string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DATABASE_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(c.Env, playProgram+"=1", "NORMMAP_DATA_DIR="+dir)
	return c
}

var ready = regexp.MustCompile(`(?s)ready at (\S+) .*First administrator: http://[^/]+(/setup/\S+) `)

func serve(t *testing.T) *service {
	t.Helper()
	s := &service{dir: dataDir(t)}
	s.cmd = program(s.dir, "serve", "--listen", "127.0.0.1:0")
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell starts a job
	s.cmd.Stderr = s
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	var text string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		text += lines.Text() + "\n"
		if m := ready.FindStringSubmatch(text); m != nil {
			s.base, s.setup = m[1], m[2]
			return s
		}
	}
	t.Fatalf("serve ended: %s", s.said())
	return nil
}

// dataDir is a folder that the server's user can enter, in memory if possible.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "normmap-cmd-")
	if err != nil {
		dir, err = os.MkdirTemp("", "normmap-cmd-")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// slowForm is a form that the service has begun to read.
type slowForm struct {
	conn   net.Conn
	answer *bufio.Reader
	rest   string
}

// sendHalf sends the form for the first administrator up to its middle. The
// service asks for the body once a handler reads it, so then it is under way.
func (s *service) sendHalf(t *testing.T) *slowForm {
	t.Helper()
	host := strings.TrimPrefix(s.base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	const password = "a long enough passphrase"
	body := url.Values{"email": {"ada@example.org"}, "name": {"Ada"}, "password": {password}, "password_again": {password}}.Encode()
	f := &slowForm{conn: conn, answer: bufio.NewReader(conn), rest: body[10:]}
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n%s", s.setup, host, len(body), body[:10])
	if line, err := f.answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("the form is not under way: %q %v", line, err)
	}
	if _, err := f.answer.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *slowForm) finish(t *testing.T) *http.Response {
	t.Helper()
	if _, err := io.WriteString(f.conn, f.rest); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(f.answer, nil)
	if err != nil {
		t.Fatalf("the form got no answer: %v", err)
	}
	return res
}

// A form that is being sent when the service is told to stop is still saved and
// answered; then the private server stops too. Ctrl-C is a signal to all
// processes of the job, among which the server must not be.
func TestRequestUnderWayIsFinishedBeforeTheEnd(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(pid int) error{
		"SIGTERM": func(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) },
		"Ctrl-C":  func(pid int) error { return syscall.Kill(-pid, syscall.SIGINT) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			form := s.sendHalf(t)
			if err := stop(s.cmd.Process.Pid); err != nil {
				t.Fatal(err)
			}
			s.awaitClosed(t)
			if res := form.finish(t); res.StatusCode != http.StatusSeeOther {
				t.Errorf("the form is answered with %s", res.Status)
			}
			if err := s.cmd.Wait(); err != nil {
				t.Errorf("the service ended with %v: %s", err, s.said())
			}
			if _, held := pglocal.HeldBy(s.dir); held {
				t.Error("the data directory is still in use")
			}
			if _, err := os.Stat(s.dir + "/data/postmaster.pid"); !os.IsNotExist(err) {
				t.Error("the private server did not stop cleanly")
			}
			out, err := program(s.dir, "user", "list").CombinedOutput()
			if err != nil || !strings.Contains(string(out), "ada@example.org") {
				t.Errorf("the form was not saved: %v %s", err, out)
			}
		})
	}
}

// awaitClosed waits until the service takes no more connections.
func (s *service) awaitClosed(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			return
		}
		_ = conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("the service still takes connections")
		}
	}
}
