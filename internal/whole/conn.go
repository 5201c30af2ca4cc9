package whole

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// Conn is a connection to a client of HTTP/1. Only the goroutine that answers
// writes to it.
type Conn struct {
	net.Conn
	lines   []byte // that go into the next answer's header, nil for none
	body    int    // bytes that the next answer's body has, if it was announced
	held    *[]byte
	missing int           // bytes of the answer that is held
	until   time.Time     // when a write gives up, zero for never
	forever bool          // it should not, which is arranged when there is one
	early   time.Duration // how much earlier than asked for it may do so
}

// most is the largest body that is held: copying more costs more than writing
// it in pieces does.
const most = 32 << 10

var buffers = sync.Pool{New: func() any { return new(make([]byte, 0, most/2)) }}

// Announce says that the next answer has these lines in its header, each with
// its end, beside those that the server writes; and a body of so many bytes.
// It must be said before the header is written, by whoever then writes the
// answer, which must have a Content-Length.
func (c *Conn) Announce(lines []byte, body int) { c.lines, c.body = lines, body }

// Write implements net.Conn.
func (c *Conn) Write(b []byte) (int, error) {
	if c.forever && !c.until.IsZero() {
		if err := c.setUntil(time.Time{}); err != nil {
			return 0, err
		}
	}
	switch {
	case c.held != nil:
		return c.hold(b)
	case c.lines == nil && c.body == 0:
		return c.Conn.Write(b)
	}
	return c.begin(b)
}

// begin takes the first piece of an answer, in which there is its header.
func (c *Conn) begin(b []byte) (int, error) {
	lines, body := c.lines, c.body
	c.lines, c.body = nil, 0
	status, rest, _ := bytes.Cut(b, lineEnd)
	c.held = buffers.Get().(*[]byte)
	*c.held = append(append(append((*c.held)[:0], status...), lineEnd...), lines...)
	c.missing = 0
	if fields := bytes.Index(rest, headerEnd); fields >= 0 && body <= most {
		c.missing = fields + len(headerEnd) + body
	}
	if _, err := c.hold(rest); err != nil {
		return 0, err
	}
	return len(b), nil
}

var (
	lineEnd   = []byte("\r\n")
	headerEnd = []byte("\r\n\r\n")
)

// hold keeps what belongs to an answer until there is all of it.
func (c *Conn) hold(b []byte) (int, error) {
	*c.held = append(*c.held, b...)
	if c.missing -= len(b); c.missing > 0 {
		return len(b), nil
	}
	held := c.held
	c.held = nil
	_, err := c.Conn.Write(*held)
	buffers.Put(held)
	if err != nil {
		return 0, err
	}
	return len(b), nil
}

// SetWriteDeadline implements net.Conn. A time that is hardly later than the
// one before does not replace it, nor does none until something is written: a
// server sets one and takes it back for every answer, which costs more than it
// is worth.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	if c.forever = t.IsZero(); c.forever {
		return nil
	}
	if after := t.Sub(c.until); after >= 0 && after < c.early && !c.until.IsZero() {
		return nil
	}
	return c.setUntil(t)
}

func (c *Conn) setUntil(t time.Time) error {
	c.until = t
	return c.Conn.SetWriteDeadline(t)
}

// CloseWrite tells the client that nothing more comes. A server of net/http does
// so before it closes a connection on which there is something left to read, as
// after a request that was too large: closed at once, the answer may get lost.
func (c *Conn) CloseWrite() error {
	if under, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return under.CloseWrite()
	}
	return nil
}

// SetDeadline implements net.Conn.
func (c *Conn) SetDeadline(t time.Time) error {
	c.until, c.forever = t, false
	return c.Conn.SetDeadline(t)
}
