package site

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// validate says where a document is not as the schema wants it.
func (s *schema) validate(r io.Reader) error {
	root, _, err := parseXML(r)
	if err != nil {
		return err
	}
	p, err := s.element(s.start, root)
	if err == nil && !s.nullable(p) {
		err = fmt.Errorf("<%s> is not complete", root.name.Local)
	}
	return err
}

func (s *schema) nullable(p *pattern) bool {
	switch p.kind {
	case "empty", "text":
		return true
	case "choice":
		return s.nullable(p.a) || s.nullable(p.b)
	case "group", "interleave":
		return s.nullable(p.a) && s.nullable(p.b)
	case "oneOrMore":
		return s.nullable(p.a)
	case "ref":
		return s.nullable(s.define(p.ref))
	}
	return false
}

// derive is what may follow in p after a piece that at takes out of the leaves
// of p.
func (s *schema) derive(p *pattern, at func(leaf *pattern) *pattern) *pattern {
	again := func(q *pattern) *pattern { return s.derive(q, at) }
	switch p.kind {
	case "choice":
		return both("choice", again(p.a), again(p.b))
	case "interleave":
		return both("choice", put(again(p.a), func(x *pattern) *pattern { return both("interleave", x, p.b) }),
			put(again(p.b), func(x *pattern) *pattern { return both("interleave", p.a, x) }))
	case "group":
		first := put(again(p.a), func(x *pattern) *pattern { return both("group", x, p.b) })
		if s.nullable(p.a) {
			return both("choice", first, again(p.b))
		}
		return first
	case "oneOrMore":
		return put(again(p.a), func(x *pattern) *pattern { return both("group", x, both("choice", p, empty)) })
	case "after":
		return put(again(p.a), func(x *pattern) *pattern { return both("after", x, p.b) })
	case "ref":
		return again(s.define(p.ref))
	}
	return at(p)
}

// put applies f to what follows after an element where one was entered, else to
// p itself.
func put(p *pattern, f func(*pattern) *pattern) *pattern {
	switch p.kind {
	case "after":
		return both("after", p.a, f(p.b))
	case "choice":
		return both("choice", put(p.a, f), put(p.b, f))
	case "notAllowed":
		return p
	}
	return f(p)
}

// element is what may follow in p after the element n.
func (s *schema) element(p *pattern, n *xmlNode) (*pattern, error) {
	p = s.derive(p, func(leaf *pattern) *pattern {
		if leaf.kind == "element" && leaf.name(n.name) {
			return both("after", leaf.a, empty)
		}
		return notAllowed
	})
	if p == notAllowed {
		return nil, fmt.Errorf("<%s> may not stand here", n.name.Local)
	}
	for _, a := range n.attrs {
		if p = s.attribute(p, a); p == notAllowed {
			return nil, fmt.Errorf("<%s> may not have %s=%q", n.name.Local, a.Name.Local, a.Value)
		}
	}
	if p = s.closeTag(p); p == notAllowed {
		return nil, fmt.Errorf("<%s> misses an attribute", n.name.Local)
	}
	p, err := s.inside(p, n)
	if err != nil {
		return nil, fmt.Errorf("<%s>: %w", n.name.Local, err)
	}
	if p = s.leave(p); p == notAllowed {
		return nil, fmt.Errorf("<%s> is not complete", n.name.Local)
	}
	return p, nil
}

// attribute takes an attribute out of p, in which their order does not matter.
func (s *schema) attribute(p *pattern, a xml.Attr) *pattern {
	again := func(q *pattern) *pattern { return s.attribute(q, a) }
	switch p.kind {
	case "after":
		return both("after", again(p.a), p.b)
	case "choice":
		return both("choice", again(p.a), again(p.b))
	case "group", "interleave":
		return both("choice", both(p.kind, again(p.a), p.b), both(p.kind, p.a, again(p.b)))
	case "oneOrMore":
		return both("group", again(p.a), both("choice", p, empty))
	case "ref":
		return again(s.define(p.ref))
	case "attribute":
		if p.name(a.Name) && s.says(p.a, a.Value) {
			return empty
		}
	}
	return notAllowed
}

// closeTag leaves out what wants attributes that did not come.
func (s *schema) closeTag(p *pattern) *pattern {
	switch p.kind {
	case "after":
		return both("after", s.closeTag(p.a), p.b)
	case "choice", "group", "interleave":
		return both(p.kind, s.closeTag(p.a), s.closeTag(p.b))
	case "oneOrMore":
		return oneOrMore(s.closeTag(p.a))
	case "ref":
		return s.closeTag(s.define(p.ref))
	case "attribute":
		return notAllowed
	}
	return p
}

// inside is p after the content of n. Space between elements says nothing.
func (s *schema) inside(p *pattern, n *xmlNode) (*pattern, error) {
	blank := strings.TrimSpace(n.content()) == ""
	elements := false
	for _, k := range n.kids {
		elements = elements || k.name.Local != ""
	}
	if !elements {
		said := s.text(p, n.content())
		if blank {
			said = both("choice", p, said)
		}
		if said == notAllowed {
			return nil, fmt.Errorf("may not say %q", n.content())
		}
		return said, nil
	}
	for _, k := range n.kids {
		var err error
		switch {
		case k.name.Local != "":
			p, err = s.element(p, k)
		case strings.TrimSpace(k.text) != "":
			if p = s.text(p, k.text); p == notAllowed {
				err = fmt.Errorf("may not say %q", k.text)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *schema) text(p *pattern, value string) *pattern {
	return s.derive(p, func(leaf *pattern) *pattern {
		switch {
		case leaf.kind == "text":
			return leaf
		case leaf.kind == "data" && leaf.allows(value):
			return empty
		}
		return notAllowed
	})
}

func (s *schema) says(p *pattern, value string) bool {
	return s.nullable(p) && strings.TrimSpace(value) == "" || s.nullable(s.text(p, value))
}

// leave is what may follow after the element that ends.
func (s *schema) leave(p *pattern) *pattern {
	switch {
	case p.kind == "choice":
		return both("choice", s.leave(p.a), s.leave(p.b))
	case p.kind == "after" && s.nullable(p.a):
		return p.b
	}
	return notAllowed
}
