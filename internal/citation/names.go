package citation

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
	return unaccented(t.key)
}

// name is an agreement's name in the text, as a half-open range of tokens.
type name struct {
	from, to  int
	agreement string
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
		if at.ends {
			found = name{from: i, to: j + 1, agreement: at.agreement}
		}
	}
	return found, found.to > i
}
