package web_test

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"normmap/web"
)

var (
	rootBlock = regexp.MustCompile(`(?s):root\{(.*?)\}`)
	colour    = regexp.MustCompile(`--([a-z-]+):#([0-9a-f]{6})(?:;|$)`)
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	channel := func(at int) float64 {
		n, err := strconv.ParseUint(hex[at:at+2], 16, 8)
		if err != nil {
			panic(err) // the pattern allows hexadecimal digits only
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(0) + 0.7152*channel(2) + 0.0722*channel(4)
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// palettes are the colours of the style sheet by name: light, then dark.
func palettes(t *testing.T) []map[string]string {
	t.Helper()
	var all []map[string]string
	for _, block := range rootBlock.FindAllStringSubmatch(get(t, web.Asset("site.css")).Body.String(), 2) {
		p := map[string]string{}
		for _, c := range colour.FindAllStringSubmatch(block[1], -1) {
			p[c[1]] = c[2]
		}
		all = append(all, p)
	}
	if len(all) != 2 || len(all[0]) == 0 || len(all[0]) != len(all[1]) {
		t.Fatalf("expected a light and a dark palette with the same names: %v", all)
	}
	return all
}

func TestColoursAreTellable(t *testing.T) {
	t.Parallel()
	const text, shape = 4.5, 3.0 // WCAG 2.2, success criteria 1.4.3 and 1.4.11
	pairs := []struct {
		front, back string
		least       float64
	}{
		{"ink", "paper", text}, {"ink", "sunk", text}, {"ink", "raised", text},
		{"soft", "paper", text}, {"soft", "sunk", text}, {"soft", "raised", text},
		{"accent", "paper", text}, {"accent", "sunk", text}, {"accent-strong", "paper", text}, {"accent-strong", "sunk", text},
		{"on-accent", "accent", text}, {"on-accent", "accent-strong", text},
		{"amber", "paper", text}, {"amber", "sunk", text}, {"amber", "amber-sunk", text},
		{"good", "paper", text}, {"good", "sunk", text}, {"paper", "good", text},
		{"bad", "paper", text}, {"bad", "sunk", text}, {"bad", "bad-sunk", text}, {"ink", "bad-sunk", text},
		{"edge", "paper", shape}, {"edge", "raised", shape}, {"edge", "sunk", shape}, {"accent", "raised", shape}, {"bad", "raised", shape},
	}
	for i, palette := range palettes(t) {
		for _, p := range pairs {
			if got := contrast(palette[p.front], palette[p.back]); got < p.least {
				t.Errorf("palette %d: %s on %s has %.2f to 1, at least %.1f", i+1, p.front, p.back, got, p.least)
			}
		}
	}
}
