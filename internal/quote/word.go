package quote

import (
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
)

// word is a word of a text.
type word struct {
	text       string
	start, end int      // in code points of the text
	keys       []string // by which it may be the same as another: the English stem first
}

// stems remembers the stems of words.
type stems struct {
	known map[string][]string
	terms map[string][]term
}

func newStems() *stems {
	s := &stems{known: map[string][]string{}}
	s.terms = s.termList()
	return s
}

// unaccented are the letters of French without accents.
var unaccented = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "œ", "oe", "û", "u", "ü", "u", "ù", "u")

func (s *stems) english(w string) string { return english.Stem(w, false) }

// french is without accents, since English spells the same roots without.
func (s *stems) french(w string) string { return unaccented.Replace(french.Stem(w, false)) }

// of returns the stems of a word in lower case.
func (s *stems) of(w string) []string {
	keys, ok := s.known[w]
	if !ok {
		plain := unaccented.Replace(w)
		keys = []string{s.english(plain), s.french(w), s.french(plain)}
		slices.Sort(keys[1:])
		keys = slices.Compact(keys)
		s.known[w] = keys
	}
	return slices.Clone(keys)
}

// words are those of a stretch of a text that say something.
func (s *stems) words(text []rune, from, to int) []word {
	var all []word
	for i := from; i < to; i++ {
		start := i
		for i < to && (unicode.IsLetter(text[i]) || unicode.IsMark(text[i])) {
			i++
		}
		if i == start {
			continue
		}
		printed := string(text[start:i])
		if i-start <= longest {
			all = append(all, word{printed, start, i, s.of(strings.ToLower(printed))})
		}
	}
	s.markTerms(all)
	return slices.DeleteFunc(all, func(w word) bool { return !w.says() })
}

// longest is the longest word that is looked at.
const longest = 40

// says tells whether a word is more than the mortar of sentences.
func (w word) says() bool {
	if len(w.keys) > 0 && strings.HasPrefix(w.keys[len(w.keys)-1], "=") {
		return true
	}
	return w.end-w.start > 1 && !mortar[unaccented.Replace(strings.ToLower(w.text))]
}

// markTerms gives the words of a term the key of what it says.
func (s *stems) markTerms(all []word) {
	for i := range all {
		var best term
		for _, key := range all[i].keys {
			for _, t := range s.terms[key] {
				if len(t.stems) > len(best.stems) && begins(all[i:], t.stems) {
					best = t
				}
			}
		}
		for j := range best.stems {
			if w := &all[i+j]; !slices.Contains(w.keys, best.key) {
				w.keys = append(w.keys, best.key)
			}
		}
	}
}

func begins(all []word, stems []string) bool {
	if len(all) < len(stems) {
		return false
	}
	for i, s := range stems {
		if !slices.Contains(all[i].keys, s) {
			return false
		}
	}
	return true
}

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

// mortar are the words that every sentence has, those that lead to a citation,
// and the nouns of what is cited; without accents.
var mortar = set(`a an the and or of to in on for with by from at as is are be was were been being it its this that these those which who whom whose
	what where when while than then there here their they them he she his her we our us you your i my not no nor non neither either both any all each every some such same other
	others another more most less least few many much own so too very also only just but if because since until before after during between among through
	into onto over under above below up down out off again further once can could may might must shall should will would do does did doing done have has had having
	about against towards toward upon within without via per etc ie eg see cf one two three first second s t d l

	principle principles norm norms article articles measure measures recommendation recommendations commitment commitments paragraph provision action actions
	agreement agreements accord call calls calling asks ask asking asked says say saying states stating reads read requires require required requiring
	commits commit demands demand concerns concern concerning concerned regarding covers cover titled entitled called named namely known speaks speak deals deal dealing
	forbids forbid prohibits prohibit bans ban text initiative programme program

	le la les un une des du de au aux et ou en dans par pour avec sans sous sur vers chez entre que qui quoi dont quand comme si ne pas plus moins tres aussi
	ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils elles nous vous je tu on se est sont etre ete etait a ont avoir fait faire
	tout toute toutes autre autres meme memes chaque aucun aucune y afin ainsi c j m n qu
	principe principes norme normes engagement engagements mesure mesures recommandation recommandations paragraphe appel appelle demande prevoit exige vise
	interdit concerne concernant relatif relative intitule intitulee dit traite porte texte`)
