package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// connection is one kept-alive HTTP/1.1 connection. It reads no more of an
// answer than it must, so that what is measured is the server.
type connection struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer, if it was to be kept
	head []byte // likewise, its status line and header
	keep bool
}

// askTime bounds one request with its answer.
const askTime = 30 * time.Second

func dial(ctx context.Context, address string) (*connection, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{conn: conn, in: bufio.NewReaderSize(conn, 32<<10)}, nil
}

func (c *connection) close() { _ = c.conn.Close() }

// answer is what is always known of one.
type answer struct {
	status int
	size   int // of status line, header and body, as sent
}

// ask sends a request that is written out in full and reads the answer.
func (c *connection) ask(request []byte) (answer, error) {
	if err := c.conn.SetDeadline(time.Now().Add(askTime)); err != nil {
		return answer{}, err
	}
	if _, err := c.conn.Write(request); err != nil {
		return answer{}, err
	}
	return c.read(bytes.HasPrefix(request, []byte("HEAD ")))
}

func (c *connection) read(bodiless bool) (a answer, err error) {
	c.head, c.body = c.head[:0], c.body[:0]
	length, chunked := 0, false
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return a, fmt.Errorf("reading the answer's header: %w", err)
		}
		a.size += len(line)
		if c.keep {
			c.head = append(c.head, line...)
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first:
			if a.status, err = statusOf(line); err != nil {
				return a, err
			}
		case len(line) == 0:
			if bodiless || a.status == 304 || a.status == 204 {
				return a, nil
			}
			n, err := c.readBody(length, chunked)
			a.size += n
			return a, err
		case field(line, "content-length"):
			if length, err = strconv.Atoi(string(valueOf(line))); err != nil {
				return a, fmt.Errorf("the answer's length is %q", line)
			}
		case field(line, "transfer-encoding"):
			chunked = true
		}
	}
}

func statusOf(line []byte) (int, error) {
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) || len(line) < 12 {
		return 0, fmt.Errorf("the answer begins with %q", line)
	}
	return strconv.Atoi(string(line[9:12]))
}

// field tells whether a line of a header is of this field, given in lower case.
func field(line []byte, name string) bool {
	return len(line) > len(name) && line[len(name)] == ':' && bytes.EqualFold(line[:len(name)], []byte(name))
}

func valueOf(line []byte) []byte {
	_, value, _ := bytes.Cut(line, []byte(":"))
	return bytes.TrimSpace(value)
}

// header is a field of the last answer, which was kept; "" without one.
func (c *connection) header(name string) string {
	for line := range bytes.Lines(c.head) {
		if field(line, name) {
			return string(valueOf(line))
		}
	}
	return ""
}

func (c *connection) readBody(length int, chunked bool) (size int, err error) {
	if !chunked {
		return length, c.take(length)
	}
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return size, fmt.Errorf("reading a chunk: %w", err)
		}
		size += len(line)
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return size, fmt.Errorf("a chunk's length is %q", line)
		}
		if err := c.take(int(n)); err != nil {
			return size, err
		}
		if _, err := c.in.Discard(len("\r\n")); err != nil {
			return size, err
		}
		size += int(n) + len("\r\n")
		if n == 0 {
			return size, nil
		}
	}
}

// take reads a piece of the body, and keeps it if it was asked to.
func (c *connection) take(n int) error {
	if !c.keep {
		_, err := c.in.Discard(n)
		return err
	}
	from := len(c.body)
	c.body = append(c.body, make([]byte, n)...)
	_, err := io.ReadFull(c.in, c.body[from:])
	return err
}

// get is a request for a page, as a browser that knows brotli sends it. Lines
// are further fields of its header.
func get(host, path string, lines ...string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: br\r\n", path, host)
	for _, line := range lines {
		b.WriteString(line + "\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// post is a request with a JSON body in the name of a token.
func post(host, path, token string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, host, token, len(body), body)
	return b.Bytes()
}

// fetched is one whole answer.
type fetched struct {
	answer
	body []byte
	from *connection // for its header
}

// fetch asks once, on a connection of its own.
func fetch(ctx context.Context, address string, request []byte) (fetched, error) {
	c, err := dial(ctx, address)
	if err != nil {
		return fetched{}, err
	}
	defer c.close()
	c.keep = true
	a, err := c.ask(request)
	return fetched{a, c.body, c}, err
}

var errStatus = errors.New("unexpected answer")

// expect is the error of a request that was not answered with the status, nil
// where it was. It names what was asked for and nothing else of the request:
// its header holds a token.
func (a answer) expect(status int, request []byte, err error) error {
	if err == nil && a.status != status {
		err = fmt.Errorf("%w: %d instead of %d", errStatus, a.status, status)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", asked(request), err)
	}
	return nil
}

// asked is the method and the path of a request.
func asked(request []byte) string {
	first, _, _ := bytes.Cut(request, []byte(" HTTP/1.1\r\n"))
	return string(first)
}

// page fetches what must be there.
func page(ctx context.Context, address, path string, lines ...string) (fetched, error) {
	f, err := fetch(ctx, address, get(address, path, lines...))
	if err == nil && f.status != 200 {
		err = fmt.Errorf("%w: %s answers %d: %.200s", errStatus, path, f.status, f.body)
	}
	return f, err
}
