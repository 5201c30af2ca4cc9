package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// bare is the limit of what a Go server can do: the standard library's, without
// a router, a log or security headers, that sends the bytes it read from its
// input. It says where it listens and ends with its context.
func bare(ctx context.Context, _ []string, in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	first, err := lines.ReadString('\n')
	if err != nil {
		return fmt.Errorf("reading the length: %w", err)
	}
	length, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return fmt.Errorf("reading the length: %w", err)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(lines, body); err != nil {
		return fmt.Errorf("reading the body: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h["Content-Type"], h["Content-Encoding"], h["Content-Length"] = []string{"text/html; charset=utf-8"}, []string{"br"}, []string{strconv.Itoa(length)}
		_, _ = w.Write(body) // whoever hung up cannot be told
	})}
	go func() {
		_, _ = io.Copy(io.Discard, lines) // it ends with whoever started it
		_ = s.Close()
	}()
	fmt.Fprintln(out, listener.Addr())
	defer context.AfterFunc(ctx, func() { _ = s.Close() })()
	if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// bareServer is one that runs as a process.
type bareServer struct {
	address string
	cmd     *exec.Cmd
	in      io.Closer
}

// child is this program in another part.
func child(ctx context.Context, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, self, args...)
	c.Stderr = os.Stderr
	return c, nil
}

// startBare starts a bare server that sends body.
func startBare(ctx context.Context, body []byte) (*bareServer, error) {
	c, err := child(ctx, "bare")
	if err != nil {
		return nil, err
	}
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("starting a bare server: %w", err)
	}
	s := &bareServer{cmd: c, in: in}
	if _, err := io.Copy(in, io.MultiReader(strings.NewReader(fmt.Sprintf("%d\n", len(body))), bytes.NewReader(body))); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("a bare server did not say where it listens: %w", err), s.stop())
	}
	s.address = strings.TrimSpace(line)
	return s, nil
}

// stop lets the server end, which it does when its input does.
func (s *bareServer) stop() error {
	return errors.Join(s.in.Close(), s.cmd.Wait())
}

// work is the closed loop against the server.
func (s *bareServer) work(connections int) work {
	return work{address: s.address, connections: connections, status: http.StatusOK,
		request: same(get(s.address, "/")), servers: []int{s.cmd.Process.Pid}}
}
