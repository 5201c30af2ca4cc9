package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"

	"normmap/internal/pgtest"
)

// chromium is the browser that all tests share. The testing package hands
// nothing from TestMain to tests, so it is here.
var chromium struct {
	path    string // "" when there is none
	context context.Context
}

func TestMain(m *testing.M) {
	flag.Parse()
	chromium.path = findChromium(os.Getenv)
	if chromium.path == "" {
		if err := flag.Set("test.run", "^TestChromiumIsHere$"); err != nil {
			panic(err)
		}
		pgtest.Main(m)
		return
	}
	stop, err := startChromium(chromium.path)
	if err != nil {
		fmt.Fprintln(os.Stderr, "browser tests:", err)
		os.Exit(1)
	}
	defer stop()
	pgtest.Main(m)
}

// TestChromiumIsHere is the only test that runs without a Chromium.
func TestChromiumIsHere(t *testing.T) {
	t.Parallel()
	if chromium.path != "" {
		return
	}
	const message = "browser tests NOT run: no Chromium found; install it (apt-get install chromium) or name it in NORMMAP_CHROMIUM"
	if os.Getenv("CI") != "" {
		t.Fatal(message)
	}
	t.Log(message)
}

func TestChromiumIsLookedForWhereItWasNamed(t *testing.T) {
	t.Parallel()
	for named, want := range map[string]string{"/no/such/browser": "", chromium.path: chromium.path} {
		if got := findChromium(func(string) string { return named }); got != want {
			t.Errorf("NORMMAP_CHROMIUM=%s finds %q, want %q", named, got, want)
		}
	}
}

// findChromium returns the path of the browser, "" when there is none. One
// that was named is not replaced by another.
func findChromium(env func(string) string) string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	if named := env("NORMMAP_CHROMIUM"); named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// startChromium starts the browser with a profile of its own, which stop
// removes. It has no sandbox: root has none, and it sees no page but ours.
func startChromium(path string) (stop func(), err error) {
	profile, err := os.MkdirTemp("", "normmap-browser-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)
	outer, cancelOuter := chromedp.NewExecAllocator(context.Background(), options...)
	inner, cancelInner := chromedp.NewContext(outer)
	stop = func() {
		cancelInner()
		cancelOuter()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(inner); err != nil {
		stop()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	chromium.context = inner
	return stop, nil
}
