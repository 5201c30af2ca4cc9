package site

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// This is as much of RELAX NG as the schema of Atom needs, by the method of
// derivatives: what may follow of a pattern after each piece of a document.

// xmlNode is an element with its content, or text where the name is empty.
type xmlNode struct {
	name  xml.Name
	attrs []xml.Attr
	kids  []*xmlNode
	text  string
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// parseXML reads a document; declarations of namespaces are no attributes.
func parseXML(r io.Reader) (root *xmlNode, prefixes map[string]string, err error) {
	prefixes = map[string]string{"xml": xmlSpace}
	top := &xmlNode{}
	open := []*xmlNode{top}
	for d := xml.NewDecoder(r); ; {
		token, err := d.Token()
		if err == io.EOF && len(top.kids) == 1 {
			return top.kids[0], prefixes, nil
		}
		if err != nil {
			return nil, nil, err
		}
		in := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &xmlNode{name: t.Name}
			for _, a := range t.Attr {
				switch {
				case a.Name.Space == "xmlns":
					prefixes[a.Name.Local] = a.Value
				case a.Name.Local != "xmlns":
					n.attrs = append(n.attrs, a)
				}
			}
			in.kids, open = append(in.kids, n), append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if in != top {
				in.kids = append(in.kids, &xmlNode{text: string(t)})
			}
		}
	}
}

func (n *xmlNode) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && (a.Name.Space == "" || a.Name.Space == xmlSpace) {
			return a.Value
		}
	}
	return ""
}

// children are the elements in n, in n's own namespace.
func (n *xmlNode) children() []*xmlNode {
	var out []*xmlNode
	for _, k := range n.kids {
		if k.name.Local != "" && k.name.Space == n.name.Space {
			out = append(out, k)
		}
	}
	return out
}

func (n *xmlNode) content() string {
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.text)
	}
	return b.String()
}

// pattern is one of: notAllowed, empty, text, data, choice, interleave, group,
// oneOrMore, element, attribute, after, ref.
type pattern struct {
	kind   string
	a, b   *pattern
	name   func(xml.Name) bool // of element and attribute
	allows func(string) bool   // of data
	ref    string
}

var (
	notAllowed = &pattern{kind: "notAllowed"}
	empty      = &pattern{kind: "empty"}
)

// both makes a choice, interleave, group or after and leaves out what says
// nothing.
func both(kind string, a, b *pattern) *pattern {
	switch {
	case kind == "choice" && a == notAllowed, kind == "choice" && a == b:
		return b
	case kind == "choice" && b == notAllowed:
		return a
	case a == notAllowed || b == notAllowed:
		return notAllowed
	case kind != "choice" && kind != "after" && a == empty:
		return b
	case kind != "choice" && kind != "after" && b == empty:
		return a
	}
	return &pattern{kind: kind, a: a, b: b}
}

func oneOrMore(p *pattern) *pattern {
	if p == notAllowed || p == empty {
		return p
	}
	return &pattern{kind: "oneOrMore", a: p}
}

// schema is a grammar: its definitions as they stand, and as patterns.
type schema struct {
	prefixes map[string]string
	defines  map[string]*xmlNode
	made     map[string]*pattern
	ns       string
	start    *pattern
}

func readSchema(t *testing.T, r io.Reader) *schema {
	t.Helper()
	root, prefixes, err := parseXML(r)
	if err != nil {
		t.Fatal(err)
	}
	s := &schema{prefixes: prefixes, defines: map[string]*xmlNode{}, made: map[string]*pattern{}, ns: root.attr("ns")}
	for _, d := range root.children() {
		s.defines[d.attr("name")] = d // start has no name
	}
	s.start = s.define("")
	return s
}

func (s *schema) define(name string) *pattern {
	p, known := s.made[name]
	if !known {
		p = s.group(s.defines[name].children())
		s.made[name] = p
	}
	return p
}

func (s *schema) fold(kind string, list []*xmlNode) *pattern {
	if len(list) == 0 {
		return empty
	}
	p := s.pattern(list[0])
	for _, n := range list[1:] {
		p = both(kind, p, s.pattern(n))
	}
	return p
}

func (s *schema) group(list []*xmlNode) *pattern { return s.fold("group", list) }

func (s *schema) pattern(n *xmlNode) *pattern {
	kids := n.children()
	switch n.name.Local {
	case "group", "choice", "interleave":
		return s.fold(n.name.Local, kids)
	case "optional":
		return both("choice", s.group(kids), empty)
	case "oneOrMore":
		return oneOrMore(s.group(kids))
	case "zeroOrMore":
		return both("choice", oneOrMore(s.group(kids)), empty)
	case "ref":
		return &pattern{kind: "ref", ref: n.attr("name")}
	case "text":
		return &pattern{kind: "text"}
	case "empty":
		return empty
	case "data":
		return &pattern{kind: "data", allows: dataType(n)}
	case "value":
		want := strings.Fields(n.content())
		return &pattern{kind: "data", allows: func(v string) bool { return slices.Equal(strings.Fields(v), want) }}
	case "element", "attribute":
		name, kids := s.names(n, kids)
		content := s.group(kids)
		if n.name.Local == "attribute" && len(kids) == 0 {
			content = &pattern{kind: "text"}
		}
		return &pattern{kind: n.name.Local, name: name, a: content}
	}
	panic("the schema uses " + n.name.Local)
}

// names is which names an element or attribute may have: one in its own
// attribute, or a class that is its first child.
func (s *schema) names(n *xmlNode, kids []*xmlNode) (func(xml.Name) bool, []*xmlNode) {
	if qualified := n.attr("name"); qualified != "" {
		want := s.qualified(qualified, n.name.Local == "element")
		return func(x xml.Name) bool { return x == want }, kids
	}
	return s.class(kids[0]), kids[1:]
}

func (s *schema) qualified(name string, element bool) xml.Name {
	prefix, local, found := strings.Cut(name, ":")
	switch {
	case found:
		return xml.Name{Space: s.prefixes[prefix], Local: local}
	case element:
		return xml.Name{Space: s.ns, Local: name}
	}
	return xml.Name{Local: name}
}

func (s *schema) class(n *xmlNode) func(xml.Name) bool {
	var except []func(xml.Name) bool
	for _, e := range n.children() {
		for _, c := range e.children() {
			except = append(except, s.class(c))
		}
	}
	in := func(xml.Name) bool { return true } // anyName
	switch n.name.Local {
	case "name":
		want := s.qualified(strings.TrimSpace(n.content()), false)
		in = func(x xml.Name) bool { return x == want }
	case "nsName":
		ns := s.ns
		if i := slices.IndexFunc(n.attrs, func(a xml.Attr) bool { return a.Name.Local == "ns" }); i >= 0 {
			ns = n.attrs[i].Value
		}
		in = func(x xml.Name) bool { return x.Space == ns }
	}
	return func(x xml.Name) bool {
		return in(x) && !slices.ContainsFunc(except, func(c func(xml.Name) bool) bool { return c(x) })
	}
}

// dataType is what a piece of data may be: a string with facets, or a moment.
func dataType(n *xmlNode) func(string) bool {
	if n.attr("type") == "dateTime" {
		return func(v string) bool {
			_, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(v))
			return err == nil
		}
	}
	var facets []func(string) bool
	for _, p := range n.children() {
		switch p.attr("name") {
		case "pattern":
			facets = append(facets, regexp.MustCompile("^(?:"+p.content()+")$").MatchString)
		case "minLength":
			least, _ := strconv.Atoi(p.content())
			facets = append(facets, func(v string) bool { return utf8.RuneCountInString(v) >= least })
		}
	}
	return func(v string) bool {
		return !slices.ContainsFunc(facets, func(ok func(string) bool) bool { return !ok(v) })
	}
}
