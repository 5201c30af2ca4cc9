package norms

// PrincipleText is what a principle says, as far as the record holds it: its
// title and its summary in our own words.
type PrincipleText struct {
	Ref       string
	Agreement string
	Edition   string
	Current   bool // of its edition
	Title     string
	Summary   string
}

// QuoteKind is how a source says what a principle says.
type QuoteKind string

// QuoteKinds is the closed list: between quotation marks or by its whole title,
// as the name that is put to its number, or in other words.
var QuoteKinds = []QuoteKind{"quoted", "named", "paraphrased"}

// QuoteHint says of a citation that the words of its source fit another
// principle clearly better. It is a hint for people and changes nothing.
type QuoteHint struct {
	Principle string // ref of the one that fits better
	Title     string
	Kind      QuoteKind
	Words     []QuotedWord // that both share, in order of place
}

// QuotedWord is a word of a source with its place, counted as its text counts.
type QuotedWord struct {
	Text       string
	Start, End int
}
