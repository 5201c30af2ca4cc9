package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/app"
	"normmap/internal/pgtest"
)

// The test binary plays the program and the bench's own processes: run with a
// command of theirs, it is them.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(ctx, stop)
		if part := children[os.Args[1]]; part != nil {
			end("bench", part(ctx, os.Args[2:], os.Stdin, os.Stdout))
			return
		}
		os.Exit(app.Main(ctx, os.Args[0], os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
	}
	pgtest.Main(m)
}

func TestMediansAndPercentiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		all              series
		median, p50, p95 float64
	}{
		{nil, 0, 0, 0}, {series{3}, 3, 3, 3}, {series{4, 1}, 2.5, 1, 4}, {series{9, 1, 5}, 5, 5, 9},
		{series{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, 10.5, 10, 19},
	} {
		if got := c.all.median(); got != c.median {
			t.Errorf("the median of %v is %v, not %v", c.all, got, c.median)
		}
		if got := percentile(c.all, .5); got != c.p50 {
			t.Errorf("half of %v are not above %v, not %v", c.all, got, c.p50)
		}
		if got := percentile(c.all, .95); got != c.p95 {
			t.Errorf("95 %% of %v are not above %v, not %v", c.all, got, c.p95)
		}
	}
}

// The verdict is about the ratios of the rounds where the goal is a ratio, and
// about our own figure otherwise.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		f    figure
		want verdict
	}{
		"as fast as it must be":  {figure{ours: series{80, 90, 85}, limit: series{100, 100, 100}, goal: atLeastTimes(.8)}, reached},
		"too slow":               {figure{ours: series{79, 70, 75}, limit: series{100, 100, 100}, goal: atLeastTimes(.8)}, missed},
		"slow beside a slow one": {figure{ours: series{8, 90}, limit: series{10, 100}, goal: atLeastTimes(.8)}, reached},
		"too dear":               {figure{ours: series{15}, limit: series{10}, goal: atMostTimes(1.4)}, missed},
		"cheap":                  {figure{ours: series{14}, limit: series{10}, goal: atMostTimes(1.4)}, reached},
		"small":                  {figure{ours: series{400}, goal: atMost(400)}, reached},
		"large":                  {figure{ours: series{401}, goal: atMost(400)}, missed},
		"none at all":            {figure{ours: series{0}, goal: atMost(0)}, reached},
		"without a limit":        {figure{ours: series{1}, goal: atMostTimes(2)}, unmeasured},
		"without a figure":       {figure{goal: atMost(2)}, unmeasured},
		"without a goal":         {figure{ours: series{1}}, informative},
	} {
		if got := c.f.verdict(); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestProcessesAreReadFromTheirLines(t *testing.T) {
	t.Parallel()
	const fields = " S 7 1 1 0 -1 4194560 100 0 0 0 250 50 6 4 20 0 1 0 100 1000 10"
	for _, name := range []string{"(postgres)", "(a b)", "(odd) 1 (name))"} {
		got, err := parseStat("42 " + name + fields)
		if want := (process{42, 7, 3100 * time.Millisecond}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for _, text := range []string{"", "42", "42 (x) S 7", "x (y)" + fields, "42 (y)" + strings.Replace(fields, "250", "many", 1)} {
		if got, err := parseStat(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestDescendantsAreFound(t *testing.T) {
	t.Parallel()
	all := []process{{pid: 9, parent: 5}, {pid: 1}, {pid: 5, parent: 3}, {pid: 3, parent: 1}, {pid: 4, parent: 1}}
	var got []int
	for _, p := range below(all, 3) {
		got = append(got, p.pid)
	}
	if diff := cmp.Diff([]int{9, 5, 3}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMemoryIsReadInBytes(t *testing.T) {
	t.Parallel()
	const status = "Name:\tx\nVmHWM:\t   20 kB\nVmRSS:\t   12 kB\n"
	if n, err := statusBytes(status, "VmRSS"); err != nil || n != 12288 {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := statusBytes(status, "VmSwap"); err == nil {
		t.Errorf("what is not there is %d", n)
	}
}

func TestPgbenchIsRead(t *testing.T) {
	t.Parallel()
	const said = "number of transactions actually processed: 3000\nlatency average = 1 ms\ntps = 1500.0 (without initial connection time)\n"
	if took, err := parsePgbench(said); err != nil || took != 2*time.Second {
		t.Errorf("%v, %v", took, err)
	}
	if took, err := parsePgbench("pgbench: error"); err == nil {
		t.Errorf("an error is read as %v", took)
	}
}

func TestSizesAndRowsAreChosen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]int{"10000": {10000}, "10000, 100000": {10000, 100000}, "": nil, "many": nil, "5": nil, "100000,10000": nil} {
		got, err := parseSizes(text)
		if diff := cmp.Diff(want, got); (err == nil) != (want != nil) || want != nil && diff != "" {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	chosen, err := choose(table, "304,hot")
	if diff := cmp.Diff([]string{"hot", "304"}, names(chosen)); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := choose(table, "hot,cold"); err == nil {
		t.Error("a row that is not there can be chosen")
	}
}

func TestNextPageAndFilesOfAPage(t *testing.T) {
	t.Parallel()
	const text = `<html><head><link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.svg"><script src="/d.js" defer></script>
		<script src="/b.js"></script><link rel="alternate" href="/x.json"></head><body><a href="/p?cursor=1">first</a>
		<a rel="next" href="/p?a=1&amp;cursor=2#list">next</a><img src="/i.svg"></body></html>`
	if got := nextPage([]byte(text)); got != "/p?a=1&cursor=2" {
		t.Errorf("the next page is %q", got)
	}
	if got := nextPage([]byte("<a href='/p'>")); got != "" {
		t.Errorf("there is a next page: %q", got)
	}
	files, err := needs([]byte(text))
	want := []needed{{address: "/a.css", style: true}, {address: "/i.svg"}, {address: "/d.js", script: true}, {address: "/b.js", script: true, blocking: true}}
	if diff := cmp.Diff(want, files, cmp.AllowUnexported(needed{})); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// A statement without a request is of a job: it counts for no page.
func TestTablesReadWholeAreFoundInTheLog(t *testing.T) {
	t.Parallel()
	l := &slowLines{}
	for _, piece := range []string{`{"msg":"request"}` + "\n" + `{"msg":"slow statement","plan":{"step":"Seq Scan","on":"course"},"read_whole":["course"]}` + "\n" + `{"msg":"slow statement","request":"q2f7","statements":3,"plan":{"step":"Limit"},"read_whole":["li`,
		`nk"]}` + "\n{"} {
		if _, err := l.Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	seen := l.take()
	if len(seen) != 1 || seen[0].Plan == nil || seen[0].Together != 3 {
		t.Fatalf("%+v", seen)
	}
	if diff := cmp.Diff([]string{"link"}, seen[0].Whole); diff != "" {
		t.Error(diff)
	}
}

func TestReportSaysWhatIsMissed(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{"": "missed: Hot page, 32 connections at 10000 links: requests a second",
		"markdown": "| 75 = 0.75 × | 90 = 0.9 × | ≥ 0.8 × | missed at 10,000 |", "json": `"verdict": "missed"`} {
		var out bytes.Buffer
		b := &bench{form: form, out: &out, rounds: 1, each: time.Second, sizes: []int{10_000, 100_000}}
		for i, perSecond := range []float64{75, 90} {
			b.results = append(b.results, result{row: table[3], links: b.sizes[i], figures: []figure{
				{name: "requests a second", ours: series{perSecond}, limit: series{100}, of: "bare", goal: atLeastTimes(.8)},
			}})
		}
		if err := b.report(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q does not say %q:\n%s", form, want, out.String())
		}
		if form == "json" && !json.Valid(out.Bytes()) {
			t.Errorf("this is no JSON: %s", out.String())
		}
	}
}

// A row or a size that cannot be measured is told of, and the others are.
func TestOneThatFailsKeepsNoOtherFromBeingMeasured(t *testing.T) {
	t.Parallel()
	var told bytes.Buffer
	failing := func(name string, err error) row {
		return row{name: name, title: name, measure: func(context.Context, *bench, *stage) ([]figure, error) {
			return []figure{{name: name, ours: series{1}}}, err
		}}
	}
	b := &bench{told: &told, stages: []*stage{{links: 2000}}, missing: []error{errors.New("no record of 10000 links")},
		rows: []row{failing("first", nil), failing("second", errors.New("it broke")), failing("third", nil)}}
	err := b.measure(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no record of 10000 links") || !strings.Contains(err.Error(), `"second" at 2000 links: it broke`) {
		t.Errorf("%v", err)
	}
	if len(b.results) != 2 || b.results[1].row.name != "third" || !strings.Contains(told.String(), "it broke") {
		t.Errorf("%+v; it tells %s", b.results, told.String())
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := b.measure(stopped); !errors.Is(err, context.Canceled) || len(b.results) != 2 {
		t.Errorf("stopped: %v, %d results", err, len(b.results))
	}
}
