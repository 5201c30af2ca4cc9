package norms

// Choice is a recorded thing that a field of a form may name. Kind is
// organization, agreement, source, initiative,
// edition or element.
type Choice struct {
	Kind  string `json:"kind"`
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

// RegroupChoice is a recorded agreement, or a recorded initiative with who carries it
// out.
type RegroupChoice struct {
	Choice
	OrganizationName string
	Own              bool // it is of whoever the line is about
}

// ProposedChoice is a thing that an open proposal adds. PublishedOn is that of
// a source.
type ProposedChoice struct {
	Choice
	PublishedOn Date  `json:"published_on"`
	Proposal    int64 `json:"proposal"`
	Position    int   `json:"position"`
}

// Called is the thing as edits name it.
func (c ProposedChoice) Called() Called { return Called{c.Kind, c.Slug} }
