package citation

import (
	"strings"
	"unicode"
)

type kind uint8

const (
	none   kind = iota // past the end
	word               // starts with a letter; keeps inner hyphens and apostrophes
	number             // starts with an ASCII digit, with the letters stuck to it: 13f
	mark               // one other character
)

// gap is what parts a token from the one before.
type gap uint8

const (
	tight gap = iota
	space
	line
	paragraph
)

// token is a piece of the text; key is its form for comparison: lower case,
// plain quotes, "-" for a hyphen and "–" for every longer dash.
type token struct {
	kind       kind
	gap        gap
	start, end int // code points
	key        string
}

const possessive = "'s"

// isYear reports whether a token is one: the report 2015 of the GGE.
func isYear(t token) bool {
	return t.kind == number && len(t.key) == 4 && (t.key[:2] == "19" || t.key[:2] == "20") && strings.Trim(t.key[2:], "0123456789") == ""
}

// tokens cuts a text up; spaces are kept as gaps only.
func tokens(text []rune) []token {
	var toks []token
	for i := 0; ; {
		g, start := skipSpace(text, i)
		if start >= len(text) {
			return toks
		}
		if len(toks) == 0 {
			g = paragraph
		}
		t := token{gap: g, start: start}
		t.kind, t.end = scan(text, start)
		t.key = key(t.kind, text[t.start:t.end])
		toks = append(toks, t)
		i = t.end
	}
}

// skipSpace returns the first place from i on that is not space and what kind
// of gap was skipped. A backslash before punctuation, as Markdown escapes it,
// is no gap.
func skipSpace(text []rune, i int) (gap, int) {
	g, lines := tight, 0
	for ; i < len(text) && isSpace(text[i]); i++ {
		g = space
		switch text[i] {
		case '\n', '\f', '\v', '\u0085', '\u2028':
			lines++
		case '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				lines++
			}
		case '\u2029':
			lines += 2
		}
	}
	if i+1 < len(text) && text[i] == '\\' && strings.ContainsRune(`()[]#*_.-+&"'`, text[i+1]) {
		i++
	}
	switch {
	case lines > 1:
		g = paragraph
	case lines == 1:
		g = line
	}
	return g, i
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
}

// scan returns the kind and the end of the token that starts at i.
func scan(text []rune, i int) (kind, int) {
	switch r := text[i]; {
	case isDigit(r):
		return number, skipWhile(text, i, func(r rune) bool { return isDigit(r) || isLetter(r) })
	case isLetter(r):
		return word, wordEnd(text, i)
	case isApostrophe(r) && possessiveAt(text, i):
		return word, i + len(possessive)
	default:
		return mark, i + 1
	}
}

func skipWhile(text []rune, i int, ok func(rune) bool) int {
	for i < len(text) && ok(text[i]) {
		i++
	}
	return i
}

func wordEnd(text []rune, start int) int {
	for i := start; ; {
		i = skipWhile(text, i, inWord)
		if elides(text[start:i]) && i+1 < len(text) && isApostrophe(text[i]) && isLetter(text[i+1]) && !possessiveAt(text, i) {
			return i + 1
		}
		if i+1 >= len(text) || !isLetter(text[i+1]) {
			return i
		}
		joins := isHyphen(text[i]) || isApostrophe(text[i]) && !possessiveAt(text, i)
		if !joins {
			return i
		}
		i++
	}
}

// elides reports whether a word is a French one that lost its vowel before an
// apostrophe: l'Appel is two words.
func elides(word []rune) bool {
	switch len(word) {
	case 1:
		return strings.ContainsRune("cdjlmnstCDJLMNST", word[0])
	case 2:
		return strings.EqualFold(string(word), "qu")
	}
	return false
}

// possessiveAt reports whether the apostrophe at i starts a final 's.
func possessiveAt(text []rune, i int) bool {
	if i == 0 || !inWord(text[i-1]) || i+1 >= len(text) || text[i+1] != 's' && text[i+1] != 'S' {
		return false
	}
	return i+2 == len(text) || !inWord(text[i+2])
}

func inWord(r rune) bool {
	return isLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == softHyphen
}

const softHyphen = '\u00ad'

// isLetter leaves out the ordinal signs, which Unicode counts as letters and
// print uses as in "nº 5".
func isLetter(r rune) bool { return unicode.IsLetter(r) && r != 'º' && r != 'ª' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

func isDash(r rune) bool { return '\u2012' <= r && r <= '\u2015' || r == '\u2212' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' }

func key(k kind, text []rune) string {
	if k == mark {
		return string(plain(text[0]))
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < 0x80:
			b.WriteByte(byte(r))
		case r != softHyphen:
			b.WriteRune(plain(r))
		}
	}
	return strings.ToLower(b.String())
}

// accents are the accented letters of names and nouns, with what they are
// compared as: people leave accents out, of capitals above all.
var accents = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "á", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"î", "i", "ï", "i", "í", "i", "ô", "o", "ö", "o", "ó", "o", "ù", "u", "û", "u", "ü", "u", "ú", "u", "ñ", "n", "œ", "oe",
	"\u0300", "", "\u0301", "", "\u0302", "", "\u0308", "", "\u0327", "",
)

// unaccented is a key without accents.
func unaccented(key string) string {
	for i := range len(key) {
		if key[i] >= 0x80 {
			return accents.Replace(key)
		}
	}
	return key
}

// plain folds typographic variants of one character.
func plain(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case isHyphen(r):
		return '-'
	case isDash(r):
		return '–'
	case isApostrophe(r):
		return '\''
	case strings.ContainsRune("“”„‟«»‹›", r):
		return '"'
	}
	return r
}
