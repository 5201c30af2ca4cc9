package citation

import "strings"

// divide reads on after an article over the parts of it that are printed apart:
// "article 21, paragraph 2, point (a)" is 21(2)(a).
func (p *parser) divide(l *list) {
	if l.class != "article" {
		return
	}
	for range maxParts {
		k := l.next
		if p.at(k).key == "," {
			k++
		}
		parts, ok := p.partsAt(k)
		if !ok || p.at(l.next).gap >= line || p.at(k).gap >= line {
			return
		}
		p.under(l, parts)
	}
}

// partsAt reads "paragraph 2" or "points (a) and (c)" at token j.
func (p *parser) partsAt(j int) (list, bool) {
	parts := list{from: j}
	class, end, ok := p.noun(j)
	if ok && class != "paragraph" {
		return parts, false
	}
	if !ok {
		if !points[unaccented(p.at(j).key)] {
			return parts, false
		}
		if end = j + 1; p.at(end).key == "." && p.at(end).gap == tight {
			end++
		}
	}
	if t := p.at(end); !ok && t.kind == word && len(t.key) == 1 && t.gap <= space {
		parts.labels = []Label{{Text: p.cut(end, end+1), Start: t.start, End: t.end}}
		parts.next = end + 1 // lit. a NIS2
	}
	if p.at(parts.next).key != ")" || len(parts.labels) == 0 {
		all := list{from: j}
		if p.labels(&all, end); len(all.labels) > len(parts.labels) {
			parts = all
		}
	}
	if len(parts.labels) == 0 {
		return parts, false
	}
	if t := p.at(parts.next); t.key == ")" && t.gap == tight {
		parts.next++ // point a)
	}
	return parts, true
}

// under puts parts behind the last label of a list.
func (p *parser) under(l *list, parts list) {
	last := len(l.labels) - 1
	whole := Label{Start: l.labels[last].Start, End: parts.labels[len(parts.labels)-1].End}
	stem := l.labels[last].Text
	l.labels = l.labels[:last:last]
	for i := range l.labels {
		if l.labels[i].Start == whole.Start {
			l.labels[i].End = whole.End // they are printed in one piece
		}
	}
	for _, part := range parts.labels {
		whole.Text = stem + "(" + strings.Trim(part.Text, `()\`) + ")"
		l.labels = append(l.labels, whole)
	}
	l.next, l.divided = parts.next, true
}

// afterParts is the token that may hand a list to what comes after: behind the
// comma that closes the parts of an article.
func (p *parser) afterParts(l list) int {
	if l.divided && p.at(l.next).key == "," && owners[p.at(l.next+1).key] {
		return l.next + 1
	}
	return l.next
}

// placedAt passes the brackets at token j that say where a text prints what was
// just cited: "norm J (2015 GGE report, para 13)".
func (p *parser) placedAt(j int, agreement string) int {
	if p.at(j).key != "(" || p.at(j).gap >= line || agreement == "" {
		return j
	}
	placed := false
	for k := j + 1; k < j+maxAside && p.at(k).gap < paragraph; k++ {
		if p.at(k).key == ")" {
			if placed {
				return k + 1
			}
			return j
		}
		if n, known := p.known(k); known && n.agreement != agreement {
			return j
		}
		if class, _, ok := p.noun(k); ok {
			if class != "paragraph" {
				return j
			}
			placed = true
		}
	}
	return j
}
