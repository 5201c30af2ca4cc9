package site

import (
	"encoding/xml"
	"io"
	"strings"
)

// xmlNode is an element with its content, or text where the name is empty.
type xmlNode struct {
	name  xml.Name
	attrs []xml.Attr
	kids  []*xmlNode
	text  string
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// parseXML reads a document; declarations of namespaces are no attributes.
func parseXML(r io.Reader) (*xmlNode, error) {
	top := &xmlNode{}
	open := []*xmlNode{top}
	for d := xml.NewDecoder(r); ; {
		token, err := d.Token()
		if err == io.EOF && len(top.kids) == 1 {
			return top.kids[0], nil
		}
		if err != nil {
			return nil, err
		}
		in := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &xmlNode{name: t.Name}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
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
