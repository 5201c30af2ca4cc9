package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A slow phone on a slow network, with the figures by which Lighthouse throttles
// a browser: a screen, a processor four times as slow, and slow 4G.
const (
	phoneWidth, phoneHeight = 412, 823
	phoneScale              = 1.75
	slowProcessor           = 4
	slowLatency             = 562.5            // ms of each request
	slowThroughput          = 1474.56e3 / 8    // bytes a second
	phonePatience           = 30 * time.Second // for one page
)

// findChromium is the path of the browser, "" when there is none.
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

// paint is what the browser tells of how a page appeared, in milliseconds.
type paint struct {
	LCP, TBT, CLS float64
}

// watchPaint collects it; what was long before anything was shown blocks nobody.
const watchPaint = `
window.seen = {LCP: 0, TBT: 0, CLS: 0};
let first = Infinity;
const on = (type, f) => new PerformanceObserver(l => l.getEntries().forEach(f)).observe({type, buffered: true});
on("largest-contentful-paint", e => { seen.LCP = e.startTime; });
on("layout-shift", e => { if (!e.hadRecentInput) seen.CLS += e.value; });
on("paint", e => { if (e.name === "first-contentful-paint") first = e.startTime; });
on("longtask", e => { if (e.startTime + e.duration > first) seen.TBT += Math.max(0, e.duration - 50); });`

// onPhone has Chromium show a page as on a slow phone.
func (b *bench) onPhone(ctx context.Context, address string) (p paint, err error) {
	profile, err := os.MkdirTemp("", "normmap-bench-")
	if err != nil {
		return p, err
	}
	defer func() { err = orFirst(err, os.RemoveAll(profile)) }()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(b.browser), chromedp.UserDataDir(profile),
		chromedp.NoSandbox, chromedp.DisableGPU) // root has no sandbox, and it sees no page but ours
	outer, closeOuter := chromedp.NewExecAllocator(ctx, options...)
	defer closeOuter()
	tab, closeTab := chromedp.NewContext(outer)
	defer closeTab()
	if err := chromedp.Do(tab); err != nil {
		return p, fmt.Errorf("starting %s: %w", b.browser, err)
	}
	tab, cancel := context.WithTimeout(tab, phonePatience)
	defer cancel()
	if err := slowDown(tab); err != nil {
		return p, fmt.Errorf("slowing the browser down: %w", err)
	}
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		return p, fmt.Errorf("showing %s: %w", address, err)
	}
	time.Sleep(time.Second) // nothing is painted later
	return chromedp.Run(tab, chromedp.Evaluate[paint]("window.seen"))
}

func slowDown(tab context.Context) error {
	if _, err := chromedp.Call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: phoneWidth, Height: phoneHeight, DeviceScaleFactor: phoneScale, Mobile: true}); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slowProcessor}); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: slowLatency, DownloadThroughput: slowThroughput, UploadThroughput: slowThroughput}}}); err != nil {
		return err
	}
	_, err := chromedp.Call(tab, devtools.AddScriptToEvaluateOnNewDocument, devtools.AddScriptToEvaluateOnNewDocumentParams{Source: watchPaint})
	return err
}
