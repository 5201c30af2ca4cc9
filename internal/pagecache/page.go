package pagecache

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strconv"

	"normmap/internal/coding"
)

// Version is everything that a page depends on beside its key.
type Version struct {
	Revision, Names, Epoch int64 // of the record
	Day                    int64 // in UTC, for pages that compare dates with today
}

// Field is a header field of an answer. Its values are given out again and
// again and must not be changed.
type Field struct {
	Name   string
	Values []string
}

// Page is an answer that can be given again. It never changes.
type Page struct {
	Version Version
	Route   string  // pattern of the route that made it
	Fields  []Field // of the answer, but for those of its body
	tag     string
	small   bool                // not worth a coding
	bodies  [coding.Count]*Body // nil where it is not kept in a coding
}

// Body is a page's body in a coding, with the header fields that go with it.
type Body struct {
	Bytes                  []byte
	Tag                    string   // strong entity tag, with its quotes
	ETag, Encoding, Length []string // header fields; no Encoding where there is no coding
}

// smallest is the size from which a coding pays: below it the answer fits into
// one packet anyway.
const smallest = 860

// What a page takes up beside its bytes, about; a test looks.
const (
	overhead  = 300 // with what finds it
	fieldSize = 80  // of a header field, beside its values
	bodySize  = 200 // of a body, beside its bytes
	slack     = 16  // a piece of memory has this part more than was asked for
)

// New makes a page of a body, which is then kept in the coding that was asked
// for first. The entity tag is made of the body alone, so that a page which a
// new version leaves as it was need not be sent again.
func New(v Version, route string, fields []Field, body []byte, as coding.Coding) *Page {
	sum := sha256.Sum256(body)
	p := &Page{Version: v, Route: route, Fields: fields, tag: base64.RawURLEncoding.EncodeToString(sum[:12]), small: len(body) < smallest}
	if p.small {
		as = coding.Identity
	}
	p.bodies[as] = p.body(as, bytes.Clone(coding.Encode(as, body, coding.Quick))) // without the room that a buffer has beyond
	return p
}

func (p *Page) body(c coding.Coding, coded []byte) *Body {
	b := &Body{Bytes: coded, Tag: `"` + p.tag + `"`, Length: []string{strconv.Itoa(len(coded))}}
	if name := c.Name(); name != "" {
		b.Tag, b.Encoding = `"`+p.tag+"-"+name+`"`, []string{name}
	}
	b.ETag = []string{b.Tag}
	return b
}

// in is the body in a coding, and the page with what is worth to be kept of
// that; p itself where nothing has to be added. Without a coding it is made
// anew each time, of a tenth of its size.
func (p *Page) in(c coding.Coding) (*Body, *Page) {
	if p.small {
		c = coding.Identity
	}
	if b := p.bodies[c]; b != nil {
		return b, p
	}
	plain := p.plain()
	if c == coding.Identity {
		return p.body(c, plain), p
	}
	more := *p
	more.bodies[c] = p.body(c, coding.Encode(c, plain, coding.Quick))
	more.bodies[coding.Identity] = nil
	return more.bodies[c], &more
}

func (p *Page) plain() []byte {
	for c, b := range p.bodies {
		if b == nil {
			continue
		}
		plain, err := coding.Decode(coding.Coding(c), b.Bytes)
		if err != nil {
			panic(err) // New has encoded it
		}
		return plain
	}
	return nil // New keeps one
}

// size is how many bytes the page takes up, without its key.
func (p *Page) size() int {
	n := overhead
	for _, f := range p.Fields {
		n += fieldSize
		for _, v := range f.Values {
			n += len(v)
		}
	}
	for _, b := range p.bodies {
		if b != nil {
			n += bodySize + len(b.Bytes) + len(b.Bytes)/slack
		}
	}
	return n
}
