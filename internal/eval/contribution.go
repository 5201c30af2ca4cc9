package main

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// wantEnds is what the name of a file of expectations adds to its document's.
const wantEnds = ".want"

// fact is something that a document says: what is said of which initiative.
// Facts are counted as often as they are said.
type fact string

// facts are what was read out of a document, or should be.
type facts struct {
	initiatives, citations, resolutions, promises []fact
}

// sent is a document with what should be read out of it.
type sent struct {
	name string
	text string
	want facts
}

// contributions reads the documents of a folder that have expectations.
func contributions(folder fs.FS) ([]sent, error) {
	names, err := fs.Glob(folder, "*"+wantEnds)
	if err != nil {
		return nil, err
	}
	programs := tools()
	var all []sent
	for _, name := range names {
		c := sent{name: strings.TrimSuffix(name, wantEnds)}
		data, err := fs.ReadFile(folder, c.name)
		if err != nil {
			return nil, err
		}
		d, err := document.Extract(c.name, data, document.DefaultLimits(), programs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		c.text = d.Text
		wanted, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		if c.want, err = expectations(string(wanted), d.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, c)
	}
	return all, nil
}

// tools are the programs of this machine.
func tools() document.Tools {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval: PDFs are read without pdftotext")
	}
	return document.Tools{PDFToText: tool}
}

// expectations reads what should be found, line by line:
//
//	initiative <how its text begins>
//	  part <how it begins>
//	  planned <due date or nothing>
//	  cites <agreement, or ? and a name> | <label> | <principle or resolution>
//
// What is indented under a part is of the part.
func expectations(wanted, text string) (facts, error) {
	var f facts
	owner := map[bool]fact{}
	from := 0
	s := bufio.NewScanner(strings.NewReader(wanted))
	for line := 1; s.Scan(); line++ {
		printed := strings.TrimSpace(s.Text())
		word, rest, _ := strings.Cut(printed, " ")
		deep := strings.HasPrefix(s.Text(), "    ")
		switch word {
		case "":
		case "initiative", "part":
			i := strings.Index(text[from:], rest)
			if i < 0 {
				return f, fmt.Errorf("line %d: %q does not stand there", line, rest)
			}
			from += i
			place := placed(text, from)
			f.initiatives = append(f.initiatives, place)
			owner[word == "part"] = place
		case "planned":
			f.promises = append(f.promises, owner[deep]+" "+fact(rest))
		case "cites":
			parts := strings.Split(rest, " | ")
			if len(parts) != 3 {
				return f, fmt.Errorf("line %d: write cites agreement | label | principle", line)
			}
			cited := owner[deep] + fact(" "+parts[0]+" "+citation.Normalize(parts[1]))
			f.citations = append(f.citations, cited)
			f.resolutions = append(f.resolutions, cited+" "+fact(parts[2]))
		default:
			return f, fmt.Errorf("line %d: %q is nothing that could be expected", line, word)
		}
	}
	return f, s.Err()
}

// sender is recorded in the seeds: an organization that sent contributions.
const sender = "microsoft"

// read reads a text as the service does when somebody pastes it.
func read(ctx context.Context, s *store.Store, text string) (contribution.Contribution, error) {
	r := contribution.Reader{Store: s, Documents: document.Reader{Limits: document.DefaultLimits()}}
	return r.Read(ctx, contribution.File{Data: []byte(text)}, sender)
}

// firstWords is how many bytes of what begins somewhere tell a person what it is.
const firstWords = 40

// placed is a place of a text, told by its line and its first words.
func placed(text string, at int) fact {
	words, _, _ := strings.Cut(text[at:], "\n")
	words = strings.ToValidUTF8(words[:min(len(words), firstWords)], "")
	return fact(fmt.Sprintf("line %d, %d: %s", strings.Count(text[:at], "\n")+1, at, words))
}

// found are the facts of what was read.
func found(c contribution.Contribution) facts {
	var f facts
	starts := []int{}
	for i := range c.Received.Text {
		starts = append(starts, i)
	}
	for _, i := range c.Reading.Initiatives {
		f.add(c, i, starts)
	}
	return f
}

// add adds an initiative; starts are the bytes at which code points begin.
func (f *facts) add(c contribution.Contribution, i intake.Initiative, starts []int) {
	place := placed(c.Received.Text, starts[i.Start])
	f.initiatives = append(f.initiatives, place)
	if i.Planned != nil {
		f.promises = append(f.promises, place+" "+fact(i.Planned.Due))
	}
	for _, r := range i.References {
		who := r.Agreement
		if who == "" {
			who = "? " + r.Name
		}
		for _, l := range c.Meaning(r).Citations {
			cited := place + fact(" "+who+" "+citation.Normalize(l.Label))
			f.citations = append(f.citations, cited)
			meant := string(l.Resolution)
			if l.Resolution == norms.Resolved {
				meant = l.Candidates[0].Principle
			}
			f.resolutions = append(f.resolutions, cited+" "+fact(meant))
		}
	}
	for _, p := range i.Parts {
		f.add(c, p, starts)
	}
}
