package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/intake"
	"normmap/internal/norms"
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

// contribution is a document with what should be read out of it.
type contribution struct {
	name string
	text string
	want facts
}

// contributions reads the documents of a folder that have expectations.
func contributions(folder fs.FS) ([]contribution, error) {
	names, err := fs.Glob(folder, "*"+wantEnds)
	if err != nil {
		return nil, err
	}
	programs := tools()
	var all []contribution
	for _, name := range names {
		c := contribution{name: strings.TrimSuffix(name, wantEnds)}
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
			place := fact(fmt.Sprint(len([]rune(text[:from]))))
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

// found are the facts of a reading.
func found(r intake.Reading, n numberings) facts {
	var f facts
	for _, i := range r.Initiatives {
		f.add(i, r.Dated, n)
	}
	return f
}

func (f *facts) add(i intake.Initiative, on norms.Date, n numberings) {
	place := fact(fmt.Sprint(i.Start))
	f.initiatives = append(f.initiatives, place)
	if i.Planned != nil {
		f.promises = append(f.promises, place+" "+fact(i.Planned.Due))
	}
	for _, r := range i.References {
		who := r.Agreement
		if who == "" {
			who = "? " + r.Name
		}
		for _, l := range r.Labels {
			cited := place + fact(" "+who+" "+citation.Normalize(l.Text))
			f.citations = append(f.citations, cited)
			f.resolutions = append(f.resolutions, cited+" "+fact(n.resolve(on, r, l.Text)))
		}
	}
	for _, p := range i.Parts {
		f.add(p, on, n)
	}
}
