package intake

import (
	"strings"

	"normmap/internal/norms"
	"normmap/internal/pattern"
)

// english are French months in English, for dates.
var english = strings.NewReplacer("janvier", "january", "février", "february", "mars", "march", "avril", "april", "mai", "may", "juin", "june",
	"juillet", "july", "août", "august", "septembre", "september", "octobre", "october", "novembre", "november", "décembre", "december", "1er", "1")

func parseDate(text string) norms.Date {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if when, err := norms.ParseDate(text); err == nil {
		return when
	}
	when, err := norms.ParseDate(english.Replace(text))
	if err != nil {
		return ""
	}
	return when
}

// datedWithin is how far from its beginning a document says of which day it is.
const datedWithin = 1500

var (
	dateForm  = pattern.New(`(?i)\b(?:\d{1,2}(?:st|nd|rd|th|er)? ` + months + `,? (?:19|20)\d\d|` + months + ` \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|` + months + ` (?:19|20)\d\d|\d{1,2} (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?:19|20)\d\d|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)\b`)
	partForm  = pattern.New(`(?i)[,·|(–—-] ?(?:le |on |the )?$`) // parts the date from what stands before it
	headForm  = pattern.New(`^[.,;·|–—-] `)
	byForm    = pattern.New(`(?i)\bby\b`)
	sentForm  = pattern.New(`(?i)(?:^date ?:.*|^version [0-9.]+(?:,? (?:of|du))? |^(?:published|publié|issued|adopted)e?(?: on| le)? ?|\bdate\W{1,6}|\b(?:adopted|approved|agreed)(?: (?:in|by|at) [^.]{3,40})?, ?|^[^.]{0,80}\binterview(?:ed)?\b[^.]{0,80}\bon |^(?:contribution|submission|input|answer|response|comments|réponse)\b[^.]*, ?|\b(?:answers?|reply|contribution|submission|letter|comments|réponses?|lettre) (?:of|du) |\b(?:sent|submitted|received|dated|delivered|finali[sz]ed|envoyé|transmis|remis|soumis|daté)e?(?: (?:to|at|in|by|à) [^.]{3,60}?,?)?(?: on| le| du)?[ :]*)$`)
	ofMatters = pattern.New(`(?i)\b(?:status|planned|due|adopted|since|until|completed|started|statut|prévu|depuis)\b`)
)

// columnForm is what parts two things that are printed on one line.
var columnForm = pattern.New(`\S(?: {4,}|\t+)\s*$`)

// placeForm is what stands before the day on which a letter was signed.
var placeForm = pattern.New(`^(?:(?i:fait|done|signed) (?:à|at|in) )?(?:\p{Lu}[\p{L}'’. -]{1,40}, ?)?(?:le |on )?$`)

// dotted is a day as no one prints a month first: 12.10.2023.
var dotted = pattern.New(`^([0-9]{2})\.([0-9]{2})\.([0-9]{4})$`)

// How many words may stand beside the date of a document on its line: a place,
// "Date:"; and before one that ends the line.
const (
	besideDate = 3
	beforeDate = 12
	inTitle    = 30 // the very first line may be a long title
)

// dateOf is the date that stands on a line of its own near the beginning of a
// text, ends a line that is no sentence, stands in brackets in the very first, or
// that the document says it was sent.
func dateOf(text string) norms.Date {
	first := true
	for line := range strings.Lines(text[:min(len(text), datedWithin)]) {
		opening := first
		first = first && strings.TrimSpace(line) == ""
		line = strings.ReplaceAll(line, "_", " ") // which Markdown slants with
		at := dateForm.FindStringIndex(line)
		if at == nil {
			continue
		}
		if column := columnForm.FindStringIndex(line[:at[0]]); column != nil {
			line = line[column[1]:] // a reference may stand at the other end of the line
			at = dateForm.FindStringIndex(line)
		}
		before, after := line[:at[0]], strings.Trim(line[at[1]:], " *_)\r\n")
		if strings.HasSuffix(before, "(") {
			after = strings.TrimRight(after, ".")
		}
		words := len(wordsOf.FindAllString(before+" "+after, -1))
		ends := after == "" && (words <= beforeDate || opening && words <= inTitle) && partForm.MatchString(before)
		begins := strings.Trim(before, "#* ") == "" && headForm.MatchString(after)
		own := !ofMatters.MatchString(line) && (words <= besideDate && !byForm.MatchString(line) || ends || begins && words <= beforeDate)
		aside := opening && strings.HasSuffix(before, "(") && strings.HasPrefix(line[at[1]:], ")") && !ofMatters.MatchString(line)
		if own || aside || sentForm.MatchString(strings.TrimLeft(before, "#*_ ")) {
			return printedDate(line[at[0]:at[1]])
		}
	}
	return signed(text)
}

func printedDate(text string) norms.Date {
	return parseDate(dotted.ReplaceAllString(strings.ReplaceAll(text, ". ", " "), "$3-$2-$1"))
}

const (
	signedWithin = 300 // bytes from the end of a document
	signedLines  = 4   // of them, at its end
)

// signed is the day under which a document ends, as letters and notes do: "Geneva,
// 11 July 2022", on a line of its own.
func signed(text string) norms.Date {
	lines := strings.Split(strings.TrimSpace(text[max(0, len(text)-signedWithin):]), "\n")
	for _, line := range lines[max(1, len(lines)-signedLines):] {
		line = strings.Trim(line, " *_.\t\r")
		at := dateForm.FindStringIndex(line)
		if at == nil || at[1] != len(line) || !placeForm.MatchString(line[:at[0]]) || ofMatters.MatchString(line) {
			continue
		}
		if on := printedDate(line[at[0]:]); len(on) == len("2022-07-11") {
			return on
		}
	}
	return ""
}
