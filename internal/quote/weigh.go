package quote

import (
	"math"
	"slices"

	"normmap/internal/norms"
)

// page is a principle as it is compared.
type page struct {
	norms.PrincipleText
	title []word
	says  map[string][]string // the stems of its words, by the keys under which they are met
	named map[string]bool     // the stems of its title
}

// book are the principles of an agreement.
type book struct {
	pages []page
	had   map[string]int // by how many principles, by stem
}

func (s *stems) book(principles []norms.PrincipleText) *book {
	b := &book{had: map[string]int{}}
	for _, p := range principles {
		title, summary := []rune(p.Title), []rune(p.Summary)
		one := page{PrincipleText: p, title: s.words(title, 0, len(title)), says: map[string][]string{}, named: map[string]bool{}}
		for _, w := range one.title {
			one.named[w.keys[0]] = true
		}
		seen := map[string]bool{}
		for _, w := range slices.Concat(one.title, s.words(summary, 0, len(summary))) {
			for _, k := range w.keys {
				if !slices.Contains(one.says[k], w.keys[0]) {
					one.says[k] = append(one.says[k], w.keys[0])
				}
			}
			if stem := w.keys[0]; !seen[stem] {
				seen[stem] = true
				b.had[stem]++
			}
		}
		b.pages = append(b.pages, one)
	}
	return b
}

// rare tells of a stem that few principles have, and that tells one apart.
func (b *book) rare(stem string) bool {
	return !weak[stem] && b.had[stem] <= max(1, len(b.pages)/4)
}

// weight is the more the fewer principles have a stem.
func (b *book) weight(stem string) float64 {
	w := math.Log(1 + float64(len(b.pages))/float64(max(1, b.had[stem])))
	if weak[stem] {
		return w / 4
	}
	return w
}

// fit is what some words share with a principle.
type fit struct {
	page   *page
	score  float64
	rare   int    // words of which few principles have the stem
	titled int    // of these, in the title
	whole  bool   // every telling word of the title
	words  []word // of the source
	share  float64
	passim bool // the title stands there as it is
	exact  bool // nothing but a title of several words stands there
	meant  bool // it is what is cited
}

// titleWeight is how much more the words of a title count: they are few, chosen
// by those who wrote the text, and it is by them that people remember it.
const titleWeight = 2

// fit compares. A word of the source counts once, whatever it shares.
func (b *book) fit(p *page, said []word) fit {
	f := fit{page: p}
	met, counted := map[string]bool{}, map[string]bool{}
	for _, w := range said {
		shared := p.shared(w)
		for _, stem := range shared {
			met[stem] = true
		}
		if len(shared) > 0 {
			f.words = append(f.words, w)
		}
		if len(shared) > 0 && !counted[w.keys[0]] {
			counted[w.keys[0]] = true
			f.count(b, shared)
		}
	}
	f.share = float64(len(f.words)) / float64(max(1, len(said)))
	f.whole = p.whole(met)
	f.passim = f.whole && p.stands(said)
	f.exact = f.passim && len(said) == len(p.title) && len(said) > 1
	return f
}

// shared are the stems of a principle that a word may stand for.
func (p *page) shared(w word) []string {
	var all []string
	for _, k := range w.keys {
		for _, stem := range p.says[k] {
			if !slices.Contains(all, stem) {
				all = append(all, stem)
			}
		}
	}
	return all
}

// count adds a shared word, for the best of what it stands for.
func (f *fit) count(b *book, shared []string) {
	most, rare, titled := 0.0, false, false
	for _, stem := range shared {
		weight := b.weight(stem)
		if f.page.named[stem] {
			weight *= titleWeight
		}
		most = max(most, weight)
		rare = rare || b.rare(stem)
		titled = titled || b.rare(stem) && f.page.named[stem]
	}
	f.score += most
	if rare {
		f.rare++
	}
	if titled {
		f.titled++
	}
}

// whole tells whether all words of a title were met but those that are weak.
func (p *page) whole(met map[string]bool) bool {
	whole := false
	for stem := range p.named {
		if weak[stem] {
			continue
		}
		if !met[stem] {
			return false
		}
		whole = true
	}
	return whole
}

// stands tells whether words have a title in one run.
func (p *page) stands(said []word) bool {
	for i := 0; i+len(p.title) <= len(said); i++ {
		same := true
		for j, w := range p.title {
			same = same && slices.ContainsFunc(said[i+j].keys, func(k string) bool { return slices.Contains(w.keys, k) })
		}
		if same {
			return true
		}
	}
	return false
}

// weak are stems that texts of this field use everywhere; what an agreement
// happens to use once does not tell its principles apart.
var weak = set(`protect prevent help support strengthen promot develop develop ensur take make use user improv work act activ effort secur cyber cybersecur
	digit internet onlin network ict technolog technic inform system state compani organ organiz organis peopl harm damag respons product servic good world
	global public everyon everybodi person carri step mean everi nobodi keep know way need practic aim rule back set let agre order level allow
	cooper nation union european member includ author bodi implement govern privat sector`)
