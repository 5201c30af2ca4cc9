package synth

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// language is in what words things are described. Templates name lists of
// words in braces.
type language struct {
	tag     string // BCP 47
	percent int    // of organizations that use it
	dense   int    // how many letters of English one character stands for
	space   string // between sentences

	titles, headings, organizations, sentences []string

	words map[string][]string
}

// languages are those of organizations; what they leave over is English.
var languages = []*language{french, spanish, arabic, chinese, portuguese, english}

// places are made up and the same in all languages.
var places = []string{"Verdal", "Ostmark", "Karesh", "Lumina", "Port Ansel", "Tavira Sul", "Nordhaven", "Quellia", "Sambara", "Ilmen", "Corvo Bay",
	"Zarafa", "Belmora", "Kestrel", "Ondara", "Haldun", "Maravel", "Tessaly", "Wyndmoor", "Ruvo", "Almadin", "Pernau", "Sorrel", "Guadera",
	"Esker", "Tilanga", "Monvert", "Dravik", "Ashkar", "Lindero", "Oyana", "Brisk Point", "Calder", "Femund", "Jorvan", "Kiluma", "Nerith",
	"Palanga Oeste", "Sundri", "Yarrow"}

// fill replaces the names of lists in a template by one of their words each.
func (l *language) fill(r *rand.Rand, template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		list := l.words[name]
		if name == "place" {
			list = places
		}
		b.WriteString(one(r, list))
		template = after
	}
}

// text is sentences of at least n letters together.
func (l *language) text(r *rand.Rand, n int) string {
	var sentences []string
	for letters := 0; letters < n; {
		s := l.fill(r, one(r, l.sentences))
		letters += l.dense * utf8.RuneCountInString(s)
		sentences = append(sentences, s)
	}
	return strings.Join(sentences, l.space)
}

// principle is the title of a principle.
func (l *language) principle(r *rand.Rand) string {
	return l.fill(r, one(r, []string{"{Aim} {object}", "{Aim} {object} in {field}", "{Aim} {object} together with {whom}"}))
}
