package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

const months = `(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)`

var (
	// future are words that say that something is still to come.
	future = spaced(`(?i)(?:\b(?:upcoming|(?:in|under) preparation|en préparation|forthcoming|planned|scheduled for|will (?:start|begin|open|launch|follow)|(?:(?:we|it|they|and|which|company|organi[sz]ation|government|team|foundation|[A-Z]\w+) (?:will|shall)|(?:we|it|they|I)['’]ll) (?:also |then |soon |be )?(?:launch|publish|release|start|begin|expand|extend|open|introduce|host|hold|adopt|roll|develop|create|establish|join|issue|organi[sz]e|set|train|complete|deploy|conduct|launched|published|released|started|opened|introduced|held|adopted|rolled|developed|extended|deployed|completed|run|offer|appoint|report|review|sign|implement|build|add|make|require|finali[sz]e|pilot|test|enter|go live)\w*|plans? to|(?:we|they) plan (?:an?|the|our|their)\b|planning to|intends? to|is going to|are going to|expects? to|prochainement|prévu(?:e|s|es)?|to (?:start|begin|launch|open|follow|be (?:\w+ed|held|run|built|made|put|set up|sent|shown|given|taught|written)) (?:in|by|from|on)|prévoyons|prévoit|envisage(?:ons)?|compt(?:e|ons) \w+(?:er|ir|re)|(?:ouvri|paraît|publie|lance|commence|débute|entre|forme|organise|adopte|met|accueille|propose|crée|signe|teste|étend)r(?:a|ons|ont)|sera (?:lancé|publié|mis|ouvert|adopté)\w*|seront \w{4,}|(?:allons|va|vont) (?:lancer|publier|mettre|ouvrir|adopter|étendre|former|organiser|créer))|à venir)`)
	// due are dates by which it is to come.
	due  = spaced(`(?i)\b(?:by|before|due(?: in| by)?|(?:planned|scheduled|prévue?s?)(?:,| for| in| pour| en)|no later than|d'ici(?: à)?|d’ici(?: à)?|avant|pour) (?:the |la |le |l')?(?:(?:end|close|fin) (?:of |de |du |d')?)?(?:l['’](an(?: 20\d\d)?)\b|(?:the |this |next |l'|l’|cette |the next )?((?:` + months + ` )?20\d\d|(?:q[1-4]|t[1-4]|(?:(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter of|(?:premier|deuxième|troisième|quatrième|1er|2e|3e|4e) trimestre(?: de)?)) ?20\d\d|(?:year|année)(?: 20\d\d)?|\d{1,2} ` + months + ` 20\d\d|` + months + ` \d{1,2}, 20\d\d|20\d\d-\d\d(?:-\d\d)?)\b)`)
	next = spaced(`(?i)\b(?:next year|l'an prochain|l’an prochain|l'année prochaine|l’année prochaine)\b`)
	// will are words that promise something if its day is still to come.
	will         = spaced(`(?i)\b(?:(?:will|shall|to be|\p{L}+['’]ll) \p{L}+|(?:is|are) (?:to|due|expected|set|meant) (?:to )?\p{L}+|(?:opens?|starts?|begins?|launches|appears?|comes? out|goes? (?:live|online)|takes? place)\b)`)
	willInFrench = spaced(`(?i)\b(?:(?:sera|seront|aura|auront|ouvre|ouvrent|commence|débute|démarre|paraît|sort|entre en|doit|doivent|devrait|devraient)\b|\p{L}{3,}(?:ra|ront|rons)\b)`)
	season       = spaced(`(?i)\b(?:early|mid|late|spring|summer|autumn|fall|winter|(?:first|second) half|printemps|automne|hiver|(?:premier|second) semestre|d[ée]but|fin|rentrée)(?: in| of| de)?[ -](20\d\d)\b`)
	coming       = spaced(`(?i)(?:à (?:partir|compter) de|\b(?:in|en|from|for|for the|in the|from the|au|dès|starting|starting in|as of|courant|on|le|du)) ((?:(?:\d{1,2}(?:er|st|nd|rd|th)? )?` + months + ` )?20\d\d|(?:q[1-4]|t[1-4]|(?:(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter of|(?:premier|deuxième|troisième|quatrième|1er|2e|3e|4e) trimestre(?: de)?)) ?20\d\d)\b`)
)

// spaced is a form whose spaces may be line breaks.
func spaced(form string) *pattern.Pattern {
	return pattern.New(strings.ReplaceAll(form, " ", `\s+`))
}

// Pieces without which neither future nor a date by which something is due can be
// found: looking for them first is much quicker, and most texts have none.
var (
	futureSigns = []string{"will", "shall", "'ll", "’ll", "plan", "to start", "to begin", "to launch", "to open", "to follow", "to be ", "préparation", "preparation", "upcoming", "forthcoming", "scheduled", "intend", "going to", "expect", "venir", "prochain", "prév", "envisage", "compt", "sera", "seront", "allons", "va ", "vont", "ra ", "rons ", "ront "}
	yearSigns   = []string{"year", "ann", "l'an", "l’an"}
)

// yearAhead tells whether a text holds the number of a year that is not before the
// document's.
func (d *document) yearAhead(text string) bool {
	for rest := text; ; rest = rest[1:] {
		at := strings.Index(rest, "20")
		if at < 0 || len(rest) < at+len("2027") {
			return false
		}
		rest = rest[at:]
		if n, err := strconv.Atoi(rest[:len("2027")]); err == nil && n >= d.year() {
			return true
		}
	}
}

func holdsAny(text string, signs []string) bool {
	return slices.ContainsFunc(signs, func(s string) bool { return strings.Contains(text, s) })
}

// promise finds what a stretch says about the future: words of promise, or a
// date by which something is to be done that is not before the document's.
func (d *document) promise(s outline.Span) *Promise {
	text := strings.ReplaceAll(s.Of(d.text), "\n", " ") // lines are folded anywhere
	lower := strings.ToLower(text)
	if box := openBox.FindStringIndex(text); box != nil {
		_, when := d.still(text)
		at := outline.Span{Start: s.Start + box[1] - len("[ ]"), End: s.Start + box[1]}
		return &Promise{Span: d.span(at), Text: at.Of(d.text), Due: when}
	}
	var at, date []int
	var when norms.Date
	if holdsAny(lower, futureSigns) {
		at = future.FindStringIndex(text)
	}
	if holdsAny(lower, yearSigns) || d.yearAhead(text) {
		if at == nil && d.toCome(text) {
			at = d.promising(text)
		}
		date, when = d.due(text, at != nil)
	}
	if at == nil && when == "" {
		return nil
	}
	if at == nil {
		at = date
	}
	found := outline.Span{Start: s.Start + at[0], End: s.Start + at[1]}
	return &Promise{Span: d.span(found), Text: found.Of(d.text), Due: when}
}

// promising is where words promise something, nil where none do. French verbs are
// known by their ends, which English words have too: extra.
func (d *document) promising(text string) []int {
	if at := will.FindStringIndex(text); at != nil || d.language == "en" {
		return at
	}
	return willInFrench.FindStringIndex(text)
}

// openBox begins an item of a list of things to do that is not done.
var openBox = pattern.New(`^\W{0,3}\s*\[ \]`)

// due finds the date of a promise; a bare year counts only where other words
// promise something, and only if it is still to come.
func (d *document) due(text string, promised bool) ([]int, norms.Date) {
	if m := due.FindStringSubmatchIndex(text); m != nil {
		date := m[2:4]
		if date[0] < 0 {
			date = m[4:6]
		}
		if when := d.dateIn(text[m[0]:m[1]], text[date[0]:date[1]]); d.ahead(when) {
			return m[:2], d.exact(text, when)
		}
	}
	if m := next.FindStringIndex(text); m != nil && d.year() > 0 {
		return m, d.exact(text, norms.Date(strconv.Itoa(d.year()+1)))
	}
	if promised {
		return d.still(text)
	}
	return nil, ""
}

// still finds a date that is not before the document's.
func (d *document) still(text string) ([]int, norms.Date) {
	if d.dated == "" {
		return nil, ""
	}
	for _, form := range []*pattern.Pattern{coming, season} {
		for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
			if when := d.dateIn(text[m[0]:m[1]], text[m[2]:m[3]]); d.ahead(when) {
				return m[:2], d.exact(text, when)
			}
		}
	}
	return nil, ""
}

// ahead tells whether a date is not before the document's, as far as both are known.
func (d *document) ahead(when norms.Date) bool {
	n := min(len(when), len(d.dated))
	return when != "" && when[:n] >= d.dated[:n]
}

// exact is the first date of a text in the year that it promises something for, if it
// says more than that: "In 2027 we will begin; the first appears in May 2027".
func (d *document) exact(text string, when norms.Date) norms.Date {
	if len(when) != len("2027") {
		return when
	}
	for _, m := range dateForm.FindAllString(text, -1) {
		if more := parseDate(m); strings.HasPrefix(string(more), string(when)+"-") && d.ahead(more) {
			return more
		}
	}
	return when
}

// toCome tells whether a text names a date that is still to come.
func (d *document) toCome(text string) bool {
	_, when := d.still(text)
	return when != ""
}

// plansForm is what a heading over several things says that are all to come.
var plansForm = pattern.New(`(?i)^(?:our |the )?plans?$|^(?:our |the )?plans (?:for|until)\b|\bplanned\b|\bupcoming\b|\bforthcoming\b|\bfuture (?:work|plans|projects|activities|initiatives|steps)\b|^what .*\bplan\b|^(?:what(?:['’]s| is| comes| will come)? )?(?:coming )?(?:up )?next(?: year)?\W*$|^coming (?:soon|up)\b|\bin (?:preparation|the pipeline)\b|\b(?:still )?to come$|^(?:our )?roadmap$|^outlook$|\bà venir\b|\bprévue?s\b|\bprojets futurs\b|\ben préparation\b|^ce qui (?:vient|viendra)$|^ce que nous (?:préparons|prévoyons|ferons)\b|^prochaines? (?:étapes|années?|actions|projets)\b`)

// underPlans takes the heading over an entry as a promise, if it makes one, for
// the day that the entry names.
func (d *document) underPlans(heading int, body string) *Promise {
	var at []int
	var title outline.Span
	for h := heading; h >= 0 && at == nil; h = d.over[h] {
		title = d.blocks[h].Body
		if at = plansForm.FindStringIndex(title.Of(d.text)); d.blocks[h].Question {
			return nil
		}
	}
	if at == nil {
		return nil
	}
	found := outline.Span{Start: title.Start + at[0], End: title.Start + at[1]}
	_, when := d.still(body)
	return &Promise{Span: d.span(found), Text: found.Of(d.text), Due: when}
}

// whenColumn is what the head of a column says whose cells say since when something is.
var whenColumn = pattern.New(`(?i)^\W*(?:status|state|since|start(?:s|ed)?|launch(?:ed)?|when|dates?|period|état|statut|depuis|début|lancement|date|période|calendrier)\b`)

// plannedInRow takes a day that is still to come, in a column that says since when things
// are, as a promise.
func (d *document) plannedInRow(i int) *Promise {
	h := d.header(i)
	if h < 0 || d.dated == "" {
		return nil
	}
	for c, cell := range d.blocks[i].Cells {
		if c >= len(d.blocks[h].Cells) || !whenColumn.MatchString(plain(d.blocks[h].Cells[c].Of(d.text))) {
			continue
		}
		when := d.beginning(cell.Of(d.text))
		if n := min(len(when), len(d.dated)); n > 0 && when[:n] > d.dated[:n] {
			return &Promise{Span: d.span(cell), Text: cell.Of(d.text), Due: when}
		}
	}
	return nil
}

// beginning is the one day that a cell names, perhaps behind "from", "" for none.
func (d *document) beginning(cell string) norms.Date {
	return parseDate(sinceForm.ReplaceAllString(plain(cell), ""))
}

var sinceForm = pattern.New(`(?i)^(?:from|since|in|starting|as of|depuis|dès|à partir de|en)\s+`)

// year is the one of the document, 0 when it is not known.
func (d *document) year() int {
	if len(d.dated) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(string(d.dated[:4]))
	return n
}

var quarterForm = pattern.New(`(?i)^(?:[qt]([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter of|(premier|deuxième|troisième|quatrième|1er|2e|3e|4e) trimestre(?: de)?) ?(20\d\d)$`)

// dateIn reads the date of a phrase: the end of the year is the document's.
func (d *document) dateIn(phrase, date string) norms.Date {
	date = strings.Join(strings.Fields(date), " ")
	lower := strings.ToLower(date)
	if word, year, found := strings.Cut(lower, " "); found && (word == "year" || word == "année" || word == "an") {
		return parseDate(year)
	}
	if lower == "year" || lower == "année" || lower == "an" {
		year := d.year()
		if year == 0 {
			return ""
		}
		if strings.Contains(strings.ToLower(phrase), "next") {
			year++
		}
		return norms.Date(strconv.Itoa(year))
	}
	if m := quarterForm.FindStringSubmatch(date); m != nil {
		quarter, _ := strconv.Atoi(m[1])
		for i, words := range [][]string{{"first", "1st", "premier", "1er"}, {"second", "2nd", "deuxième", "2e"}, {"third", "3rd", "troisième", "3e"}, {"fourth", "4th", "quatrième", "4e"}} {
			if slices.Contains(words, strings.ToLower(m[2]+m[3])) {
				quarter = i + 1
			}
		}
		return norms.Date(fmt.Sprintf("%s-%02d", m[4], 3*quarter))
	}
	return parseDate(date)
}
