package contribution

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/dossier"
	"normmap/internal/norms"
)

// struck is a line of citations that was added, changed, moved or struck out.
//
// What a source wrote is never altered: the line of an earlier document stays
// recorded as it was printed there. That its contributor does not claim it any
// more is said of its citations, which are set aside with the reason; what the
// contributor says instead is a line of the document that came back. It is put
// first, so that a link for which both stand is the same one before and after.
type struck struct {
	was     *norms.ContributedLine // nil for a new one
	from    *draft
	to      *draft
	text    string
	at      int
	title   string
	changed bool // its text is another
	same    bool // though it cites the same
}

// strike takes a change of a line in.
func (b *returned) strike(c dossier.Change) {
	s := b.known[c.Line]
	if s == nil || c.Line == 0 {
		s = &struck{to: b.drafts[c.Initiative], at: c.At, title: c.Title}
		b.moves = append(b.moves, s)
	}
	if c.Line != 0 && s.was == nil {
		b.known[c.Line] = s
		s.from, s.was = b.recorded(c.Line)
		s.text = s.was.Text
	}
	switch c.Action {
	case dossier.Withdrawn:
		s.to = nil
	case dossier.Added, dossier.Changed:
		s.text, s.changed = c.Fields[0].After, true
		s.same = s.was != nil && len(c.Cites)+len(c.Drops) == 0
	case dossier.Moved: // s.to says where to
	}
}

// recorded finds a line as it was in the dossier, with its initiative.
func (b *returned) recorded(id int64) (*draft, *norms.ContributedLine) {
	for i := range b.was.Initiatives {
		for n, l := range b.was.Initiatives[i].Lines {
			if l.ID == id {
				return b.drafts[b.was.Initiatives[i].Slug], &b.was.Initiatives[i].Lines[n]
			}
		}
	}
	return nil, nil
}

// putLines makes edits of the lines.
func (b *returned) putLines() {
	for _, s := range b.moves {
		moved := s.was != nil && s.to != nil && s.to != s.from
		switch {
		case s.to == nil:
			b.setAside(s, "Struck out of the dossier")
		case s.same && !moved:
			b.miss(s.at, s.text, "cites the same as before: a line stays in the words of the document that printed it")
		case !b.putLine(s):
		case moved:
			b.setAside(s, fmt.Sprintf("Moved to “%s” in the dossier", s.to.edit.Title))
		case s.was != nil:
			b.setAside(s, "Replaced by another line in the dossier")
		}
	}
}

// putLine records a line as one of the document that came back.
func (b *returned) putLine(s *struck) bool {
	if s.to.dropped || s.to.edit.Slug == "" {
		b.miss(s.at, s.text, "its initiative is not recorded")
		return false
	}
	e := norms.PutCitationLine{Source: b.Source, Initiative: s.to.edit.Slug, Text: s.text, Place: b.where(s.at),
		References: b.located(b.grammar.Parse(s.text), s.at)}
	e.Decided = b.decided(s, e.References)
	if key := e.Initiative + "\n" + e.Text; b.said[key] {
		b.miss(s.at, s.text, "the same words are recorded for the same initiative already")
		return false
	} else {
		b.said[key] = true
	}
	return b.step(step{Edit: e, rank: anyOther, place: s.to.place, at: s.at, title: s.text})
}

// located are references with their places in the text, as far as they stand
// there letter for letter.
func (b *returned) located(refs []citation.Reference, at int) []norms.Reference {
	out := references(refs)
	text, from := "", 0
	if line := b.textLine(at); line > 0 && line <= len(b.making.lines.starts) {
		from = b.making.lines.starts[line-1]
		text, _, _ = strings.Cut(string(b.making.lines.runes[from:]), "\n\n")
	}
	for i := range out {
		n := strings.Index(text, out[i].Text)
		if n < 0 {
			out[i].Start, out[i].End = -1, -1
			continue
		}
		out[i].Start = from + utf8.RuneCountInString(text[:n])
		out[i].End = out[i].Start + utf8.RuneCountInString(out[i].Text)
		from, text = out[i].End, text[n+len(out[i].Text):]
	}
	return out
}

// setAside sets aside what a line cited, but for what was set aside already, or
// went with its initiative.
func (b *returned) setAside(s *struck, why string) {
	if s.from.withdrawn {
		return
	}
	why = fmt.Sprintf("%s that %s sent back on %s (“%s”).", why, b.Organization.Name, b.today.UTC().Format(time.DateOnly), b.Title())
	now := map[int64]norms.ContributedCitation{}
	for _, c := range s.standing() {
		now[c.ID] = c
	}
	for _, was := range s.was.Citations {
		c, there := now[was.ID]
		if !there || c.Resolution == norms.SetAside {
			continue
		}
		e := norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "set_aside", Note: why}
		b.step(step{Edit: e, rank: anyOther, place: b.beside(s), at: s.at, title: s.was.Text, seen: decidedSince(was, c)})
	}
}

// beside is where the edits of a line stand.
func (b *returned) beside(s *struck) int {
	if s.to != nil {
		return s.to.place
	}
	return s.from.place
}

// decided are the decisions of people about numbers that a line cited and that
// its new text cites, too. Nobody decided about the new ones yet: whoever
// accepts them does, and is told who did before.
func (b *returned) decided(s *struck, refs []norms.Reference) []norms.LabelDecided {
	var out []norms.LabelDecided
	for n, r := range refs {
		for _, label := range r.Labels {
			for _, c := range s.standing() {
				if c.DecidedBy == "" || c.Agreement != r.Agreement || citation.Normalize(c.Label) != citation.Normalize(label) || r.Agreement == "" && c.Name != r.Name {
					continue
				}
				d := norms.LabelDecided{Reference: n + 1, Label: label, Decision: "set_aside", Note: fmt.Sprintf("As %s decided about the earlier line.", c.DecidedBy)}
				switch c.Resolution {
				case norms.Resolved:
					d.Decision, d.Principle = "resolve", c.Principle
				case norms.SetAside:
				default:
					continue // it was opened again
				}
				out = append(out, d)
				break
			}
		}
	}
	return out
}

// standing are the citations of a line as they are by now.
func (s *struck) standing() []norms.ContributedCitation {
	if s.was == nil || s.from.now == nil {
		return nil
	}
	for _, l := range s.from.now.Lines {
		if l.ID == s.was.ID {
			return l.Citations
		}
	}
	return nil
}

// decidedSince is what a citation was taken to mean in the dossier, where that
// is another by now.
func decidedSince(was, now norms.ContributedCitation) []norms.Seen {
	if was.Resolution == now.Resolution {
		return nil
	}
	return []norms.Seen{{Kind: "citation", Field: "resolution", Before: string(was.Resolution)}}
}
