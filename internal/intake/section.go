package intake

import (
	"strconv"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// class is what a section is about.
type class int

const (
	classNeutral class = iota
	classDone          // what somebody does or did
	classViews         // opinions, introductions, who signed what
)

var (
	doneForm = pattern.New(`(?i)\b(?:projects?|program(?:me)?s?|initiatives?|activit(?:y|ies)|actions?|measures?|implement(?:ation|ed|ing)?|what (?:we|have you|has been) (?:do|done)|our work|evidence|good practices?|projets?|activités?|mesures?|mise en (?:œuvre|oeuvre)|réalisations?|ce que nous (?:faisons|avons fait))\b`)
	viewForm = pattern.New(`(?i)\b(?:challenges?|difficult(?:y|ies)?|difficiles?|obstacles?|barriers?|problems?|outcomes?|tensions?|adverse|effects?|views?|opinions?|value|lessons|importance|conclusions?|introduction|background|about (?:us|the)|signator(?:y|ies)|adherence|relations? (?:to|with) (?:the |these )?agreements?|adhésions?|membership|who we are|qui (?:sommes-nous|nous sommes)|signed|endorsed|key elements|recommendations? to|difficultés?|défis|avis|résultats?|enseignements|contexte|signataires?|effets?|remarks|thanks|next steps for the forum|(?:did|does|do) not work|didn['’]t work|h(?:olds?|eld) (?:us |them )?back|limitations|freins|comments?|commentaires?|remarques)\b|\bobservations?$|^limit(?:s|es)$|^don['’]?ts?$|\b(?:what )?we (?:do not|don['’]t) do$`)
)

// weighed are words by which a question, or a heading like "What it cost", asks
// for views; in the name of a project they say nothing.
var weighed = pattern.New(`(?i)^(?:.*\?$|(?:what|which|how|where|why|things|ce que|ce qui|quels?|quelles?) .*)`)

var weighing = pattern.New(`(?i)\b(?:costs?|hard(?:er|est)?|in the way|limits|wish(?:es)?|elements?|matters?|most (?:important|useful|relevant|valuable)|missing|concerns?|worr(?:y|ies)|learn(?:ed|t)|troubles?|bothers?|hinder(?:s|ed)?|needs?|expect|see|hope|think|believe|would|coûts?|éléments?|limites|manque|plus (?:importants?|utiles?)|appris)\b`)

// viewsIn is where a heading asks for views, nil if it does not.
func viewsIn(title string) []int {
	if number := countForm.FindString(title); number != "" {
		at := viewsIn(title[len(number):])
		if at == nil {
			return nil
		}
		return []int{at[0] + len(number), at[1] + len(number)}
	}
	if at := viewForm.FindStringIndex(title); at != nil || !weighed.MatchString(strings.TrimRight(title, "*_ ")) {
		return at
	}
	return weighing.FindStringIndex(title)
}

// viewed tells of a paragraph whose first words, set apart like a heading, ask
// for views, or of a line with a colon that does.
func (d *document) viewed(e *entry) bool {
	b := d.blocks[e.head]
	lead := leadForm.FindString(b.Body.Of(d.text))
	if e.opens && b.Alone {
		lead = b.Body.Of(d.text)
	}
	if m := labelForm.FindStringSubmatch(plain(b.Body.Of(d.text))); lead == "" && m != nil && len(strings.Fields(m[1])) <= 3 {
		lead = m[1] // "Difficulties: staff is hard to find"
	}
	if lead == "" {
		lead = d.askedBefore(e)
	}
	return b.Kind == outline.Paragraph && lead != "" && viewsIn(strings.Trim(lead, "*_:. ")) != nil && !doneForm.MatchString(lead)
}

// askedForm marks the question of an interview: "Q: ".
var askedForm = pattern.New(`(?i)^(?:q|question)\s?[.:–—-]\s*`)

// askedBefore is the line before an answer, if it asks something and is no heading.
func (d *document) askedBefore(e *entry) string {
	if e.head == 0 {
		return ""
	}
	b := d.blocks[e.head-1]
	body := strings.TrimRight(b.Body.Of(d.text), "*_ ")
	if b.Kind != outline.Paragraph || !b.Alone || !strings.HasSuffix(body, "?") {
		return ""
	}
	return askedForm.ReplaceAllString(strings.TrimLeft(body, "*_ "), "")
}

// classify says of each heading what its section is about; one that does not
// say is about what the section around it is about.
func (d *document) classify() {
	d.classes = make([]class, len(d.blocks))
	for i, b := range d.blocks {
		if b.Kind != outline.Heading {
			continue
		}
		d.headings = append(d.headings, i)
		title := b.Body.Of(d.text)
		done, views := doneForm.FindStringIndex(title), viewsIn(title)
		switch {
		case len(d.headCites(i)) > 0:
		case views != nil && (done == nil || views[0] < done[0] || b.Question && questionNumber(b) != askedDone):
			d.classes[i] = classViews
		case done != nil:
			d.classes[i] = classDone
		case b.Question && own(title) == own(b.Mark):
			d.classes[i] = map[bool]class{true: classDone, false: classViews}[questionNumber(b) == askedDone]
		case d.over[i] >= 0 && !b.Question:
			d.classes[i] = d.classes[d.over[i]]
		}
	}
}

// headCites is what a heading cites; a question cites examples only.
func (d *document) headCites(i int) []citation.Reference {
	if i < 0 || d.blocks[i].Question && strings.Contains(d.blocks[i].Body.Of(d.text), "?") {
		return nil
	}
	return d.cited[i]
}

// askedDone is the number of the question of the forum's call that asks what was
// done; the others ask who signed and what one thinks.
const askedDone = 2

// about is what the section over an entry is about.
func (d *document) about(heading int) class {
	if heading < 0 {
		return classNeutral
	}
	return d.classes[heading]
}

// names tells whether a heading names one thing: it neither asks nor announces
// several.
func (d *document) names(heading int) bool {
	if heading < 0 {
		return false
	}
	b := d.blocks[heading]
	title := b.Body.Of(d.text)
	if oneOfSeveral.MatchString(title) {
		return true
	}
	return !b.Question && b.Level > 1 && !d.announces(title) && viewsIn(title) == nil && !strings.HasSuffix(title, "?")
}

// announces tells whether a heading speaks of what was done in general: of
// several projects, or of "our programme" without saying which.
func (d *document) announces(title string) bool {
	if !doneForm.MatchString(title) {
		return false
	}
	return !oneDone.MatchString(title) || own(oneDone.ReplaceAllString(title, " ")) < 2
}

// oneDone is a heading that speaks of one thing that was done, by its kind at the
// end: "Vulnerability disclosure programme".
var oneDone = pattern.New(`(?i)\b(?:project|program(?:me)?|initiative|measure|projet|mesure)\W*$`)

// oneOfSeveral begins the heading of one thing by its number: "Project 2: …".
var oneOfSeveral = pattern.New(`(?i)^(?:initiative|project|programme|program|activity|measure|case(?: study)?|example|projet|activité|mesure|exemple|cas) (?:n°|no\.?)? ?[0-9]{1,2}\s*(?:[:.–—-]|$)`)

var digitsOf = pattern.New(`[0-9]+`)

// questionNumber is the number of a question, 0 for none.
func questionNumber(b outline.Block) int {
	if !b.Question {
		return 0
	}
	n, err := strconv.Atoi(digitsOf.FindString(b.Mark))
	if err != nil {
		return 0
	}
	return n
}
