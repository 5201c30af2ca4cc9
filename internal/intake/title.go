package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"normmap/internal/pattern"
)

const (
	maxName  = 110 // code points of a title
	maxLabel = 70  // of what stands before a colon or a dash
)

var (
	linkForm  = pattern.New(`!?\[((?:\\.|[^\[\]\\])*)\]\([^()\s]*\)`)
	markForm  = pattern.New(`\s?\[(?:\^[^\]\s]{1,12}|(?:[A-Z]{1,4}[ .-]?)?[0-9]{1,3})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+`)
	emphasis  = pattern.New(`\*\*|__|\*|\x60`)
	escapes   = pattern.New(`\\([\\()\[\]#*_.+&"'$|-])`)
	boldLead  = pattern.New(`^\s*(?:\*\*|__)([^*_]{3,110}?)[.:]?(?:\*\*|__)`)
	leadForm  = pattern.New(`^\s*(?:(?:\*\*|__)[^*_]{3,110}(?:\*\*|__)|[*_][^*_]{3,110}[.:][*_]\s)`)
	namedAs   = pattern.New(`(?i)^(?:initiative|project|programme|program|activity|title|name|measure|case study|case|projet|activité|intitulé|titre|nom|mesure)(?:\s+(?:title|name|n°?\s?\d+|\d+))?\s*[:–-]\s*`)
	countForm = pattern.New(`^\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zA-Z]\)|[0-9]{1,2}(?:\.[0-9]{1,2})+)\s+`)
	shortLead = pattern.New(`^[\p{Lu}\p{N}][^.!?:]*\p{L}{3}$`)
	labelForm = pattern.New(`^([^.:!?]{3,70}?)\s*(?::|\s[–—-])\s+\S`)
	// citingLine begins a line of citations in an item: "Norms:".
	citingLine = pattern.New(`(?i)\n[ \t]*(?:relevant |related |supports|cf\.? |see )*(?:norms?|principles?|agreements?|commitments?|references?|supports|principes?|normes?|engagements?|accords?)\s?(?:\([^)\n]*\))?\s?:`)
	emptyPair  = pattern.New(`\(\s*[,;:&/]*\s*\)|\[\s*\]`)
)

// plain is text without the marks of Markdown, on one line.
func plain(s string) string {
	if !strings.ContainsAny(s, "[*_`\\¹²³⁴⁵⁶⁷⁸⁹⁰") {
		return strings.Join(strings.Fields(s), " ")
	}
	s = linkForm.ReplaceAllString(s, "$1")
	s = markForm.ReplaceAllString(s, "")
	s = emphasis.ReplaceAllString(s, "")
	s = escapes.ReplaceAllString(s, "$1")
	return strings.Join(strings.Fields(s), " ")
}

// titleOf is what a piece of text may be called: what it prints in bold first,
// what stands before its colon or dash, else its first sentence.
func titleOf(text string) string {
	text = boxed.ReplaceAllString(strings.TrimSpace(text), "")
	if m := boldLead.FindStringSubmatch(text); m != nil && boldLeads(m[1]) {
		return clipped(namedAs.ReplaceAllString(plain(m[1]), ""))
	}
	if m := citingLine.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	first, _, _ := strings.Cut(text, "\n")
	if rest := namedAs.ReplaceAllString(plain(first), ""); rest != plain(first) && rest != "" {
		return clipped(rest)
	}
	s := strings.TrimSpace(emptyPair.ReplaceAllString(plain(text), ""))
	if m := labelForm.FindStringSubmatch(s); m != nil && utf8.RuneCountInString(m[1]) <= maxLabel && startsBig(m[1]) && len(strings.Fields(m[1])) <= 9 {
		return m[1]
	}
	return clipped(withoutLead(sentence(s)))
}

// leadWord joins a sentence to those around it.
var leadWord = pattern.New(`(?i)^(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|finally|lastly|last but not least|moreover|furthermore|additionally|in addition|also|besides|premièrement|deuxièmement|troisièmement|enfin|ensuite|de plus|par ailleurs|en outre), +`)

// withoutLead is a sentence that stands by itself: "Firstly, the bank" is The bank.
func withoutLead(s string) string {
	at := leadWord.FindStringIndex(s)
	if at == nil || at[1] == len(s) {
		return s
	}
	first, size := utf8.DecodeRuneInString(s[at[1]:])
	return string(unicode.ToUpper(first)) + s[at[1]+size:]
}

// boxed is the box of a list of things to do.
var boxed = pattern.New(`^\[[ xX]\]\s+`)

// boldLeads tells whether what stands in bold first is a name, not the word for
// one.
func boldLeads(bold string) bool { return !namedAs.MatchString(plain(bold) + ": ") }

func startsBig(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "“\"«'’( "))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// sentence is the first of a text.
func sentence(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if (s[i] == '.' || s[i] == '!' || s[i] == '?') && s[i+1] == ' ' && (i > 15 || shortLead.MatchString(s[:i])) && startsBig(s[i+2:]) {
			return s[:i]
		}
	}
	return strings.TrimRight(s, ".:;, ")
}

// clipped ends a title at a word.
func clipped(s string) string {
	s = strings.Trim(s, " ,;:–—-")
	runes := []rune(s)
	if len(runes) <= maxName {
		return s
	}
	cut := string(runes[:maxName])
	if i := strings.LastIndexByte(cut, ' '); i > maxName/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
