package page

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"normmap/web/href"
	"normmap/web/words"
)

// passage is where words stand in the text of a source, or in an earlier one, as
// of a revision at which that was held.
func passage(source string, place int, asOf int64) string {
	if asOf != 0 {
		return href.EarlierText(source, place, asOf)
	}
	return href.SourceText(source, place)
}

var (
	markedLink = regexp.MustCompile(`!?\[((?:\\.|[^\[\]\\])*)\]\([^()\s]*\)`)
	unmarked   = regexp.MustCompile(`\\([\\()\[\]#*_.+&"'$|-])`)
)

// withoutMarks are the words of a line as its source prints them: a text in which
// emphasis and links are marked says them with marks of its own.
func withoutMarks(line string) string {
	if !strings.ContainsAny(line, "[*_\\") {
		return line
	}
	return unmarked.ReplaceAllString(withoutEmphasis([]rune(markedLink.ReplaceAllString(line, "$1"))), "$1")
}

// withoutEmphasis leaves out asterisks and low lines that begin or end something,
// and not those that stand alone, in a word, between two digits or after a backslash.
func withoutEmphasis(line []rune) string {
	var out strings.Builder
	for i, r := range line {
		if r != '*' && r != '_' {
			out.WriteRune(r)
			continue
		}
		before, after := neighbour(line, i, -1), neighbour(line, i, 1)
		escaped := i > 0 && line[i-1] == '\\'
		times := i > 0 && i+1 < len(line) && unicode.IsDigit(line[i-1]) && unicode.IsDigit(line[i+1])
		if escaped || times || unicode.IsSpace(before) && unicode.IsSpace(after) || inWord(before) && inWord(after) && r == '_' {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// neighbour is the next character on one side that is no mark itself, a blank at the
// end.
func neighbour(line []rune, i, step int) rune {
	for i += step; i >= 0 && i < len(line); i += step {
		if line[i] != '*' && line[i] != '_' {
			return line[i]
		}
	}
	return ' '
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// formMarks are marks by which a text tells headings and emphasis apart.
var formMarks = regexp.MustCompile(`(?m)^ {0,3}#{1,6} |\*\*`)

// formPiece is a stretch of a text, or a mark of its form.
type formPiece struct {
	Text string
	Mark bool
}

// formed cuts a text at the marks of its form, of which all stay: they are the
// letters of the document, and only shown more quietly than its words.
func formed(text string) []formPiece {
	var out []formPiece
	at := 0
	for _, m := range formMarks.FindAllStringIndex(text, -1) {
		if m[0] > at {
			out = append(out, formPiece{Text: text[at:m[0]]})
		}
		out, at = append(out, formPiece{text[m[0]:m[1]], true}), m[1]
	}
	if at < len(text) {
		out = append(out, formPiece{Text: text[at:]})
	}
	return out
}

// fileKind is what people call a kind of file.
func fileKind(ctx context.Context, mediaType string) string {
	if known, ok := words.Known(ctx, "source.text.kind."+kindKeys.Replace(mediaType)); ok {
		return known
	}
	return mediaType
}

// kindKeys turns a media type into a name of the catalogue.
var kindKeys = strings.NewReplacer("/", "_", ".", "_", "-", "_")
