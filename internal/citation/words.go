package citation

// The words of the grammar, in lower case. Another language is more entries
// here; nothing else knows a word.

// nounClass maps each noun to its class, the same for singular, plural and
// abbreviation; "" is no noun.
var nounClass = map[string]string{
	"principle": "principle", "principles": "principle",
	"norm": "norm", "norms": "norm",
	"action": action, "actions": action,
	"article": "article", "articles": "article", "art": "article", "arts": "article",
	"paragraph": "paragraph", "paragraphs": "paragraph", "para": "paragraph", "paras": "paragraph",
	"recital": "recital", "recitals": "recital", "rec": "recital",
	"measure": "measure", "measures": "measure",
	"recommendation": "recommendation", "recommendations": "recommendation",
	"commitment": "commitment", "commitments": "commitment",
	"clause": "clause", "clauses": "clause",
}

// action is the class of noun whose labels may hold hyphens, as MANRS prints.
const action = "action"

// signs announce a number: no. 5, nos. 5 and 6, #6.
var signs = map[string]bool{
	"#": true, "№": true, "no": true, "nos": true, "nr": true, "n": true,
	"number": true, "numbers": true,
}

// joiners stand between the numbers of a list.
var joiners = map[string]bool{"and": true, "&": true, "or": true, "+": true}

// spanners stand between the ends of a range.
var spanners = map[string]bool{"–": true, "to": true, "through": true}

// owners hand a list before them to what comes after: "principle 5 of the …".
var owners = map[string]bool{"of": true}

// connectors may stand inside a name, between its capitalised words.
var connectors = map[string]bool{
	"of": true, "for": true, "the": true, "on": true, "in": true, "to": true, "a": true,
	"and": true, "&": true, "by": true, "with": true, "/": true, "de": true, "du": true, "pour": true,
}

// openers are capitalised only because a sentence starts with them.
var openers = map[string]bool{
	"see": true, "the": true, "in": true, "under": true, "per": true, "by": true, "and": true,
	"or": true, "this": true, "that": true, "these": true, "with": true, "of": true, "for": true,
	"to": true, "from": true, "our": true, "their": true, "its": true, "cf": true, "on": true,
	"as": true, "also": true, "a": true, "an": true, "e": true, "i": true,
}

// trimmings may follow a name without ending it: quotes, emphasis, the end of
// a link's text, and the possessive.
var trimmings = map[string]bool{
	`"`: true, "'": true, "*": true, "_": true, "]": true, possessive: true,
}
