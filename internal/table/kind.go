package table

import (
	"slices"

	"normmap/internal/norms"
)

// Kind is what the rows of a table are.
type Kind string

// The kinds of tables. Rows of citations decide what recorded ones mean, since
// only a source brings new ones. The rows of a matrix are organizations or
// initiatives, its columns principles or agreements, its cells say what was done.
const (
	Organizations Kind = "organizations"
	Initiatives   Kind = "initiatives"
	Agreements    Kind = "agreements"
	Adherences    Kind = "adherences"
	Links         Kind = "links"
	Sources       Kind = "sources"
	Citations     Kind = "citations"
	Matrix        Kind = "matrix"
)

// Kinds is the closed list, in the order in which they are guessed.
var Kinds = []Kind{Initiatives, Organizations, Adherences, Agreements, Links, Sources, Citations, Matrix}

// KindNames are the kinds by their names.
func KindNames() []string { return plainly(Kinds) }

// holds is what the cells of a column hold.
type holds int

const (
	text holds = iota
	date
	address
	truth
	number
	list
	word      // of a closed list
	naming    // the name or the slug of a recorded thing
	slug      // of the row's own thing
	principle // a principle's ref, or as a text prints it
	cited     // numbers or whole citations
	printed   // kept in the note under its heading
)

// Field is something that a column of a kind of table may say.
type Field struct {
	Name   string   `json:"name"`
	Words  []string `json:"words,omitempty"`  // the closed list of its values
	Names  string   `json:"names,omitempty"`  // the kind of recorded thing that it names
	Common bool     `json:"common,omitempty"` // several columns may say it
	holds  holds
}

func plainly[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

func says(name string, h holds) Field { return Field{Name: name, holds: h} }

func chosen[T ~string](name string, all []T) Field {
	return Field{Name: name, holds: word, Words: plainly(all)}
}

func named(name, kind string) Field { return Field{Name: name, holds: naming, Names: kind} }

// The fields that do not go into an edit of the row under their own names.
const (
	citations         = "citations"          // what an initiative cites
	organizationGroup = "organization_group" // of an organization that is new
	organizationURL   = "organization_url"
	kept              = "kept" // in the note
	version           = "version"
)

var fields = map[Kind][]Field{
	Organizations: {says("slug", slug), says("name", text), chosen("kind", norms.OrganizationKinds), chosen("stakeholder_group", norms.StakeholderGroups),
		named("agreement", "agreement"), says("url", address), says("summary", text), says(version, number)},
	Initiatives: slices.Concat(initiativeFields, []Field{{Name: citations, holds: cited, Common: true}}),
	Agreements: {says("slug", slug), says("title", text), says("short_title", text), says("aliases", list), chosen("legal_nature", norms.LegalNatures),
		chosen("space", norms.Spaces), says("convener", text), says("url", address), says("summary", text), says(version, number)},
	Adherences: {says("id", number), named("organization", "organization"), {Name: organizationGroup, holds: word, Words: plainly(norms.StakeholderGroups)},
		says(organizationURL, address), named("agreement", "agreement"), says("edition", text), chosen("relation", norms.AdherenceRelations),
		named("via", "organization"), says("founding", truth), says("since", date), named("source", "source"), says("place", text), says("note", text),
		{Name: kept, holds: printed, Common: true}, says(version, number)},
	Links: {says("id", number), named("initiative", "initiative"), says("principle", principle), chosen("relation", norms.LinkRelations),
		chosen("property", norms.LinkProperties), chosen("origin", norms.Origins), named("asserter", "organization"), says("rationale", text),
		chosen("strength", norms.Strengths), named("source", "source"), says("place", text), says(version, number)},
	Sources: {says("slug", slug), says("title", text), chosen("kind", norms.SourceKinds), says("publisher", text), named("organization", "organization"),
		says("published_on", date), says("retrieved_on", date), says("url", address), says("archive_url", address), says("sha256", text), says("language", text),
		says("call", text), chosen("exhaustiveness", norms.ExhaustivenessWords), says("note", text), says(version, number)},
	Citations: {says("id", number), says("label", text), chosen("resolution", norms.Resolutions), says("principle", principle), says("note", text), says(version, number)},
	Matrix: {named("organization", "organization"), says("title", text), chosen("kind", norms.InitiativeKinds), chosen("status", norms.Statuses),
		named("source", "source"), {Name: citations, holds: cited, Common: true}},
}

var initiativeFields = []Field{says("slug", slug), says("title", text), says("summary", text), chosen("kind", norms.InitiativeKinds), named("parent", "initiative"),
	named("organization", "organization"), named("reported_by", "organization"), says("heading", text), says("position", number),
	chosen("status", norms.Statuses), says("status_note", text), says("started_on", date), says("ended_on", date), says("due_on", date),
	says("url", address), named("source", "source"), says("place", text), says(version, number)}

// ForAll tells of a field that one value may say for every row: who, which
// agreement, what sort of thing, when.
func (f Field) ForAll() bool {
	switch f.holds {
	case date, word:
		return true
	case naming:
		return f.Name != "parent" && f.Name != "initiative"
	case text, address, truth, number, list, slug, principle, cited, printed:
	}
	return false
}

// Fields are what the columns of a kind of table may say.
func (k Kind) Fields() []Field { return slices.Clone(fields[k]) }

// Field finds what a column may say by its name.
func (k Kind) Field(name string) (Field, bool) { return k.field(name) }

func (k Kind) field(name string) (Field, bool) {
	i := slices.IndexFunc(fields[k], func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return fields[k][i], true
}
