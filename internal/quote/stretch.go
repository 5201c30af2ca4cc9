package quote

import (
	"strings"
	"unicode/utf8"

	"normmap/internal/norms"
	"normmap/internal/pattern"
)

// stretch is a part of a text in which its source may say what it cites.
type stretch struct {
	kind     norms.QuoteKind
	from, to int // in code points
	// loose tells of a whole sentence, which mostly says something else.
	loose bool
	// label tells of words before a citation, which mostly are what it is cited
	// for: only a title that is nothing but a title says what is cited.
	label bool
	// free tells of what follows a colon or a dash: a name, or what was done.
	free bool
}

// reporting are words that lead from a number to its words.
const reporting = `(?:(?:which|that|it|on|to|us|of|the|and|says|states|reads|calls|asks|requires|commits|demands|provides|titled|entitled|called|named|namely|known|as|by|in|under|from|our|its|` +
	`qui|que|dit|intitulé|intitulée|prévoit|demande|dispose|appelle|de|du|la|le|à|au|soit|selon|dans)\s+)`

var (
	inBrackets  = pattern.New(`[(\[]([^()\[\]]{3,300})[)\]]`)
	thenBracket = pattern.New(`^[\s*_]*[(\[]([^()\[\]]{3,300})[)\]]`)
	thenQuote   = pattern.New(`(?i)^[\s*_]*[,:–—-]?\s*` + reporting + `{0,5}[*_]*(?:“([^”]{3,400})”|"([^"]{3,400})"|«([^»]{3,400})»|„([^“”]{3,400})[“”])`)
	thenDash    = pattern.New(`^[*_]*\s*(?::|–|—|-\s|\|)\s*([^.;:()\[\]|“"«]{3,300})`)
	quoteBefore = pattern.New(`(?i)(?:“([^”]{3,400})”|"([^"]{3,400})"|«([^»]{3,400})»|„([^“”]{3,400})[“”])[*_]*[\s,:–—-]*[(\[]?\s*` + reporting + `{0,4}[*_]*$`)
	labelBefore = pattern.New(`^[\s*_|]*([^().;:|]{3,120}?)[\s*_]*(?:[(\[]|[–—:|]|\s-\s)[\s*_]*$`)

	thenCue = pattern.New(`(?i)^[*_]*,?\s*(?:which\s+(?:protects|defends|prevents|promotes|keeps|helps|limits|rules\s+out|addresses)|(?:(?:which|that|and|qui|lequel)\s+)?(?:(?:is|are|est)\s+)?(?:on|about|regarding|concerning|against|calls?\s+(?:on|for|upon)|asks|requires|` +
		`commits|obliges|says|states|demands|forbids|prohibits|bans|speaks\s+of|deals\s+with|covers|aims|wants|tells|` +
		`sur|concernant|relatif|relative|contre|porte\s+sur|traite\s+de|appelle\s+à|demande|exige|interdit|vise|prévoit|impose|engage|concerne)\b)\s*(.{3,400})`)
	cueBefore = pattern.New(`(?i)(?:\b|['’])(?:the|a|this|s|le|la|l['’]|cette|une?)\s*(?:ban|prohibition|duty|commitment|call|promise|goal|aim|rule|obligation|requirement|pledge|undertaking|provision|` +
		`interdiction|devoir|engagement|appel|promesse|objectif|but|règle|obligation|exigence)\s+(?:on|to|of|against|not|that|for|about|de|du|des|d['’]|à|sur|contre)\s*([^.;:()]{3,200}?)\s*` +
		`(?:\(|,|in|under|of|from|by|as|per|set\s+out|laid\s+down|found|expressed|dans|du|de|selon|par|au)?(?:\s+(?:in|by|at|the|le|au))*\s*$`)

	sentenceEnd = pattern.New(`[.!?;]["”»)*_]*\s+|\n[ \t]*\n`)

	opened = pattern.New(`[(\[][^()\[\]]*$`)

	// added are remarks in brackets that bring in something else.
	added = pattern.New(`(?i)^\s*(?:and|also|see|cf|with|as well|like|incl\w*|e\.g|among|plus|for (?:example|instance)|together|compare|voir|et|aussi|ainsi|avec|comme|y compris|par exemple)\b`)

	// ownWords begin what somebody says of himself.
	ownWords = pattern.New(`(?i)(?:^|[\s,(])(?:we|our|ours|us|i|my|nous|notre|nos|je|so|therefore|donc|ainsi)(?:$|[\s,.'’])`)

	// turned say that something is not what is cited, or ask.
	turned = pattern.New(`(?i)\b(?:rather than|instead of|unlike|as opposed to|in contrast|contrary to|nothing to do with|other than|apart from|except|confused?|mistak\w*|differs? from|different from|` +
		`formerly|no longer|but not|and not|never mentions|silent on|(?:not|n['’]t) (?:only |really )?(?:about|cover|concern|address|mention|speak|deal|say|ask|call|on|the)\w*|` +
		`plut[oô]t qu|au lieu d|contrairement à|à la différence|rien à voir|hormis|sauf|et non|mais (?:non|pas)|et pas|confondre|` +
		`(?:ne |n['’])(?:concern|port|trait|parl|vis|dit|est|couvr|demand|mentionn)\w* pas)|\?`)
)

// around are the stretches in which what a citation cites may be said, the
// surest first. The text from and to which it may be is given in code points.
func (t *text) around(c Cite) []stretch {
	b := t.blockAt(c)
	from, to := t.between(c, b)
	var all []stretch
	add := func(like stretch, at int, in string, found []int) {
		for g := 2; g+1 < len(found); g += 2 {
			if found[g] < 0 {
				continue
			}
			one := like
			one.from = at + utf8.RuneCountInString(in[:found[g]])
			one.to = one.from + utf8.RuneCountInString(in[found[g]:found[g+1]])
			all = append(all, t.own(one))
		}
	}
	inside, after, before := t.slice(c.Start, c.End), t.sentence(c.End, to), t.slice(from, c.Start)
	named, paraphrased := stretch{kind: "named"}, stretch{kind: "paraphrased"}
	add(stretch{kind: "quoted"}, c.End, after, thenQuote.FindStringSubmatchIndex(after))
	add(stretch{kind: "quoted", label: true}, from, before, quoteBefore.FindStringSubmatchIndex(before))
	for _, found := range inBrackets.FindAllStringSubmatchIndex(inside, 4) {
		add(named, c.Start, inside, found)
	}
	add(named, c.End, after, thenBracket.FindStringSubmatchIndex(after))
	add(stretch{kind: "named", free: true}, c.End, after, thenDash.FindStringSubmatchIndex(after))
	if from == b.from {
		add(stretch{kind: "named", label: true}, from, before, labelBefore.FindStringSubmatchIndex(before))
	}
	add(paraphrased, c.End, after, thenCue.FindStringSubmatchIndex(after))
	add(paraphrased, from, before, cueBefore.FindStringSubmatchIndex(before))
	return append(all, t.sentences(c, b)...)
}

// own ends a stretch where its source begins to speak of itself.
func (t *text) own(s stretch) stretch {
	said := t.slice(s.from, s.to)
	if at := ownWords.FindStringIndex(said); at != nil && s.kind != "quoted" {
		s.to = s.from + utf8.RuneCountInString(said[:at[0]])
	}
	return s
}

// sentence is the rest of a sentence.
func (t *text) sentence(from, to int) string {
	said := t.slice(from, to)
	if end := sentenceEnd.FindStringIndex(said); end != nil {
		return said[:end[0]+1]
	}
	return said
}

// sentences are the one that a citation in brackets ends, or those of the block
// above, when it stands alone. A number that is part of a sentence may be there
// for any reason: texts of law refer to their other articles.
func (t *text) sentences(c Cite, b block) []stretch {
	if t.bare(b) {
		above, ok := t.above(b)
		if !ok {
			return nil
		}
		return t.cut(above.from, above.to)
	}
	if !opened.MatchString(t.slice(b.from, c.Start)) {
		return nil
	}
	all := t.cut(b.from, b.to)
	for i, s := range all {
		if s.from <= c.Start && c.Start < s.to {
			if i > 0 && len(t.said(s.from, s.to)) == 0 {
				s = all[i-1] // the citation stands after the sentence
			}
			return []stretch{s}
		}
	}
	return nil
}

// cut parts a stretch into sentences.
func (t *text) cut(from, to int) []stretch {
	var all []stretch
	for said := t.slice(from, to); strings.TrimSpace(said) != ""; {
		end := len(said)
		if found := sentenceEnd.FindStringIndex(said); found != nil {
			end = found[1]
		}
		next := from + utf8.RuneCountInString(said[:end])
		all = append(all, stretch{kind: "paraphrased", from: from, to: next, loose: true})
		from, said = next, said[end:]
	}
	return all
}
