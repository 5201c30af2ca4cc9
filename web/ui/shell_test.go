package ui_test

import (
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/web/ui"
)

func TestOnlyWhoeverEditsLoadsTheScript(t *testing.T) {
	t.Parallel()
	for role, want := range map[account.Role]int{account.Visitor: 0, account.Contributor: 1, account.Editor: 1, account.Admin: 1} {
		f := ui.Frame{Path: "/", Actor: account.Actor{ID: int64(want), Name: "Ada", Role: role}}
		if got := parse(t, ui.Shell(f)).Find(`script[defer][src*="/htmx-"]`).Length(); got != want {
			t.Errorf("role %q: %d scripts, want %d", role, got, want)
		}
		if got := parse(t, ui.Shell(f)).Find(`link[rel=stylesheet][href$="/editing.css"]`).Length(); got != want {
			t.Errorf("role %q: %d style sheets for work, want %d", role, got, want)
		}
	}
}

func TestHeaderKnowsWhoReads(t *testing.T) {
	t.Parallel()
	visitor := parse(t, ui.Shell(ui.Frame{Path: "/gaps"}))
	if got := visitor.Find(".who a").AttrOr("href", ""); got != "/login?next=%2Fgaps" {
		t.Errorf("a visitor signs in at %q", got)
	}
	filtered := parse(t, ui.Shell(ui.Frame{Path: "/initiatives", Permalink: "https://example.org/initiatives?q=a%26b&status=ended"}))
	if got := filtered.Find(".who a").AttrOr("href", ""); got != "/login?next=%2Finitiatives%3Fq%3Da%2526b%26status%3Dended" {
		t.Errorf("signing in leads from a filtered list to %q", got)
	}
	admin := parse(t, ui.Shell(ui.Frame{Path: "/gaps", Actor: account.Actor{ID: 1, Name: "Ada", Role: account.Admin}}))
	if admin.Find(`.who a[href="/admin/accounts"]`).Length() != 1 || admin.Find(`form[method=post][action="/logout"] button`).Length() != 1 {
		t.Error("an administrator misses the accounts or the way out")
	}
}

func TestNavigationMarksWhereOneIs(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, current, value string }{
		{"/initiatives", "/initiatives", "page"}, {"/initiatives/x", "/initiatives", "true"}, {"/initiativesx", "/initiatives", "false"},
	}
	for _, tt := range tests {
		doc := parse(t, ui.Shell(ui.Frame{Path: tt.path}))
		if got := doc.Find(`nav.main a[href="`+tt.current+`"]`).AttrOr("aria-current", ""); got != tt.value {
			t.Errorf("on %s the link has aria-current=%q, want %q", tt.path, got, tt.value)
		}
	}
}

func TestPagesDescribeThemselves(t *testing.T) {
	t.Parallel()
	tests := []struct {
		frame ui.Frame
		want  string
	}{
		{ui.Frame{Title: ui.SiteName}, "The principles of norms"},
		{ui.Frame{Title: "Gaps"}, "Gaps. The principles of norms"},
		{ui.Frame{Title: "MANRS", Description: "Norms for\n routing."}, "Norms for routing."},
		{ui.Frame{Title: "MANRS", Description: strings.Repeat("word, ", 40)}, strings.Repeat("word, ", 25) + "word …"},
	}
	for _, tt := range tests {
		if got := parse(t, ui.Shell(tt.frame)).Find("meta[name=description]").AttrOr("content", ""); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%q describes itself as %q, want %q", tt.frame.Title, got, tt.want)
		}
	}
}

func TestNoticeIsSaid(t *testing.T) {
	t.Parallel()
	doc := parse(t, ui.Shell(ui.Frame{Path: "/", Notice: "Saved <b>x</b>."}))
	if got := strings.TrimSpace(doc.Find("[role=status]").Text()); got != "Saved <b>x</b>." {
		t.Errorf("the notice reads %q", got)
	}
}
