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
	for _, t := range tokens([]rune(name.Text)) {
		at = at.child(nameKey(t))
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

// translated are words of names as French texts print them.
var translated = map[string]string{"ue": "eu", "reglement": "regulation", "rapport": "report"}

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
	return after.gap <= space && (noun || isNumber(after) || signs[after.key])
}

// known returns the longest known name that starts at token i.
func (p *parser) known(i int) (name, bool) {
	var found name
	at := p.names
	for j := i; j < len(p.toks) && (j == i || p.toks[j].gap < paragraph); j++ {
		at = at.next[nameKey(p.toks[j])]
		if at == nil {
			break
		}
		if at.ends && (j > i || p.spelledOut(i)) {
			found = name{from: i, to: j + 1, agreement: at.agreement}
		}
	}
	if found.agreement != "" {
		found.edition, found.to = p.qualified(found.agreement, found.to)
	}
	return found, found.to > i
}
