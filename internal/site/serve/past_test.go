package serve

import (
	"cmp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

// What is not about the past goes through letter for letter; what leads on
// leads to the same revision, whatever its form.
func TestAPastPageIsOtherwiseThePage(t *testing.T) {
	t.Parallel()
	s := &Server{withPast: chi.NewRouter()}
	for _, pattern := range []string{"/", "/agreements", "/agreements/{agreement}", "/initiatives", "/changes", "/gaps"} {
		s.TakesPast(pattern)
	}
	const asked = `<input type="hidden" name="as_of" value="4">`
	tests := []struct{ in, out string }{ // out "" is the same
		{`<!doctype html><A HREF='https://example.org/agreements?a=1&amp;b=2' rel=x>a</A><p title='"'>1 &lt; 2 &copy; <br/><!-- <a href="/changes"> -->`, ""},
		{`<a href="/changes" rel=original>now</a><a rel='original' href="/changes">now</a>`, ""},
		{`<a href="/changes" rel="original">now</a><a href="/changes" rel="nofollow original">now</a>`, ""},
		{`<a href="//example.org/agreements">x</a><a href="mailto:a@example.org">x</a><a name=x>x</a><a href="#main">x</a><a href="">x</a>`, ""},
		{`<a href="/method">x</a><a href="/login?next=%2Fagreements">x</a><a href="/changesets/3">x</a><a href="/agreements/gcsc/history">x</a>`, ""},
		{`<a href="/agreements?as_of=2">x</a><a href="agreements">x</a><a href="/static/site.css">x</a><a href="/nowhere">x</a>`, ""},
		{`<title><a href="/agreements"></title><textarea><a href="/agreements"></textarea><link rel="canonical" href="/agreements">`, ""},
		{`<form method="post" action="/agreements"></form><form method="POST"></form><form action="/login"></form>`, ""},
		{`<a class=b href="/agreements?a=1&amp;b=2">x</a>`, `<a class=b href="/agreements?a=1&amp;as_of=4&amp;b=2">x</a>`},
		{`<a href="/agreements/gcsc#events">x</a>`, `<a href="/agreements/gcsc?as_of=4#events">x</a>`},
		{`<a href="/">x</a><a href="/initiatives.csv?q=%22a%22">x</a>`, `<a href="/?as_of=4">x</a><a href="/initiatives.csv?as_of=4&amp;q=%22a%22">x</a>`},
		{`<a rel=next href="?cursor=abc=">x</a>`, `<a rel="next" href="?as_of=4&amp;cursor=abc%3D">x</a>`},
		{`<a title="&quot;&lt;" data-x='a"b' hidden href=/gaps>x</a>`, `<a title="&#34;&lt;" data-x="a&#34;b" hidden="" href="/gaps?as_of=4">x</a>`},
		{`<a title="say href=" href="/gaps">x</a><a title="say rel=" rel="next" href="/gaps">x</a>`, `<a title="say href=" href="/gaps?as_of=4">x</a><a title="say rel=" rel="next" href="/gaps?as_of=4">x</a>`},
		{`<p data-x="<a href='/agreements'>">x</p><!-- > <form> --><abbr title=a>a < b</abbr><aside><a`, ""},
		{`<form method="get" action="/initiatives"><input></form>`, `<form method="get" action="/initiatives">` + asked + `<input></form>`},
		{`<FORM action='/gaps' method=GET>`, `<FORM action='/gaps' method=GET>` + asked},
		{`<form><form action="">`, `<form>` + asked + `<form action="">` + asked},
	}
	for _, tt := range tests {
		var out strings.Builder
		if err := s.stay(&out, []byte(tt.in), 4); err != nil {
			t.Fatal(err)
		}
		if want := cmp.Or(tt.out, tt.in); out.String() != want {
			t.Errorf("%s\nbecomes %s\nwant    %s", tt.in, out.String(), want)
		}
	}
}
