package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// Import is the form by which a contribution is sent in, with what came of one
// that was.
type Import struct {
	Refusal
	Organization, File Control
	Replaces           *Control  // nil while no text is held
	Asked              *ui.Field // instead: whether it is a new version of a source that it is like
	Sent               int64     // the file that waits for its sender, 0 for none
	SentName           string
	Text, Reason       ui.Field
	TextAlone          []Control // asked only after nothing was found in a document
	Settled            *SettledImport
	Read               *ReadDocument
}

// SettledImport says why there is nothing to propose.
type SettledImport struct {
	Source      string // slug
	SourceTitle string
	Proposal    int64 // that waits for review, 0 for none
	SameText    bool  // it was made of another file with the same words
	Dossier     int64 // the revision of a dossier that changes nothing, else 0
	Earlier     bool  // whether it is an earlier version of the source
	Left        []ReadPlace
}

// ReadDocument is what was read out of a document, of which nothing was
// written.
type ReadDocument struct {
	Title, Organization, OrganizationName string
	Dated                                 norms.Date
	Language                              string
	Known                                 *norms.SourceRow  // the recorded source that it is
	Earlier                               *AlikeSource      // the one that it was once
	Alike                                 []AlikeSource     // those that it looks like a new version of
	Unlooked                              bool              // whether there was no time to look for such
	Version                               *norms.NewVersion // nil unless it is taken as one
	Initiatives                           []ReadInitiative
	Problems, Left                        []ReadPlace
	MoreInitiatives, MoreProblems         int // that are not shown
	Unresolved                            int // cited numbers of which somebody has to say what they mean
	Dossier                               *ReadDossier
}

// nothingAmiss says what was looked for where there is nothing to look at.
func (m ReadDocument) nothingAmiss() string {
	if m.Dossier != nil {
		return "import.dossier.problems_none"
	}
	return "import.found.problems_none"
}

// AlikeSource is a recorded source and the share of its words, in percent, that
// stand in a document.
type AlikeSource struct {
	Slug, Title string
	Share       int
	Others      bool // another organization's, of which it is no new version
}

// alikeWords say what is like a document.
func (a AlikeSource) alikeWords() string {
	if a.Others {
		return "import.version.others"
	}
	return "import.version.alike"
}

// followed is what became of a reference, in words.
func followed(ctx context.Context, p norms.FollowedWords) string {
	switch p.How {
	case "moved":
		return words.Text(ctx, "import.version.moved", "Was", ui.Number(p.Was), "Now", ui.Number(p.Now))
	case "again":
		return words.Text(ctx, "import.version.again", "Now", ui.Number(p.Now))
	case "gone":
		return words.Text(ctx, "import.version.gone", "Was", ui.Number(p.Was))
	}
	return words.Text(ctx, "import.version.reworded", "Now", ui.Number(p.Now))
}

// ReadDossier is what was changed in a dossier that came back.
type ReadDossier struct {
	Revision int64
	Changes  []DossierChange
	More     int // that are not shown
}

// DossierChange is one difference.
type DossierChange struct {
	Did        string // such as added_initiative
	Title      string
	Line       int    // 0 for what is not there any more
	Initiative string // slug of a recorded one
	Fields     []norms.Changed
	Cites      []string // what is cited now and was not before
	Drops      []string // and the other way round
}

// ReadInitiative is a candidate.
type ReadInitiative struct {
	Title  string
	Line   int
	Status norms.Status
	DueOn  norms.Date
	Cites  []ReadCited
	Parts  []ReadInitiative
}

// ReadCited is a printed reference with the numbers that it cites.
type ReadCited struct {
	Text    string
	Line    int
	Numbers []ReadNumber
}

// ReadNumber is a cited number and what it would be taken to mean.
type ReadNumber struct {
	Label      string
	Resolution norms.Resolution
	Candidates []string // refs of principles
}

// ReadPlace is a place that a person should look at.
type ReadPlace struct {
	Line       int
	Text, What string
	To         string // the address of its words, "" for none
}

// saidOnce are places by what is to be said of them, each with all of which that is
// said, in the order in which it is said first.
func saidOnce(list []ReadPlace) [][]ReadPlace {
	var out [][]ReadPlace
	at := map[string]int{}
	for _, p := range list {
		i, said := at[p.What]
		if !said {
			i = len(out)
			at[p.What], out = i, append(out, nil)
		}
		out[i] = append(out[i], p)
	}
	return out
}

// dossierSettled is why a dossier changes nothing.
func dossierSettled(m SettledImport) string {
	if len(m.Left) > 0 {
		return "import.settled.dossier_left"
	}
	return "import.settled.dossier"
}

// place names a line of the document.
func place(ctx context.Context, line int) string {
	return words.Text(ctx, "import.found.place", "N", ui.Number(line))
}
