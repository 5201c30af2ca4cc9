package intake

import "strings"

// common are the commonest words of a language that the others do not have.
var common = map[string]map[string]bool{
	"en": words("the and of to in is that for with our we are by has have this on as from its"),
	"fr": words("le la les des et du que pour dans est une nous avec sur par notre aux qui ont ses"),
	"de": words("der die das und ist nicht wir mit für von auf den des eine unsere werden"),
	"es": words("el los las que por con para una nuestra del se su como más este"),
}

const (
	enoughWords = 5 // that a language must show
	sampled     = 20_000
)

// language guesses the language of a text, "" when it is none that is read or
// too little to tell.
func language(text string) string {
	count := map[string]int{}
	for _, w := range wordsOf.FindAllString(text[:min(len(text), sampled)], -1) {
		w = strings.ToLower(w)
		for l, known := range common {
			if known[w] {
				count[l]++
			}
		}
	}
	best, second := "", ""
	for _, l := range []string{"en", "fr", "de", "es"} {
		switch {
		case best == "" || count[l] > count[best]:
			best, second = l, best
		case second == "" || count[l] > count[second]:
			second = l
		}
	}
	if count[best] < enoughWords || 2*count[best] < 3*count[second] || best != "en" && best != "fr" {
		return ""
	}
	return best
}
