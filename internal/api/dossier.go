package api

import (
	"normmap/internal/contribution"
	"normmap/internal/dossier"
)

// ReadDossier is a dossier that was edited and came back.
type ReadDossier struct {
	Organization string           `json:"organization" doc:"Slug of the organization whose it is."`
	Revision     int64            `json:"revision" doc:"Of which it was downloaded, and with which it is compared."`
	Changes      []DossierChange  `json:"changes" doc:"What was changed, in the order of the file; what was struck out comes last."`
	Problems     []DossierProblem `json:"problems" doc:"Places that are left out."`
}

// DossierChange is one difference. Something may be both moved and changed:
// these are two.
type DossierChange struct {
	Action     dossier.Action    `json:"action" enum:"added,changed,moved,withdrawn"`
	Subject    dossier.Subject   `json:"subject" enum:"heading,initiative,citation_line"`
	At         int               `json:"at" doc:"Line of the file's text, or row of its table; 0 for what is not there any more."`
	Initiative string            `json:"initiative" doc:"Slug of the one that is meant, or that a line belongs to; new-1, new-2 and so on for added ones."`
	Line       int64             `json:"line" doc:"Number of the line of citations, 0 for an added one and for all else."`
	Title      string            `json:"title"`
	To         *DossierPlace     `json:"to,omitempty" doc:"Where an added or moved thing stands now."`
	From       string            `json:"from" doc:"The initiative that a moved line belonged to."`
	Fields     []DossierField    `json:"fields" doc:"Of a changed thing."`
	Summary    string            `json:"summary" doc:"Of an added initiative."`
	Lines      []string          `json:"lines" doc:"Of citations of an added initiative."`
	Cites      []DossierCitation `json:"cites" doc:"What is cited now and was not before."`
	Drops      []DossierCitation `json:"drops" doc:"What was cited before and is not now."`
	Under      []string          `json:"under" doc:"The initiatives under a changed heading."`
}

// DossierPlace is where something stands.
type DossierPlace struct {
	Parent  string `json:"parent" doc:"The initiative that it is a part of, as initiative."`
	Heading string `json:"heading"`
	Index   int    `json:"index" doc:"Among those with the same parent and heading, counted from 0."`
}

// DossierField is a text before and after.
type DossierField struct {
	Name   string `json:"name" enum:"title,summary,heading,text"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// DossierCitation is one cited number.
type DossierCitation struct {
	Agreement string `json:"agreement" doc:"Slug; empty when no agreement is recorded under the name."`
	Name      string `json:"name" doc:"As printed."`
	Label     string `json:"label"`
}

// DossierProblem is a place that is left out.
type DossierProblem struct {
	Line    int    `json:"line" doc:"Of the file's text, or row of its table."`
	Text    string `json:"text" doc:"What stands there."`
	Message string `json:"message" doc:"What is wrong and what to do."`
}

// readDossier is what was changed in a dossier, nil for another document.
func readDossier(c contribution.Contribution) *ReadDossier {
	if c.Edited == nil {
		return nil
	}
	out := &ReadDossier{Organization: c.Organization.Slug, Revision: c.Edited.Revision, Changes: []DossierChange{}, Problems: []DossierProblem{}}
	for _, change := range c.Edited.Changes {
		out.Changes = append(out.Changes, dossierChange(change))
	}
	for _, p := range c.Edited.Problems {
		out.Problems = append(out.Problems, DossierProblem{p.Line, p.Text, p.What})
	}
	return out
}

func dossierChange(c dossier.Change) DossierChange {
	out := DossierChange{Action: c.Action, Subject: c.Subject, At: c.At, Initiative: c.Initiative, Line: c.Line, Title: c.Title, From: c.From,
		Fields: []DossierField{}, Lines: []string{}, Cites: cited(c.Cites), Drops: cited(c.Drops), Under: append([]string{}, c.Under...)}
	if c.To != nil {
		out.To = &DossierPlace{c.To.Parent, c.To.Heading, c.To.Index}
	}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, DossierField(f))
	}
	if c.Added != nil {
		out.Summary = c.Added.Summary
		for _, l := range c.Added.Lines {
			out.Lines = append(out.Lines, l.Text)
		}
	}
	return out
}

func cited(list []dossier.Citation) []DossierCitation {
	out := make([]DossierCitation, len(list))
	for i, c := range list {
		out[i] = DossierCitation(c)
	}
	return out
}
