package norms_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

func TestLabelSlug(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]string{
		"5": "5", "13(f)": "13-f", "2-1": "2-1", "14(3)": "14-3", " 1 A ": "1-a", "#6": "6", "…": "", "é5": "5", "Norm 5.": "norm-5",
	} {
		if got := norms.LabelSlug(printed); got != want {
			t.Errorf("LabelSlug(%q) = %q, want %q", printed, got, want)
		}
	}
}

func TestRefs(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"paris-call/5", "gcsc@singapore-2018/5", "un-norms/13-f"} {
		r, err := norms.ParseRef(good)
		if err != nil || r.String() != good {
			t.Errorf("%q reads as %q, %v", good, r, err)
		}
	}
	for _, bad := range []string{"", "paris-call", "paris-call/", "/5", "paris-call@/5", "Paris/5", "a/b/c", "a/13(f)", "a@b@c/1"} {
		if r, err := norms.ParseRef(bad); err == nil {
			t.Errorf("%q was read as %v", bad, r)
		}
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("13(f)")
	f.Add("Ünï 5-–a")
	f.Fuzz(func(t *testing.T, s string) {
		slug := norms.LabelSlug(s)
		if norms.LabelSlug(slug) != slug {
			t.Errorf("the slug of %q changes when made again: %q", s, slug)
		}
		if _, err := norms.ParseSlug(slug); err != nil && slug != "" && len(slug) <= norms.MaxSlug {
			t.Errorf("%q made the slug %q: %v", s, slug, err)
		}
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	for _, good := range []norms.Date{"", "2018", "2018-11", "2018-11-12", "2020-02-29"} {
		if !good.Valid() {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []norms.Date{"18", "2018-13", "2018-11-31", "2019-02-29", "12 November 2018", "2018-1-1", "2018-11-12T00:00"} {
		if bad.Valid() {
			t.Errorf("%q is taken for a date", bad)
		}
	}
	if got := norms.Date("2018-02").Last().Format("2006-01-02"); got != "2018-02-28" {
		t.Errorf("last day of 2018-02 is %s", got)
	}
}

func TestWebAddresses(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"https://example.org", "http://example.org/a?b=c#d", "https://[::1]:8080/", "HTTPS://EXAMPLE.ORG/"} {
		if p := norms.WebAddressProblem(good); p != "" {
			t.Errorf("%q: %s", good, p)
		}
	}
	for _, bad := range badAddresses {
		if norms.WebAddressProblem(bad) == "" {
			t.Errorf("%q may be published", bad)
		}
	}
}

// badAddresses must not become a link on any page.
var badAddresses = []string{
	"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x00javascript:alert(1)",
	"data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://example.org", "mailto:a@example.org", "tel:+1", "about:blank", "blob:https://example.org/x",
	"//evil.example/x", "///evil.example", "/path", "path", "?q", "#f", "http://", "https://", "https:///path", "http:example.org", "https:/example.org",
	"https://user@example.org", "https://user:secret@example.org", "https://@example.org", "https://exa mple.org", "https://example.org/a b", "https://example.org/\x7f",
	"https://example.org/\n", "\thttps://example.org", "&#106;avascript:alert(1)", "%6aavascript:alert(1)", "https://:80", "http://%00", "wss://example.org",
	"https://" + strings.Repeat("a", 2000) + ".org",
}

func TestCleanText(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"\xff", "a\x00b", "a\x07b", "\u202eabc", "\u2066abc"} {
		if norms.CleanText(bad) == "" {
			t.Errorf("%q passes", bad)
		}
	}
	if p := norms.CleanText("Ωmega – „quoted“\nsecond line\t…"); p != "" {
		t.Error(p)
	}
}
