package config

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"normmap/internal/pglocal"
)

// Config is everything that was set, checked.
type Config struct {
	DatabaseURL    Secret // "" asks for the private server
	OwnerURL       Secret // who migrates; the same as DatabaseURL unless set
	DataDir        string
	CacheDir       string // of downloads; "" where the user has no such place
	PgBin          string // "" searches the machine, then downloads
	Listen         string // host:port
	MetricsListen  string // host:port on loopback; "" is off
	MetricsDefault bool   // nobody asked for that address, so the service starts without it too
	CacheBytes     int    // for finished pages; 0 keeps none
	PublicURL      string // without a slash at the end; "" takes it from each request
	TrustedProxies []netip.Prefix
	SlowStatement  time.Duration // 0 is off
	StopDelay      time.Duration
}

// Secret is a value that is not to be seen: it prints as [hidden].
type Secret string

// longest is the most that a setting of time may be.
const longest = 5 * time.Minute

const hidden = "[hidden]"

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString hides the value.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// LogValue hides the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Outside is where settings come from.
type Outside struct {
	Flag func(name string) (value string, given bool) // of the command line
	Env  func(name string) string                     // "" is not set
	UID  int                                          // effective; 0 is root
}

// Load reads all settings. An error names the setting, says what is wrong with
// it and what to write instead; it holds no secret.
func Load(from Outside) (Config, error) {
	r := reader{from: from}
	c := Config{
		DatabaseURL: r.database(databaseURL),
		OwnerURL:    r.database(ownerURL),
		DataDir:     r.text(dataDir),
		PgBin:       r.text(pgBin),
		Listen:      r.listen(),
		PublicURL:   r.publicURL(),
	}
	c.MetricsListen, c.MetricsDefault = r.metricsListen()
	c.CacheBytes = r.cacheBytes()
	c.TrustedProxies = r.proxies()
	c.SlowStatement = r.duration(slowStatement, defaultSlowStatement)
	c.StopDelay = r.duration(stopDelay, "0s")
	c.OwnerURL = cmp.Or(c.OwnerURL, c.DatabaseURL)
	c.CacheDir = pglocal.DefaultCacheDir(from.UID, from.Env, from.Env("HOME"))
	if c.DataDir == "" {
		c.DataDir = pglocal.DefaultDir(from.UID, from.Env, from.Env("HOME"))
	}
	if r.err == nil && c.DatabaseURL == "" && c.OwnerURL != "" {
		r.fail(ownerURL, "is set without %s; set both", databaseURL)
	}
	return c, r.err
}

// reader keeps the first problem it meets.
type reader struct {
	from Outside
	err  error
}

func (r *reader) fail(name, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(name+" "+format, args...)
	}
}

// text is the value of a setting, "" when nobody set it. A flag that is given
// counts even when it is empty: so a variable can be overruled.
func (r *reader) text(name string) string {
	s := find(name)
	if s.Flag != "" {
		if v, given := r.from.Flag(s.Flag); given {
			return strings.TrimSpace(v)
		}
	}
	v := strings.TrimSpace(r.from.Env(name))
	file := r.from.Env(name + fileSuffix)
	if !s.Secret || file == "" {
		return v
	}
	if v != "" {
		r.fail(name, "and %s%s are both set; set one of them", name, fileSuffix)
		return ""
	}
	b, err := os.ReadFile(file)
	if err != nil {
		r.fail(name+fileSuffix, "cannot be read: %w", err)
		return ""
	}
	if v = strings.TrimSpace(string(b)); v == "" {
		r.fail(name+fileSuffix, "names %s, which is empty", file)
	}
	return v
}

// database reads an address that pgx and golang-migrate understand alike. The
// value is left out of the error, since a password is in it.
func (r *reader) database(name string) Secret {
	const form = "must be an address like postgres://user:password@host:5432/name"
	v := r.text(name)
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	switch {
	case err != nil:
		r.fail(name, "%s, with special characters in the password written as %%XX", form)
	case u.Scheme != "postgres" && u.Scheme != "postgresql":
		r.fail(name, form)
	case strings.Trim(u.Path, "/") == "":
		r.fail(name, "%s; the name of the database is missing", form)
	}
	return Secret(v)
}

func (r *reader) listen() string {
	v := cmp.Or(r.text(listen), defaultListen)
	_, port, err := net.SplitHostPort(v)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		r.fail(listen, "(flag --listen) is %q; it must be an address and a port, like %s or :8080", v, defaultListen)
	}
	return v
}

// metricsListen takes loopback addresses only: what is served there shows the
// insides of the program, and asks nobody who they are.
func (r *reader) metricsListen() (address string, byDefault bool) {
	v := r.text(metricsListen)
	switch v {
	case "":
		return defaultMetricsListen, true
	case off:
		return "", false
	}
	host, port, err := net.SplitHostPort(v)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if ip := net.ParseIP(host); err != nil || host != "localhost" && !ip.IsLoopback() {
		r.fail(metricsListen, "(flag --metrics-listen) is %q; it must be a loopback address and a port, like %s, or %s", v, defaultMetricsListen, off)
	}
	return v, false
}

func (r *reader) cacheBytes() int {
	v := r.text(cacheBytes)
	if v == "" {
		return defaultCacheBytes
	}
	n, err := strconv.ParseUint(v, 10, 40)
	if err != nil {
		r.fail(cacheBytes, "(flag --cache-bytes) is %q; it must be a whole number of bytes, like %d, or 0", v, defaultCacheBytes)
	}
	return int(n)
}

func (r *reader) publicURL() string {
	v := strings.TrimRight(r.text(publicURL), "/")
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" {
		r.fail(publicURL, "is %q; it must be like https://norms.example.org, without a path", v)
	}
	return v
}

// duration takes what Go writes for times, and a bare 0.
func (r *reader) duration(name, usual string) time.Duration {
	v := cmp.Or(r.text(name), usual)
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 || d > longest {
		r.fail(name, "(flag --%s) is %q; it must be a time like 250ms or 5s, at most %s, or 0", find(name).Flag, v, longest)
		return 0
	}
	return d
}

func (r *reader) proxies() []netip.Prefix {
	var list []netip.Prefix
	for part := range strings.SplitSeq(r.text(trustedProxies), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			r.fail(trustedProxies, "holds %q; it must be networks like 10.0.0.0/8, separated by commas", part)
			return nil
		}
		list = append(list, p)
	}
	return list
}
