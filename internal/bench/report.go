package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// result is what was measured for a row at one size.
type result struct {
	row     row
	links   int
	figures []figure
}

// machine is where and when it was measured.
type machine struct {
	Date     string `json:"date"`
	Cores    int    `json:"cores"`
	Memory   int64  `json:"memory_bytes"`
	System   string `json:"system"`
	Go       string `json:"go"`
	Postgres string `json:"postgres"`
	Load     string `json:"load_before"`
}

func thisMachine() (machine, error) {
	m := machine{Date: time.Now().UTC().Format(time.DateOnly), Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return m, err
	}
	if m.Memory, err = statusBytes(string(text), "MemTotal"); err != nil {
		return m, err
	}
	text, err = os.ReadFile("/proc/loadavg")
	m.Load, _, _ = strings.Cut(string(text), " ")
	return m, err
}

func (m machine) String() string {
	return fmt.Sprintf("%s, %d cores, %d GB, %s, %s, PostgreSQL %s, load before %s", m.Date, m.Cores, (m.Memory+1<<29)>>30, m.System, m.Go, m.Postgres, m.Load)
}

// report writes what was measured, and what was missed.
func (b *bench) report() error {
	switch b.form {
	case "json":
		return b.writeJSON(b.out)
	case "markdown":
		return b.writeMarkdown(b.out)
	}
	return b.writeText(b.out)
}

// shown is a figure as people read it: the median, and the least and the most.
func (s series) shown() string {
	switch len(s) {
	case 0:
		return "–"
	case 1:
		return short(s[0])
	}
	return fmt.Sprintf("%s (%s–%s)", short(s.median()), short(s.least()), short(s.most()))
}

// short has three digits that count.
func short(v float64) string {
	if v >= 100 || v <= -100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// cells are what every form of the table shows of a figure.
func (f figure) cells() []string {
	limit, times, aim := "–", "–", "–"
	if len(f.limit) > 0 {
		limit, times = f.limit.shown()+" "+f.of, f.ratio().shown()
	} else if f.of != "" {
		limit = f.of
	}
	if f.goal != nil {
		aim = f.goal.String()
	}
	said := string(f.verdict())
	if f.note != "" {
		said = strings.TrimPrefix(said+"; "+f.note, "; ")
	}
	return []string{f.title(), limit, f.ours.shown(), times, aim, said}
}

// unreached are the goals that are not reached, in words: those that were missed, and
// those of which nobody knows.
func (b *bench) unreached() (all []string) {
	for _, v := range []verdict{missed, unmeasured} {
		for _, r := range b.results {
			for _, f := range r.figures {
				if f.goal != nil && f.verdict() == v {
					all = append(all, fmt.Sprintf("%s: %s at %d links: %s", v, r.row.title, f.at(r), f.name))
				}
			}
		}
	}
	for _, one := range b.failed {
		all = append(all, fmt.Sprintf("%s: %s", unmeasured, one))
	}
	return all
}

func (b *bench) writeText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s; median (least–most) of %d rounds of %s\n", b.machine, b.rounds, b.each)
	title := ""
	for _, r := range b.results {
		if r.row.title != title {
			title = r.row.title
			fmt.Fprintf(t, "\n%s\n", title)
		}
		for _, f := range r.figures {
			fmt.Fprintf(t, "  %d\t%s\n", f.at(r), strings.Join(f.cells(), "\t"))
		}
	}
	fmt.Fprintln(t)
	for _, one := range b.unreached() {
		fmt.Fprintln(t, one)
	}
	return t.Flush()
}

// written is a figure in JSON.
type written struct {
	Row     string  `json:"row"`
	Links   int     `json:"links"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit,omitempty"`
	Ours    series  `json:"ours"`
	Limit   series  `json:"limit,omitempty"`
	Of      string  `json:"limit_is,omitempty"`
	Median  float64 `json:"median"`
	Ratio   float64 `json:"ratio,omitempty"`
	Goal    string  `json:"goal,omitempty"`
	Verdict verdict `json:"verdict,omitempty"`
	Note    string  `json:"note,omitempty"`
}

func (b *bench) writeJSON(w io.Writer) error {
	out := struct {
		Machine machine   `json:"machine"`
		Rounds  int       `json:"rounds"`
		Seconds float64   `json:"seconds"`
		Figures []written `json:"figures"`
	}{b.machine, b.rounds, b.each.Seconds(), []written{}}
	for _, r := range b.results {
		for _, f := range r.figures {
			one := written{Row: r.row.name, Links: f.at(r), Name: f.name, Unit: f.unit, Ours: f.ours, Limit: f.limit, Of: f.of,
				Median: f.ours.median(), Ratio: f.ratio().median(), Verdict: f.verdict(), Note: f.note}
			if f.goal != nil {
				one.Goal = f.goal.String()
			}
			out.Figures = append(out.Figures, one)
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
