package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"normmap/web/href"
)

// needed is a file that a page has a browser fetch at once.
type needed struct {
	address  string
	style    bool
	script   bool
	blocking bool // the page is not shown before it has run
}

// needs lists the files of a page, each once, in the order of the page.
func needs(page []byte) (all []needed, err error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	for n := range root.Descendants() {
		one, known := needOf(n)
		if known && !slices.ContainsFunc(all, func(o needed) bool { return o.address == one.address }) {
			all = append(all, one)
		}
	}
	return all, nil
}

func needOf(n *html.Node) (needed, bool) {
	if n.Type != html.ElementNode {
		return needed{}, false
	}
	at := map[string]string{}
	for _, a := range n.Attr {
		at[a.Key] = a.Val
	}
	_, deferred := at["defer"]
	_, async := at["async"]
	switch rel := strings.Fields(at["rel"]); {
	case n.Data == "link" && slices.Contains(rel, "stylesheet"):
		return needed{address: at["href"], style: true}, true
	case n.Data == "link" && (slices.Contains(rel, "icon") || slices.Contains(rel, "preload") || slices.Contains(rel, "modulepreload")):
		return needed{address: at["href"]}, true
	case n.Data == "script" && at["src"] != "":
		return needed{address: at["src"], script: true, blocking: !deferred && !async && at["type"] != "module"}, true
	case n.Data == "img" && at["src"] != "" && at["loading"] != "lazy":
		return needed{address: at["src"]}, true
	}
	return needed{}, false
}

// measureWeight adds up what the first view of a page of 25 rows has to load.
// A print style sheet and an icon count too.
func measureWeight(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	path := href.Principle(st.paths.hot())
	f, err := page(ctx, st.kept.Listen, path)
	if err != nil {
		return nil, err
	}
	text, err := st.plain(ctx, path)
	if err != nil {
		return nil, err
	}
	files, err := needs(text)
	if err != nil {
		return nil, err
	}
	kb := func(bytes int) series { return series{float64(bytes) / 1000} }
	withStyle, first, deferred, blocking, requests := len(f.body), len(f.body), 0, 0, 1
	for _, file := range files {
		got, err := page(ctx, st.kept.Listen, file.address)
		if err != nil {
			return nil, err
		}
		requests++
		first += len(got.body)
		switch {
		case file.style:
			withStyle += len(got.body)
		case file.blocking:
			blocking++
		case file.script:
			deferred += len(got.body)
		}
	}
	figures := []figure{
		{name: "HTML", unit: "kB br", ours: kb(len(f.body)), goal: atMost(10)},
		{name: "HTML and CSS", unit: "kB br", ours: kb(withStyle), goal: atMost(14)},
		{name: "first view", unit: "kB", ours: kb(first), goal: atMost(30)},
		{name: "requests of the first view", ours: series{float64(requests)}, goal: atMost(4)},
		{name: "blocking scripts", ours: series{float64(blocking)}, goal: atMost(0)},
		{name: "deferred scripts", unit: "kB", ours: kb(deferred), goal: atMost(20)},
	}
	judged, err := b.lighthouse(ctx, st.kept.Base+path)
	return append(figures, judged...), err
}

// lighthouse has Lighthouse judge a page as on a slow phone, if there is one.
func (b *bench) lighthouse(ctx context.Context, address string) ([]figure, error) {
	figures := []figure{
		{name: "Lighthouse, LCP", unit: "s", goal: atMost(1.2)},
		{name: "Lighthouse, TBT", unit: "ms", goal: atMost(20)},
		{name: "Lighthouse, CLS", goal: atMost(0)},
		{name: "Lighthouse, score", goal: &goal{least: true, value: 99}},
	}
	if b.judge == "" {
		return b.withoutLighthouse(ctx, address, figures)
	}
	c := exec.CommandContext(ctx, b.judge, address, "--output=json", "--quiet", "--only-categories=performance",
		"--chrome-flags=--headless --no-sandbox")
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("lighthouse: %w", err)
	}
	values, err := readLighthouse(out)
	if err != nil {
		return nil, err
	}
	for i, v := range values {
		figures[i].ours = series{v}
	}
	return figures, nil
}

// withoutLighthouse has Chromium alone measure what Lighthouse would. It informs
// and reaches no goal: the goals are about Lighthouse, which simulates the phone
// and counts otherwise.
func (b *bench) withoutLighthouse(ctx context.Context, address string, figures []figure) ([]figure, error) {
	for i := range figures {
		figures[i].note = "NORMMAP_LIGHTHOUSE names no program"
	}
	if b.browser == "" {
		return figures, nil
	}
	var lcp, tbt, cls series
	for range min(b.rounds, 3) {
		p, err := b.onPhone(ctx, address)
		if err != nil {
			return nil, err
		}
		lcp, tbt, cls = append(lcp, p.LCP/1000), append(tbt, p.TBT), append(cls, p.CLS)
	}
	for i, measured := range []series{lcp, tbt, cls} {
		figures = append(figures, figure{name: strings.Replace(figures[i].name, "Lighthouse", "Chromium as a slow phone", 1),
			unit: figures[i].unit, ours: measured, note: "not what Lighthouse says"})
	}
	return figures, nil
}

// readLighthouse is LCP in seconds, TBT in milliseconds, CLS, and the score of
// a hundred.
func readLighthouse(report []byte) (values [4]float64, err error) {
	var r struct {
		Audits     map[string]struct{ NumericValue float64 }
		Categories map[string]struct{ Score *float64 }
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return values, fmt.Errorf("reading the report of lighthouse: %w", err)
	}
	score := r.Categories["performance"].Score
	if score == nil {
		return values, fmt.Errorf("lighthouse gave no score: %.200s", report)
	}
	return [4]float64{r.Audits["largest-contentful-paint"].NumericValue / 1000, r.Audits["total-blocking-time"].NumericValue,
		r.Audits["cumulative-layout-shift"].NumericValue, *score * 100}, nil
}
