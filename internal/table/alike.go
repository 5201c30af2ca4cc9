package table

import (
	"fmt"
	"slices"
	"strings"

	"normmap/internal/norms"
)

// IsNew is what [Mapping.Names] says of a name that looks like a recorded one
// and is another's.
const IsNew = "new"

// legalForms stand behind the names of companies, written in many ways. Names
// that differ by them alone may be one company's, or of two: a person decides.
var legalForms = set("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "gmbh", "mbh", "ag", "kg", "se",
	"sa", "sas", "sasu", "sarl", "srl", "spa", "sl", "bv", "nv", "oy", "oyj", "ab", "as", "asa", "aps", "kk", "pty", "pte", "pvt", "ltda")

// core is what is left of a name without signs, its article and legal form:
// "The Acme Corp." and "ACME, S.A." are both acme. Titles of agreements and
// initiatives have no legal form, and articles within.
func core(kind, name string) string {
	words := joinedLetters(strings.Fields(key(name)))
	words = slices.DeleteFunc(words, func(w string) bool { return w == "and" || w == "et" || w == "und" })
	if kind != "organization" {
		if whole := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return articles[w] }); len(whole) > 0 {
			words = whole
		}
		return strings.Join(words, " ")
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

var articles = set("the", "a", "an", "le", "la", "les")

// joinedLetters puts letters together that stand by themselves: s a is sa.
func joinedLetters(words []string) []string {
	var out []string
	letters := false
	for _, w := range words {
		single := len([]rune(w)) == 1
		if single && letters {
			out[len(out)-1] += w
			continue
		}
		out, letters = append(out, w), single
	}
	return out
}

// likely are the things of a kind whose names look like one that none of them has.
func (k *Record) likely(kind, name string) []norms.Choice {
	if n := k.index(); !n.likened {
		n.likened = true
		for _, c := range k.Alike {
			k.liken(c)
		}
	}
	return k.names.cores[kind+"/"+core(kind, name)]
}

// liken lets a thing be found by a name that looks like its own. It is offered
// once, whatever else it is called.
func (k *Record) liken(c norms.Choice) {
	at := c.Kind + "/" + core(c.Kind, c.Title)
	if same := func(o norms.Choice) bool { return o.Slug == c.Slug }; c.Title != "" && !slices.ContainsFunc(k.names.cores[at], same) {
		k.names.cores[at] = append(k.names.cores[at], c)
	}
}

// add takes a thing in that a row adds: later rows may name the same one in
// another way.
func (k *Record) add(kind, slug string, called ...string) {
	k.learn(kind, slug, called...)
	for _, name := range called {
		k.liken(norms.Choice{Kind: kind, Slug: slug, Title: name})
	}
}

// meant is the thing of a kind that a name means: one that has it, or the one
// that a person said it is; "" is a new one. Ok is false where that has to be
// said first.
func (r *row) meant(kind, field, name string) (slug string, ok bool) {
	if found := r.known.called(kind, name); len(found) > 0 {
		return found[0], len(found) == 1
	}
	said := r.mapping.Names[InOneLine(name)]
	if said == IsNew {
		return "", true
	}
	if found := r.known.called(kind, said); said != "" && len(found) == 1 {
		return found[0], true
	}
	likely := r.known.likely(kind, name)
	if said == "" && len(likely) == 0 {
		return "", true
	}
	if said != "" {
		r.complain(field, "%q is said to be %s, and no %s is recorded under that name", shown(name), said, kind)
	} else {
		r.complain(field, "%q looks like %s: say whether it is the same, or a new one", shown(name), listed(likely))
	}
	if n := len(r.Problems); n > 0 && r.Problems[n-1].Field == field {
		r.Problems[n-1].Likely, r.Problems[n-1].Text = likely, name
	}
	return "", false
}

// listed names things with the names that they have in addresses.
func listed(all []norms.Choice) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = fmt.Sprintf("%s (%s)", c.Title, c.Slug)
	}
	return strings.Join(out, " or ")
}

// Question is a name that looks like those of recorded things.
type Question struct {
	Name   string         `json:"name"`
	Likely []norms.Choice `json:"likely"`
}

// Questions are the names of which has to be said whose they are, each once.
func (r Reading) Questions() []Question {
	var all []Question
	for _, p := range r.Problems() {
		name := InOneLine(p.Text)
		if len(p.Likely) > 0 && !slices.ContainsFunc(all, func(q Question) bool { return q.Name == name }) {
			all = append(all, Question{name, p.Likely})
		}
	}
	return all
}

// InOneLine is a name as [Mapping.Names] has it: forms and shells keep neither
// ends of lines nor blanks that follow each other.
func InOneLine(name string) string { return strings.Join(strings.Fields(name), " ") }
