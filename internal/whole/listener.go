package whole

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Listener gives connections that are Conns.
type Listener struct {
	net.Listener
	Early time.Duration // how much earlier than asked for a write may give up, a small part of the time that it is given
}

// Accept implements net.Listener.
func (l Listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &Conn{Conn: c, early: l.Early}, nil
}

type key struct{}

// Context is for the ConnContext of an http.Server: it lets Of find the
// connection.
func Context(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, key{}, c)
}

// Of is the connection that a request came on, nil where it is no Conn.
func Of(r *http.Request) *Conn {
	c, _ := r.Context().Value(key{}).(*Conn)
	return c
}
