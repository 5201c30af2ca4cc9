package api

import (
	"normmap/internal/anchor"
	"normmap/internal/contribution"
)

// ReadAlike is a recorded source that a document looks like a new version of.
type ReadAlike struct {
	Source string `json:"source" doc:"Its slug."`
	Title  string `json:"title"`
	Share  int    `json:"share" doc:"How many of its words stand in the document too, in percent."`
}

// ReadVersion is what becomes of what is recorded of a source when a document
// takes the place of its text.
type ReadVersion struct {
	Source     string         `json:"source" doc:"Its slug."`
	Share      int            `json:"share" doc:"How many of the words of its text stand in the document too, in percent."`
	References []ReadFollowed `json:"references" doc:"What is quoted from its text, in order."`
	Again      []ReadFollowed `json:"again" doc:"What earlier texts of it printed, this one does not, and the document does."`
	Missing    []string       `json:"missing" doc:"Slugs of recorded initiatives of which the document does not tell any more."`
}

// ReadFollowed is a reference with what became of its words. Places count code
// points: start and end in the document or, of what is gone, in the earlier text.
type ReadFollowed struct {
	Initiative string     `json:"initiative" doc:"Its slug."`
	Text       string     `json:"text" doc:"As printed."`
	Start      int        `json:"start"`
	End        int        `json:"end"`
	Was        int        `json:"was" doc:"Where it begins in the earlier text."`
	How        anchor.How `json:"how" enum:"kept,reworded,moved,gone" doc:"kept: it stands among the same words; reworded: words around it were changed, wherever it stands; moved: it stands elsewhere in the order, among the same words; gone: it is not found, or only where it may mean something else."`
}

func readAlike(list []contribution.Alike) []ReadAlike {
	out := make([]ReadAlike, len(list))
	for i, a := range list {
		out[i] = ReadAlike{a.Slug, a.Title, a.Share}
	}
	return out
}

func readVersion(v *contribution.Version) *ReadVersion {
	if v == nil {
		return nil
	}
	out := &ReadVersion{Source: v.Of, Share: v.Share, References: readFollowed(v.References), Again: readFollowed(v.Again), Missing: make([]string, len(v.Missing))}
	for i, t := range v.Missing {
		out.Missing[i] = t.Slug
	}
	return out
}

func readFollowed(list []contribution.Followed) []ReadFollowed {
	out := make([]ReadFollowed, len(list))
	for i, f := range list {
		out[i] = ReadFollowed{f.Initiative, f.Text, f.Found.Start, f.Found.End, f.Start, f.Found.How}
	}
	return out
}
