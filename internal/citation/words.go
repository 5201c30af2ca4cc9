package citation

// The words of the grammar, in lower case, in English and French. Another
// language is more entries here; nothing else knows a word.

// nounClass maps each noun to its class, the same for singular, plural,
// abbreviation and language; "" is no noun. Words stand without accents.
var nounClass = map[string]string{
	"principle": "principle", "principles": "principle",
	"norm": "norm", "norms": "norm",
	"action": action, "actions": action,
	"article": "article", "articles": "article", "art": "article", "arts": "article",
	"paragraph": "paragraph", "paragraphs": "paragraph", "para": "paragraph", "paras": "paragraph",
	"recital": "recital", "recitals": "recital", "rec": "recital",
	"measure": "measure", "measures": "measure",
	"recommendation": "recommendation", "recommendations": "recommendation", "recs": "recommendation", "recos": "recommendation",
	"commitment": "commitment", "commitments": "commitment",
	"clause": "clause", "clauses": "clause",
	"rule": "rule", "rules": "rule", "pledge": "commitment", "pledges": "commitment",
	"provision": "provision", "provisions": "provision",
	"principe": "principle", "principes": "principle",
	"norme": "norm", "normes": "norm", "regle": "rule", "regles": "rule",
	"paragraphe": "paragraph", "paragraphes": "paragraph", "§": "paragraph",
	"alinea": "paragraph", "alineas": "paragraph",
	"considerant": "recital", "considerants": "recital",
	"mesure": "measure", "mesures": "measure",
	"recommandation": "recommendation", "recommandations": "recommendation",
	"engagement": "commitment", "engagements": "commitment",
	"disposition": "provision", "dispositions": "provision",
}

// divisions are what laws and contracts are divided in, beside principles and
// norms that agreements count.
var divisions = map[string]bool{"article": true, "paragraph": true, "recital": true, "clause": true, "provision": true}

// definers say what a noun means in a text.
var definers = map[string]bool{"means": true, "mean": true, "refers": true, "refer": true, "designates": true, "designe": true, "designent": true, "signifie": true}

// equals and those say so in two words: all norms are those of the UN GGE report.
var (
	equals = map[string]bool{"are": true, "sont": true}
	those  = map[string]bool{"those": true, "ceux": true, "celles": true}
)

// predicates are verbs by which a sentence says something of an agreement, and so do
// not narrow its name: the Paris Call is about principle 3.
var predicates = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "says": true, "asks": true, "calls": true, "contains": true,
	"includes": true, "lists": true, "puts": true, "speaks": true, "covers": true, "made": true, "makes": true, "inspired": true, "means": true, "remains": true,
	"est": true, "sont": true, "était": true, "étaient": true, "contient": true, "prévoit": true, "demande": true, "comprend": true, "vise": true, "reste": true,
}

// action is the class of noun whose labels may hold hyphens, as MANRS prints.
const action = "action"

// signs announce a number: no. 5, nos. 5 and 6, #6.
var signs = map[string]bool{
	"#": true, "№": true, "no": true, "nos": true, "nr": true, "n": true,
	"number": true, "numbers": true, "numero": true, "numeros": true, "numéro": true, "numéros": true,
}

// joiners stand between the numbers of a list.
var joiners = map[string]bool{"and": true, "&": true, "or": true, "+": true, "et": true, "ou": true}

// spacedJoints part numbers of a list with a space on either side.
var spacedJoints = map[string]bool{"·": true, "/": true}

// phrases are joiners of several words.
var phrases = [][]string{{"as", "well", "as"}, {"ainsi", "que"}, {"along", "with"}, {"and", "/", "or"}, {"et", "/", "ou"}, {"and", "also"}}

// spanners stand between the ends of a range.
var spanners = map[string]bool{"–": true, "to": true, "through": true, "thru": true, "à": true, "au": true, "jusqu'à": true}

// owners hand a list before them to what comes after: "principle 5 of the …".
var owners = map[string]bool{"of": true, "de": true, "du": true, "des": true, "d'": true}

// holders do so only when a known name comes: "principle 5 in the Paris Call"
// is a citation, "principle 5 in Africa" tells of a place.
var holders = map[string]bool{"in": true, "from": true, "under": true, "within": true, "dans": true, "selon": true}

// topics begin what a number is about: principle 7 on hygiene of the Paris Call.
var topics = map[string]bool{"on": true, "about": true, "concerning": true, "regarding": true, "sur": true, "concernant": true, "relative": true, "relatif": true}

// determiners may stand between an owner and the name.
var determiners = map[string]bool{"the": true, "la": true, "le": true, "les": true, "l'": true, "our": true, "both": true}

// connectors may stand inside a name, between its capitalised words.
var connectors = map[string]bool{
	"of": true, "for": true, "the": true, "on": true, "in": true, "to": true, "a": true,
	"and": true, "&": true, "by": true, "with": true, "/": true, "de": true, "du": true, "pour": true,
	"des": true, "la": true, "le": true, "les": true, "l'": true, "d'": true, "et": true, "sur": true, "dans": true, "en": true, "à": true, "au": true, "relative": true, "relatif": true,
}

// openers are capitalised only because a sentence starts with them.
var openers = map[string]bool{
	"see": true, "the": true, "in": true, "under": true, "per": true, "by": true, "and": true,
	"or": true, "this": true, "that": true, "these": true, "with": true, "of": true, "for": true,
	"to": true, "from": true, "our": true, "their": true, "its": true, "cf": true, "on": true,
	"as": true, "also": true, "a": true, "an": true, "e": true, "i": true,
	"we": true, "both": true, "if": true, "when": true, "where": true, "while": true, "since": true,
	"le": true, "la": true, "les": true, "l'": true, "un": true, "une": true, "des": true, "du": true, "de": true, "d'": true,
	"dans": true, "selon": true, "en": true, "au": true, "aux": true, "et": true, "ou": true, "ce": true, "cette": true, "ces": true,
	"notre": true, "nos": true, "nous": true, "voir": true, "conformément": true, "pour": true, "avec": true, "par": true, "sous": true,
	"supports": true, "relevant": true, "related": true, "addresses": true, "implements": true, "citation": true, "references": true,
}

// trimmings may follow a name without ending it: quotes, emphasis, the end of
// a link's text, and the possessive.
var trimmings = map[string]bool{
	`"`: true, "'": true, "*": true, "_": true, "]": true, possessive: true,
}

// possessives before a noun say whose it is.
var possessives = map[string]bool{"our": true, "their": true, "its": true, "your": true, "his": true, "her": true, "notre": true, "leur": true, "votre": true, "son": true, "sa": true}

// ours are those that no agreement can be meant by.
var ours = map[string]bool{"our": true, "your": true, "notre": true, "votre": true, "his": true, "her": true}

// formFields are lines of a form that name an agreement.
var formFields = map[string]bool{"agreement": true, "agreements": true, "accord": true, "instrument": true, "framework": true, "commitment": true}

// texts are kinds of texts: what is numbered in "the report of the GGE" is the
// GGE's.
var texts = map[string]bool{"report": true, "text": true, "declaration": true, "rapport": true, "texte": true, "déclaration": true, "principles": true, "norms": true, "list": true, "liste": true,
	"directive": true, "regulation": true, "act": true, "règlement": true, "agreement": true, "accord": true}

// ofTexts may stand between the kind of a text and whose it is: the report
// published in 2019 by the GCSC.
var ofTexts = map[string]bool{
	"final": true, "finale": true, "consensus": true, "consensuel": true, "annual": true, "annuel": true, "joint": true, "in": true, "en": true, "by": true, "par": true,
	"published": true, "adopted": true, "agreed": true, "issued": true, "presented": true, "publie": true, "publiee": true, "adopte": true, "adoptee": true, "rendu": true, "presente": true, "remis": true,
}

// makers stand before whoever made a text.
var makers = map[string]bool{"by": true, "par": true}

// textKinds are the kinds of texts by which an agreement is called for short.
var textKinds = map[string]bool{
	"accord": true, "call": true, "contract": true, "convention": true, "charter": true, "directive": true, "act": true, "regulation": true,
	"package": true, "commission": true, "panel": true, "compact": true, "declaration": true, "manifesto": true, "agreement": true,
	"appel": true, "contrat": true, "charte": true, "reglement": true, "pacte": true, "code": true, "report": true,
}

// points are words for what a paragraph of a law is divided in.
var points = map[string]bool{"point": true, "points": true, "lit": true, "littera": true, "letter": true, "letters": true, "lettre": true, "lettres": true, "subparagraph": true, "subparagraphs": true, "sub-paragraph": true, "sub-paragraphs": true, "alinea": true, "indent": true}

// same are words for what was named before: "principle 7 of the same text".
var same = map[string]bool{"same": true, "said": true, "même": true, "ledit": true, "ladite": true}

// months stand in days, without accents.
var months = map[string]bool{
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true, "september": true, "october": true,
	"november": true, "december": true, "janvier": true, "fevrier": true, "mars": true, "avril": true, "mai": true, "juin": true, "juillet": true, "aout": true,
	"septembre": true, "octobre": true, "novembre": true, "decembre": true,
}
