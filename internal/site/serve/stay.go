package serve

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"normmap/web/href"
)

// stay rewrites a page about the past so that its links and filters lead to
// pages of the same revision, where those have one. Links that lead to the
// present on purpose say so by rel. Everything else passes letter for letter.
func (s *Server) stay(w io.Writer, page []byte, revision int64) error {
	to, done := s.stayer(revision), 0
	for _, t := range leadingOn(page) {
		for _, part := range [][]byte{page[done:t.begin], to.tag(page[t.begin:t.end])} {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		done = t.end
	}
	_, err := w.Write(page[done:])
	return err
}

// span is a part of a page.
type span struct{ begin, end int }

// leadingOn finds the tags of links and forms. To read all of a page as HTML
// takes longer than to write it, so only its tags are gone through.
func leadingOn(page []byte) []span {
	var found []span
	for at := 0; ; {
		i := bytes.IndexByte(page[at:], '<')
		if i < 0 {
			return found
		}
		begin := at + i
		at = begin + 1
		if bytes.HasPrefix(page[at:], []byte("!--")) {
			at = behind(page, at, "-->")
			continue
		}
		name := tagName(page[at:])
		if len(name) == 0 {
			continue
		}
		at = tagEnd(page, at)
		switch {
		case page[at-1] != '>': // the page ends before the tag does
		case bytes.EqualFold(name, []byte("a")), bytes.EqualFold(name, []byte("form")):
			found = append(found, span{begin, at})
		case holdsText(name):
			at = behind(page, at, "</"+string(name))
		}
	}
}

// holdsText tells whether what looks like a tag within an element is text.
func holdsText(name []byte) bool {
	switch string(name) {
	case "script", "style", "textarea", "title":
		return true
	}
	return false
}

// tagName is the name that begins a tag; what is no tag has none.
func tagName(rest []byte) []byte {
	n := 0
	for n < len(rest) && (rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z' || n > 0 && (rest[n] >= '0' && rest[n] <= '9' || rest[n] == '-')) {
		n++
	}
	return rest[:n]
}

// tagEnd is where a tag ends that goes on at a place. A value in quotes may hold
// what else would end it.
func tagEnd(page []byte, at int) int {
	var quote byte
	for ; at < len(page); at++ {
		switch c := page[at]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return at + 1
		}
	}
	return at
}

// behind is the place behind the next mark, or the end.
func behind(page []byte, at int, mark string) int {
	i := bytes.Index(page[at:], []byte(mark))
	if i < 0 {
		return len(page)
	}
	return at + i + len(mark)
}

// stayer makes what leads on lead to a revision.
type stayer struct {
	withPast *chi.Mux
	revision string
	matching *chi.Context // of one address after the other
}

func (s *Server) stayer(revision int64) stayer {
	return stayer{s.withPast, strconv.FormatInt(revision, 10), chi.NewRouteContext()}
}

// tag is a tag as it has to be on a page about a revision.
func (st stayer) tag(raw []byte) []byte {
	if at, plain := plainLink(raw); plain {
		return st.link(raw, at)
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	if z.Next() != html.StartTagToken {
		return raw
	}
	switch t := z.Token(); t.Data {
	case "a":
		address := attribute(t, "href")
		if address == nil || toPresent(t) {
			return raw
		}
		u := st.past(address.Val)
		if u == nil {
			return raw
		}
		address.Val = withRevision(u, st.revision)
		return []byte(t.String())
	case "form":
		if st.asksPast(t) {
			return fmt.Appendf(bytes.Clone(raw), `<input type="hidden" name="%s" value="%s">`, asOfParameter, st.revision)
		}
	}
	return raw
}

// plainLink finds the address of a link in the form in which pages write them,
// which need not be read as HTML.
func plainLink(raw []byte) (address span, plain bool) {
	if !bytes.HasPrefix(raw, []byte("<a ")) || bytes.IndexByte(raw, '\'') >= 0 || bytes.Contains(raw, []byte(" rel=")) && !bytes.Contains(raw, []byte(` rel="`)) {
		return span{}, false
	}
	if address, plain = quoted(raw, "href"); !plain || within(raw, address) {
		return span{}, false
	}
	if rel, found := quoted(raw, "rel"); found && within(raw, rel) {
		return span{}, false
	}
	return address, true
}

// within says whether what was found as an attribute's value stands in that of
// another one.
func within(tag []byte, value span) bool {
	return bytes.Count(tag[:value.begin], []byte{'"'})%2 == 0
}

// link is such a link as it has to be.
func (st stayer) link(raw []byte, address span) []byte {
	if rel, found := quoted(raw, "rel"); found && slices.Contains(strings.Fields(string(raw[rel.begin:rel.end])), href.RelPresent) {
		return raw
	}
	u := st.past(html.UnescapeString(string(raw[address.begin:address.end])))
	if u == nil {
		return raw
	}
	return slices.Concat(raw[:address.begin], []byte(html.EscapeString(withRevision(u, st.revision))), raw[address.end:])
}

// quoted finds the value of an attribute in a tag that has double quotes only.
func quoted(tag []byte, name string) (value span, found bool) {
	i := bytes.Index(tag, []byte(" "+name+`="`))
	if i < 0 {
		return span{}, false
	}
	begin := i + len(name) + 3
	n := bytes.IndexByte(tag[begin:], '"')
	return span{begin, begin + n}, n >= 0
}

// asksPast tells whether a form asks a page that has a past. Without an address
// it asks the page that it is on; without a method it only asks.
func (st stayer) asksPast(form html.Token) bool {
	if m := attribute(form, "method"); m != nil && !strings.EqualFold(m.Val, "get") {
		return false
	}
	to := attribute(form, "action")
	return to == nil || to.Val == "" || st.past(to.Val) != nil
}

// past is an address of this site that takes as_of and has none yet, or nil.
// One that is only a query is about the page that it stands on.
func (st stayer) past(address string) *url.URL {
	if !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "?") {
		return nil // of another site, or of this page
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host != "" || u.RawQuery != "" && u.Query().Has(asOfParameter):
		return nil
	case u.Path == "":
		if u.RawQuery == "" {
			return nil
		}
		return u
	}
	path, _ := cutSuffix(u.Path)
	st.matching.Reset()
	if !st.withPast.Match(st.matching, http.MethodGet, path) {
		return nil
	}
	return u
}

// HasPast tells whether an address of this site takes as_of and has none yet.
func (s *Server) HasPast(address string) bool { return s.stayer(0).past(address) != nil }

// toPresent tells whether a link leads to the present on purpose.
func toPresent(a html.Token) bool {
	rel := attribute(a, "rel")
	return rel != nil && slices.Contains(strings.Fields(rel.Val), href.RelPresent)
}

func attribute(t html.Token, name string) *html.Attribute {
	for i := range t.Attr {
		if t.Attr[i].Key == name {
			return &t.Attr[i]
		}
	}
	return nil
}
