package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"normmap/internal/config"
	"normmap/internal/whole"
)

// Limits on what a client may take of the program. They end connections that
// send or read slowly, so that a few of them cannot use it up.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	drainTime         = 10 * time.Second // for requests under way when it stops
)

// webServer is a listener and what serves it.
type webServer struct {
	http   *http.Server
	addr   net.Addr
	failed chan error // gets at most one error
}

// listen opens the address at once, so that one in use is an error before any
// other work is done, and serves h on it.
func (p *program) listen(ctx context.Context, address string, h http.Handler, log *slog.Logger) (*webServer, error) {
	w, err := bind(ctx, address, h, writeTimeout, log)
	if err != nil {
		return nil, p.listenError(address, err)
	}
	return w, nil
}

// bind listens on address and serves h there, each answer within a time.
func bind(ctx context.Context, address string, h http.Handler, within time.Duration, log *slog.Logger) (*webServer, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	w := &webServer{addr: ln.Addr(), failed: make(chan error, 1), http: &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      within,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		// The signal that ends ctx must not cut requests under way.
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		ConnContext: whole.Context,
	}}
	go func() {
		if err := w.http.Serve(whole.Listener{Listener: ln, Early: within / 16}); !errors.Is(err, http.ErrServerClosed) {
			w.failed <- fmt.Errorf("serving %s: %w", address, err)
		}
	}()
	return w, nil
}

func (p *program) listenError(address string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use by another program; stop it, or choose another port: %s serve --listen 127.0.0.1:8081", address, p.name)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this user may not listen on %s; choose a port above 1023", address)
	}
	return fmt.Errorf("listening on %s: %w; choose an address of this machine with --listen", address, err)
}

// drain takes no more connections and waits for the requests under way, for
// drainTime at most.
func (w *webServer) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := w.http.Shutdown(ctx); err != nil {
		_ = w.http.Close()
		return fmt.Errorf("some requests were cut off after %s", drainTime)
	}
	return nil
}

// base is the address of the service as people type it.
func (w *webServer) base(c config.Config) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	return local(w.addr.String())
}

// local is the address of a listener's pages on its own machine.
func local(listener string) string {
	host, port, _ := net.SplitHostPort(listener)
	return (&url.URL{Scheme: "http", Host: reachable(host, port)}).String()
}

// beyondLoopback says whether other machines may reach the listener.
func beyondLoopback(listener string) bool {
	host, _, _ := net.SplitHostPort(listener)
	host = strings.TrimSuffix(strings.ToLower(host), ".") // names of hosts may be written so
	ip := net.ParseIP(host)
	return host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// reachable is host and port of a listener as its own machine reaches it.
func reachable(host, port string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// plainBeyondLoopback tells whether people reach the service over plain http
// from other machines, where browsers do not keep the sign-in cookie.
func plainBeyondLoopback(publicURL string) bool {
	u, err := url.Parse(publicURL)
	return err == nil && u.Scheme == "http" && beyondLoopback(net.JoinHostPort(u.Hostname(), "80"))
}
