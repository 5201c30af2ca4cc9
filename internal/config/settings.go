package config

// Setting is one thing that can be set from outside.
type Setting struct {
	Name    string // environment variable
	Flag    string // command line flag without its dashes; "" when there is none
	Default string // as a person would write it
	Meaning string
	Secret  bool // may come from the file that Name_FILE names; never shown
}

// Names of the settings.
const (
	databaseURL    = "DATABASE_URL"
	ownerURL       = "DATABASE_OWNER_URL"
	dataDir        = "NORMMAP_DATA_DIR"
	pgBin          = "NORMMAP_PG_BIN"
	listen         = "NORMMAP_LISTEN"
	metricsListen  = "NORMMAP_METRICS_LISTEN"
	cacheBytes     = "NORMMAP_CACHE_BYTES"
	publicURL      = "PUBLIC_URL"
	trustedProxies = "TRUSTED_PROXIES"
	slowStatement  = "NORMMAP_SLOW_STATEMENT"
	stopDelay      = "NORMMAP_STOP_DELAY"

	defaultListen = "127.0.0.1:8080"
	// The port of OpenTelemetry's exporters for Prometheus; 9090 is its own,
	// and would keep a Prometheus on this machine from starting.
	defaultMetricsListen = "127.0.0.1:9464"
	// Room for some four thousand pages as they are sent; the whole service then
	// stays well below 128 MiB.
	defaultCacheBytes    = 32 << 20
	defaultSlowStatement = "250ms"
	off                  = "off"
	fileSuffix           = "_FILE"
)

// Settings lists every setting in the order in which people need them.
func Settings() []Setting {
	return []Setting{
		{Name: databaseURL, Flag: "database-url", Default: "a private PostgreSQL", Secret: true,
			Meaning: "address of the database, as in postgres://user:password@host:5432/name"},
		{Name: ownerURL, Default: "DATABASE_URL", Secret: true,
			Meaning: "address of the same database for its owner, who migrates the schema"},
		{Name: dataDir, Flag: "data-dir", Default: "~/.local/share/normmap, for root /var/lib/normmap",
			Meaning: "folder of the private PostgreSQL"},
		{Name: pgBin, Default: "searched on the machine, else downloaded",
			Meaning: "folder with the initdb and postgres that the private PostgreSQL uses"},
		{Name: listen, Flag: "listen", Default: defaultListen,
			Meaning: "address and port that the service listens on"},
		{Name: metricsListen, Flag: "metrics-listen", Default: defaultMetricsListen,
			Meaning: "loopback address and port for /metrics and /debug/pprof, or off"},
		{Name: cacheBytes, Flag: "cache-bytes", Default: "33554432",
			Meaning: "memory for finished pages, in bytes; 0 keeps none"},
		{Name: publicURL, Default: "known on the machine itself only",
			Meaning: "address under which people reach the service, as in https://norms.example.org"},
		{Name: trustedProxies, Default: "none",
			Meaning: "networks of reverse proxies whose X-Forwarded-For is believed, separated by commas"},
		{Name: slowStatement, Flag: "slow-statement", Default: defaultSlowStatement,
			Meaning: "time after which a statement is logged with its plan, or 0 for never"},
		{Name: stopDelay, Flag: "stop-delay", Default: "0s",
			Meaning: "time in which it says that it is not ready, and still answers, before it stops"},
	}
}

func find(name string) Setting {
	for _, s := range Settings() {
		if s.Name == name {
			return s
		}
	}
	panic("no setting " + name) // a test reads every one
}
