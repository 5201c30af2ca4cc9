package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// element is a node of an XML document: text when it has no name.
type element struct {
	name     string // without its name space
	attrs    []xml.Attr
	children []*element
	text     string
}

// maxElements bounds a document of many tiny elements.
const maxElements = 2_000_000

// parseXML reads a document; no entity but the five of XML is known, so none
// can expand.
func parseXML(data []byte) (*element, error) {
	root := &element{}
	if len(data) == 0 {
		return root, nil
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	open := []*element{root}
	for n := 0; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: t.Copy().Attr}
			top.children = append(top.children, e)
			open = append(open, e)
			n++
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.children = append(top.children, &element{text: string(t)})
			n++
		}
		if len(open) > maxDepth || n > maxElements {
			return nil, errors.New("it is nested too deep or has too many parts")
		}
	}
}

// attr returns an attribute by its name without name space.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first element of a path of names; nil when there is none.
func (e *element) child(path ...string) *element {
	for _, name := range path {
		var next *element
		for _, c := range e.children {
			if c.name == name {
				next = c
				break
			}
		}
		if next == nil {
			return nil
		}
		e = next
	}
	return e
}

// value returns the attribute val of the element of a path, "" without one.
func (e *element) value(path ...string) string {
	if c := e.child(path...); c != nil {
		return c.attr("val")
	}
	return ""
}

// all visits the elements of a name at any depth.
func (e *element) all(name string, visit func(*element)) {
	for _, c := range e.children {
		if c.name == name {
			visit(c)
		}
		c.all(name, visit)
	}
}

// words is the text in the element.
func (e *element) words() string {
	var b strings.Builder
	e.write(&b)
	return b.String()
}

func (e *element) write(b *strings.Builder) {
	b.WriteString(e.text)
	for _, c := range e.children {
		c.write(b)
	}
}
