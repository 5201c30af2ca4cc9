package citation

import "strings"

// node is a place in the tree of known names, one token per step.
type node struct {
	next      map[string]*node
	ends      bool
	agreement string // of the name that ends here; "" when two claim it
}

func (n *node) add(name Name) {
	at := n
	p := &parser{toks: tokens([]rune(name.Text))}
	for j := 0; j < len(p.toks); {
		var keys []string
		keys, j = p.pieces(j)
		for _, key := range keys {
			at = at.child(key)
		}
		j = p.joined(j)
	}
	if at == n {
		return // an empty name would match everywhere
	}
	if at.ends && at.agreement != name.Agreement {
		at.agreement = ""
		return
	}
	at.ends, at.agreement = true, name.Agreement
}

func (n *node) child(key string) *node {
	if n.next == nil {
		n.next = map[string]*node{}
	}
	if n.next[key] == nil {
		n.next[key] = &node{}
	}
	return n.next[key]
}

// nameKey is the key of a token within a name, where all dashes are one and
// accents do not count.
func nameKey(t token) string {
	if t.key == "–" {
		return "-"
	}
	key := unaccented(t.key)
	if english, ok := translated[key]; ok {
		return english
	}
	return key
}

// translated are words of names as French texts print them, and a sign for one.
var translated = map[string]string{"&": "and", "ue": "eu", "reglement": "regulation", "rapport": "report", "operateur": "operator", "operateurs": "operators", "reseau": "network", "reseaux": "networks"}

// walk follows keys; nil is where no name goes.
func (n *node) walk(keys []string) *node {
	for _, key := range keys {
		if n = n.next[key]; n == nil {
			return nil
		}
	}
	return n
}

// pieces are the keys of what stands at token j, and the token after it: names are
// the same with hyphens and with spaces, and U.N. is UN.
func (p *parser) pieces(j int) ([]string, int) {
	key := nameKey(p.toks[j])
	if len(key) == 1 && p.toks[j].kind == word && p.at(j+1).key == "." && p.at(j+1).gap == tight {
		if letters, next := p.initials(j); next > j+2 {
			return []string{letters}, next
		}
	}
	if p.toks[j].kind == word && strings.Contains(key, "-") {
		return strings.Split(key, "-"), j + 1
	}
	return []string{key}, j + 1
}

// initials reads letters that dots part, U.N. or U.N: the letters and the token
// after them.
func (p *parser) initials(j int) (string, int) {
	letters := ""
	for t := p.at(j); t.kind == word && len(t.key) == 1 && (letters == "" || t.gap == tight); t = p.at(j) {
		letters += t.key
		if j++; p.at(j).key != "." || p.at(j).gap != tight {
			break
		}
		j++
	}
	return letters, j
}

// joined passes a dash that joins the words around it.
func (p *parser) joined(j int) int {
	if t := p.at(j); (t.key == "-" || t.key == "–") && t.gap == tight && p.at(j+1).gap == tight {
		return j + 1
	}
	return j
}

// name is an agreement's name in the text, as a half-open range of tokens.
type name struct {
	from, to  int
	agreement string
	edition   string
}

// initials is how many letters of a name are too few to know it by wherever they
// stand: PC.
const initials = 2

// spelledOut reports whether a name of the one token i is known by itself. A
// name of two letters must be capitals with a number or a noun after them.
func (p *parser) spelledOut(i int) bool {
	t := p.toks[i]
	if t.end-t.start > initials {
		return true
	}
	if strings.ToUpper(string(p.text[t.start:t.end])) != string(p.text[t.start:t.end]) {
		return false
	}
	after := p.at(i + 1)
	_, _, noun := p.noun(i + 1)
	return after.gap <= space && (noun || isNumber(after) || signs[after.key]) || p.hyphen(i+1) && isNumber(p.at(i+2))
}

// known returns the longest known name that starts at token i.
func (p *parser) known(i int) (name, bool) {
	var found name
	at := p.names
	for j := i; j < len(p.toks) && (j == i || p.toks[j].gap < paragraph); {
		keys, next := p.pieces(j)
		if at = at.walk(keys); at == nil {
			break
		}
		if at.ends && (next > i+1 || p.spelledOut(i)) {
			found = name{from: i, to: next, agreement: at.agreement}
		}
		j = p.joined(next)
	}
	if found.to == 0 {
		found = p.shortAt(i)
	}
	if found.agreement != "" {
		found.edition, found.to = p.qualified(found.agreement, found.to)
		if found.edition == "" {
			found.edition, found.to = p.setApart(found.agreement, found.to)
		}
		if found.edition == "" {
			found.edition = p.toldBy(found)
		}
		found.to = p.dayAfter(found.to)
	}
	return found, found.to > i
}

// shortAt is the short name at token i that the text gives an agreement.
func (p *parser) shortAt(i int) name {
	if len(p.called) == 0 || p.at(i).kind != word {
		return name{}
	}
	of, ok := p.called[p.cut(i, i+1)]
	if !ok || !p.spelledOut(i) {
		return name{}
	}
	return name{from: i, to: i + 1, agreement: of}
}

// dayAfter passes the day of an agreement behind its name: the Paris Call of 12
// November 2018. Behind a comma it must lead on to numbers.
func (p *parser) dayAfter(j int) int {
	comma := p.at(j).key == ","
	if !owners[p.at(j).key] && !comma || p.at(j).gap >= line {
		return j
	}
	k := j + 1
	if isNumber(p.at(k)) || p.at(k).key == "1er" {
		k++
	}
	if months[unaccented(p.at(k).key)] {
		k++
	} else if k > j+1 || !comma {
		return j
	}
	if !isYear(p.at(k)) {
		return j
	}
	if k++; comma && (!p.opens(k) || !p.isNoun(p.skipTrimmings(k+1))) {
		return j
	}
	return k
}
