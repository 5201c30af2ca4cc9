package app

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"normmap/internal/contribution"
	"normmap/internal/dossier"
	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/web/href"
)

// sayRead writes what was read out of a file for people: its figures, then a
// line for each thing, which begins as editors and terminals know places. Of a new
// version, of which not all that is read is new, edits are what would be proposed.
func sayRead(w io.Writer, file string, c contribution.Contribution, edits *contribution.Edits) error {
	out := bufio.NewWriter(w)
	f := c.Figures()
	fmt.Fprintf(out, "%s: %s\n", file, c.Title())
	fmt.Fprintf(out, "  %s, %d bytes, SHA-256 %s\n", c.Received.MediaType, len(c.File.Data), c.Received.FileSHA256)
	fmt.Fprintf(out, "  %s\n", known(c))
	sayAlike(out, c)
	fmt.Fprintf(out, "  %d initiatives, %d parts of them, %d references, %d citations: %d resolved, %d ambiguous, %d out of range, %d of unknown agreements\n",
		f.Initiatives, f.Parts, f.References, f.Citations, f.Resolved, f.Ambiguous, f.OutOfRange, f.Unknown)
	fmt.Fprintf(out, "  %d links without an address\n", f.AddressesMissing)
	lines := contribution.LinesOf(c.Received.Text)
	sayVersion(out, file, c.Version)
	left := c.Outside()
	if edits != nil {
		left = edits.Left
		fmt.Fprintf(out, "  %s would be proposed: the new text, and of what is read below only what is new in it\n", inEdits(len(edits.List)))
	}
	for _, i := range c.Reading.Initiatives {
		sayInitiative(out, file, "", lines, c, i)
	}
	for _, p := range c.Problems() {
		sayProblem(out, file, lines, p)
	}
	for _, p := range left {
		sayLeft(out, file, lines, p)
	}
	return out.Flush()
}

// known says whether the file is one that is recorded.
func known(c contribution.Contribution) string {
	switch {
	case c.Version != nil:
		return fmt.Sprintf("this is taken as a new version of the source %s, of whose words %d %% stand in it", c.Version.Of, c.Version.Share)
	case c.Earlier != nil:
		return "this is an earlier version of the source " + c.Earlier.Slug + ", which has another text now"
	case c.Known == nil:
		return "no source with this file is recorded"
	case c.Known.TextHeld:
		return "this is the source " + c.Known.Slug + ", whose text is held"
	default:
		return "this is the source " + c.Known.Slug + ", whose text is not held yet"
	}
}

// sayAlike says of which sources a file may be a new version, and what to do.
func sayAlike(w io.Writer, c contribution.Contribution) {
	if c.Unlooked {
		fmt.Fprintln(w, "  whether it is a new version of a recorded source could not be looked up now; --replaces SLUG takes it as one")
	}
	like := c.MayReplace()
	switch {
	case len(like) > 0:
		fmt.Fprintf(w, "  %s; --replaces %s takes it as that, --own-document as a document of its own\n", c.LooksLike(), like[0].Slug)
	case len(c.Alike) > 0:
		fmt.Fprintf(w, "  %s\n", c.Alike[0].Others())
	}
}

// sayVersion says what becomes of what is recorded of the earlier text. What is gone
// has no line of the file.
func sayVersion(w io.Writer, file string, v *contribution.Version) {
	if v == nil {
		return
	}
	fmt.Fprintf(w, "  %s\n", v.Sum())
	for _, f := range v.References {
		at := file
		if f.Now > 0 {
			at = fmt.Sprintf("%s:%d", file, f.Now)
		}
		if says := f.Says(); says != "" {
			fmt.Fprintf(w, "%s: %s, of %s: %s\n", at, oneLine(f.Text), f.Initiative, says)
		}
	}
	for _, f := range v.Again {
		fmt.Fprintf(w, "%s:%d: %s, of %s: there again\n", file, f.Now, oneLine(f.Text), f.Initiative)
	}
	for _, t := range v.Missing {
		fmt.Fprintf(w, "%s: it tells no more of %s, %s\n", file, t.Slug, oneLine(t.Title))
	}
}

func sayInitiative(w io.Writer, file, of string, lines contribution.Lines, c contribution.Contribution, i intake.Initiative) {
	status, due := i.Status()
	if due != "" {
		status += ", due " + norms.Status(due)
	}
	fmt.Fprintf(w, "%s:%d: %s%s (%s)\n", file, lines.Of(i.Start), of, i.Title, status)
	for _, r := range i.References {
		for _, cited := range c.Meaning(r).Citations {
			fmt.Fprintf(w, "%s:%d:   %s, %s: %s\n", file, lines.Of(r.Start), oneLine(r.Text), cited.Label, meaning(cited.Resolution, cited.Candidates))
		}
	}
	for _, p := range i.Parts {
		sayInitiative(w, file, "part: ", lines, c, p)
	}
}

// meaning says what a cited number would be taken to mean.
func meaning(r norms.Resolution, candidates []norms.Candidate) string {
	words := strings.ReplaceAll(string(r), "_", " ")
	if r == norms.Resolved {
		return candidates[0].Principle
	}
	if len(candidates) == 0 {
		return words
	}
	refs := make([]string, len(candidates))
	for i, k := range candidates {
		refs[i] = k.Principle
	}
	return words + ": " + strings.Join(refs, " or ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// unedited says why a dossier changes nothing.
func unedited(done contribution.Proposed) string {
	if len(done.Left) > 0 {
		return ", and nothing of what was changed in it can be proposed"
	}
	return ", unedited"
}

// sayChanges writes what was changed in a dossier.
func sayChanges(w io.Writer, file string, e *contribution.Edited) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s: the dossier of revision %d, in which %s changed\n", file, e.Revision, inThings(len(e.Changes)))
	for _, c := range e.Changes {
		at := file // of what is there no more
		if c.At > 0 {
			at = fmt.Sprintf("%s:%d", file, c.At)
		}
		fmt.Fprintf(out, "%s: %s\n", at, inWords(c))
	}
	for _, p := range e.Problems {
		fmt.Fprintf(out, "%s:%d: left out: %s: %s\n", file, p.Line, oneLine(p.Text), p.What)
	}
	return out.Flush()
}

// inThings says how many things were.
func inThings(n int) string {
	if n == 1 {
		return "1 thing was"
	}
	return fmt.Sprintf("%d things were", n)
}

// inWords is one change on one line.
func inWords(c dossier.Change) string {
	said := fmt.Sprintf("%s %s %s", c.Action, strings.ReplaceAll(string(c.Subject), "_", " "), cmp.Or(c.Initiative, oneLine(c.Title)))
	for _, f := range c.Fields {
		said += fmt.Sprintf(", %s: %q → %q", f.Name, oneLine(f.Before), oneLine(f.After))
	}
	if c.Added != nil {
		said += fmt.Sprintf(": %q", oneLine(c.Title))
	}
	if c.To != nil && (c.To.Heading != "" || c.To.Parent != "") {
		said += fmt.Sprintf(", now under %q", cmp.Or(c.To.Parent, c.To.Heading))
	}
	for _, cited := range c.Cites {
		said += fmt.Sprintf("; cites %s %s", cited.Name, cited.Label)
	}
	for _, cited := range c.Drops {
		said += fmt.Sprintf("; no longer %s %s", cited.Name, cited.Label)
	}
	return said
}

// sayProposed says what became of a file.
func sayProposed(w io.Writer, file, base string, c contribution.Contribution, done contribution.Proposed) {
	switch {
	case done.Proposal == 0 && c.Edited != nil && done.Source == "":
		fmt.Fprintf(w, "%s: no change: this is the dossier of %s as of revision %d%s\n", file, c.Organization.Slug, c.Edited.Revision, unedited(done))
	case done.Proposal == 0 && c.Earlier != nil:
		fmt.Fprintf(w, "%s: no change: this is an earlier version of the source %s\n", file, done.Source)
	case done.Proposal == 0:
		fmt.Fprintf(w, "%s: no change: this is the source %s, and what it says is recorded\n", file, done.Source)
	case done.SameText:
		fmt.Fprintf(w, "%s: no change: this is the text of proposal %d, which waits for review, in another file: %s\n", file, done.Proposal, base+href.Proposal(done.Proposal))
	case done.Again:
		fmt.Fprintf(w, "%s: no change: proposal %d of this document waits for review: %s\n", file, done.Proposal, base+href.Proposal(done.Proposal))
	default:
		fmt.Fprintf(w, "%s: proposal %d, %s: %s\n", file, done.Proposal, inEdits(done.Edits), base+href.Proposal(done.Proposal))
	}
	if !done.Again {
		sayAlike(w, c) // of what waits its proposal tells it
	}
	if c.Version != nil && done.Proposal != 0 {
		fmt.Fprintf(w, "  a new version of %s: %s\n", c.Version.Of, c.Version.Sum())
	}
	lines := contribution.LinesOf(c.Received.Text)
	for _, p := range done.Problems {
		sayProblem(w, file, lines, p)
	}
	for _, p := range done.Left {
		sayLeft(w, file, lines, p)
	}
}

// inEdits says how much a proposal has.
func inEdits(n int) string {
	if n == 1 {
		return "1 edit"
	}
	return fmt.Sprintf("%d edits", n)
}

func sayLeft(w io.Writer, file string, lines contribution.Lines, p intake.Problem) {
	label := "left out"
	if p.Kind == contribution.StatusChanged {
		label = "look at" // nothing of it is lost
	}
	fmt.Fprintf(w, "%s:%d: %s: %s: %s\n", file, lines.Of(p.Start), label, oneLine(p.Text), p.What)
}

func sayProblem(w io.Writer, file string, lines contribution.Lines, p intake.Problem) {
	fmt.Fprintf(w, "%s:%d: %s: %s\n", file, lines.Of(p.Start), oneLine(p.Text), p.What)
}
