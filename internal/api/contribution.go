package api

import (
	"context"
	"time"

	"normmap/internal/citation"
	"normmap/internal/contribution"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

// ReadContribution is everything that was read out of a document. Places count
// Unicode code points of its text, half open.
type ReadContribution struct {
	Source      ReadSource       `json:"source"`
	Alike       []ReadAlike      `json:"alike" doc:"Recorded sources that it looks like a new version of, the likest first. Sent with replaces it is taken as one."`
	Unlooked    bool             `json:"alike_unknown" doc:"Whether there was no time to look for such sources."`
	Version     *ReadVersion     `json:"version,omitempty" doc:"Of a document that is taken as a new version of a source: what becomes of what is recorded."`
	Edits       int              `json:"edits,omitempty" doc:"Of a new version, how many edits would be proposed."`
	Initiatives []ReadInitiative `json:"initiatives" doc:"In the order of the document."`
	Problems    []ReadProblem    `json:"problems" doc:"What a person should look at, in the order of the document."`
	Left        []ReadProblem    `json:"left_out" doc:"What is cited outside of any initiative, of which nothing is proposed. Of a new version also what else could not be, and where it says another status (status_changed)."`
	Dossier     *ReadDossier     `json:"dossier,omitempty" doc:"Of a dossier that was downloaded here and comes back: what was changed in it. Only that is proposed."`
}

// ReadSource is the document itself.
type ReadSource struct {
	Slug       string     `json:"slug" doc:"Of the recorded source that it is; empty for a new one."`
	Title      string     `json:"title"`
	Known      bool       `json:"known" doc:"Whether a source with this very file is recorded."`
	Earlier    bool       `json:"earlier" doc:"Whether it is an earlier version of that source, which has another text now."`
	TextHeld   bool       `json:"text_held" doc:"Whether the text of that source is held already."`
	Dated      norms.Date `json:"dated" doc:"The day of the document, as recorded or as it says itself."`
	Language   string     `json:"language" doc:"en, fr, or empty when it could not be told."`
	MediaType  string     `json:"media_type"`
	Bytes      int        `json:"bytes"`
	SHA256     string     `json:"sha256" doc:"Of the file, in hexadecimal."`
	TextSHA256 string     `json:"text_sha256" doc:"Of its text in UTF-8, in hexadecimal."`
}

// ReadInitiative is a candidate: what somebody seems to do or to have done.
type ReadInitiative struct {
	Title   string          `json:"title"`
	Start   int             `json:"start"`
	End     int             `json:"end"`
	Heading string          `json:"heading" doc:"The nearest heading over it, as printed."`
	Status  norms.Status    `json:"status" doc:"planned where its words speak of the future, else ongoing."`
	DueOn   norms.Date      `json:"due_on" doc:"When it is due, of what is planned and says so."`
	Parts   []ReadSub       `json:"sub_initiatives"`
	Cites   []ReadReference `json:"references"`
}

// ReadSub is a part of a candidate.
type ReadSub struct {
	Title  string          `json:"title"`
	Start  int             `json:"start"`
	End    int             `json:"end"`
	Status norms.Status    `json:"status"`
	DueOn  norms.Date      `json:"due_on"`
	Cites  []ReadReference `json:"references"`
}

// ReadProblem is a place that a person should look at.
type ReadProblem struct {
	Kind    intake.ProblemKind `json:"kind"`
	Line    int                `json:"line" doc:"Of the text, counted from 1."`
	Start   int                `json:"start"`
	End     int                `json:"end"`
	Text    string             `json:"text" doc:"What stands there."`
	Message string             `json:"message" doc:"What is wrong and what to do."`
}

// DescribeContribution puts what was read of a document in the form in which
// programs get it. Of a new version it looks up what would be proposed: only what is
// new in it.
func DescribeContribution(ctx context.Context, r contribution.Reader, c contribution.Contribution, now time.Time) (ReadContribution, error) {
	out := describeReading(c)
	if c.Version == nil {
		return out, nil
	}
	edits, err := r.Edits(ctx, c, now)
	if err != nil {
		return out, err
	}
	out.Edits, out.Left = len(edits.List), readProblems(c, edits.Left)
	return out, nil
}

func describeReading(c contribution.Contribution) ReadContribution {
	out := ReadContribution{
		Source: ReadSource{
			Title: c.Title(), Dated: c.Dated(), Language: c.Reading.Language, MediaType: c.Received.MediaType,
			Bytes: len(c.File.Data), SHA256: c.Received.FileSHA256, TextSHA256: c.Received.TextSHA256,
		},
		Alike: readAlike(c.Alike), Unlooked: c.Unlooked, Version: readVersion(c.Version), Initiatives: []ReadInitiative{},
	}
	if k := c.Known; k != nil {
		out.Source.Slug, out.Source.Known, out.Source.TextHeld = k.Slug, true, k.TextHeld
	}
	if v := c.Version; v != nil {
		out.Source.Slug = v.Of
	}
	if e := c.Earlier; e != nil {
		out.Source.Slug, out.Source.Earlier = e.Slug, true
	}
	for _, i := range c.Reading.Initiatives {
		out.Initiatives = append(out.Initiatives, readInitiative(c, i))
	}
	out.Problems, out.Left = readProblems(c, c.Problems()), readProblems(c, c.Outside())
	out.Dossier = readDossier(c)
	return out
}

func readProblems(c contribution.Contribution, list []intake.Problem) []ReadProblem {
	out := []ReadProblem{}
	lines := contribution.LinesOf(c.Received.Text)
	for _, p := range list {
		out = append(out, ReadProblem{p.Kind, lines.Of(p.Start), p.Start, p.End, p.Text, p.What})
	}
	return out
}

// ProposedContribution is what became of a document.
type ProposedContribution struct {
	Proposal int64         `json:"proposal" doc:"Number of the proposal; 0 when there is nothing to change."`
	Again    bool          `json:"again" doc:"Whether that proposal waited for review already."`
	SameText bool          `json:"same_text" doc:"Whether it was made of another file with the same words."`
	Recorded bool          `json:"recorded" doc:"Whether the source is recorded with this very file and its text, so that nothing is proposed."`
	Earlier  bool          `json:"earlier" doc:"Whether it is an earlier version of the source, which has another text now, so that nothing is proposed."`
	Source   string        `json:"source" doc:"Slug of the source that it is or would be."`
	Edits    int           `json:"edits" doc:"How many edits are proposed."`
	Alike    []ReadAlike   `json:"alike" doc:"Recorded sources that it looks like a new version of, which nobody said."`
	Unlooked bool          `json:"alike_unknown" doc:"Whether there was no time to look for such sources."`
	Version  *ReadVersion  `json:"version,omitempty" doc:"Of a new version of a source: what becomes of what is recorded."`
	Problems []ReadProblem `json:"problems" doc:"What else a person should look at, of a new proposal. It is kept with the proposal."`
	Left     []ReadProblem `json:"left_out" doc:"What was read but could not be proposed. It is kept with the proposal."`
}

// DescribeProposed puts what became of a document in the form in which
// programs get it.
func DescribeProposed(c contribution.Contribution, p contribution.Proposed) ProposedContribution {
	return ProposedContribution{Proposal: p.Proposal, Again: p.Again, SameText: p.SameText, Recorded: p.Recorded, Earlier: c.Earlier != nil,
		Source: p.Source, Edits: p.Edits,
		Alike: readAlike(c.Alike), Unlooked: c.Unlooked, Version: readVersion(c.Version), Problems: readProblems(c, p.Problems), Left: readProblems(c, p.Left)}
}

func readInitiative(c contribution.Contribution, i intake.Initiative) ReadInitiative {
	status, due := i.Status()
	out := ReadInitiative{Title: i.Title, Start: i.Start, End: i.End, Heading: i.Heading, Status: status, DueOn: due,
		Parts: []ReadSub{}, Cites: readCites(c, i.References)}
	for _, p := range i.Parts {
		status, due := p.Status()
		out.Parts = append(out.Parts, ReadSub{p.Title, p.Start, p.End, status, due, readCites(c, p.References)})
	}
	return out
}

func readCites(c contribution.Contribution, refs []citation.Reference) []ReadReference {
	out := make([]ReadReference, len(refs))
	for i, r := range refs {
		out[i] = readReference(c.Meaning(r))
	}
	return out
}
