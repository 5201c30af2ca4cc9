package contribution_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/dossier"
)

// Whatever is edited in a dossier, in whichever form: it becomes a proposal, and
// once that is accepted the new dossier is the one that was edited.
func TestEditedDossiersComeTrue(t *testing.T) {
	t.Parallel()
	for form := range forms {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			for round := range uint64(6) {
				m := &maker{Rand: rand.New(rand.NewPCG(round, uint64(len(form)))), round: round}
				x := d.dossier("microsoft")
				before := dump(x)
				var did []string
				for range 1 + m.IntN(4) {
					if what := m.edit(&x); what != "" {
						did = append(did, what)
					}
				}
				if dump(x) == before {
					continue
				}
				done := d.sends("a."+form, d.file(x, form))
				if done.Proposal == 0 || len(done.Left) > 0 {
					t.Fatalf("round %d: %q gives %+v", round, did, done)
				}
				proposed := brief(d.edits(done.Proposal))
				d.accepts(done.Proposal)
				if diff := cmp.Diff(dump(x), dump(d.dossier("microsoft"))); diff != "" {
					t.Fatalf("round %d: %q became\n%s(-want +got)\n%s", round, did, proposed, diff)
				}
				if t.Failed() {
					t.Fatalf("round %d: %q became\n%s", round, did, proposed)
				}
			}
		})
	}
}

// maker edits dossiers, the same way for the same seed.
type maker struct {
	*rand.Rand
	round uint64
	made  int
}

// words are such as were never used before.
func (m *maker) words(what string) string {
	m.made++
	return fmt.Sprintf("%s %d of %d, written anew", what, m.made, m.round)
}

// line is one that cites what no line of an initiative cites yet.
func (m *maker) line(i *dossier.Initiative) string {
	for {
		text := []string{"Paris Call principles %d and %d", "Cybersecurity Tech Accord principle %d, Paris Call principle %d", "GCSC norms %d and %d"}[m.IntN(3)]
		text = fmt.Sprintf(text, 1+m.IntN(4), 5+m.IntN(4))
		if !slices.ContainsFunc(i.Lines, func(l dossier.Line) bool { return strings.Contains(l.Text, text) }) {
			return text
		}
	}
}

// edit does something to a dossier and says what, or "" where it cannot.
func (m *maker) edit(d *dossier.Dossier) string {
	all := every(d.Initiatives)
	i := all[m.IntN(len(all))]
	whole := m.IntN(len(d.Initiatives))
	switch m.IntN(12) {
	case 0:
		i.Title = m.words("Title")
		return "title of " + i.Slug
	case 1:
		i.Summary = m.words("What it does")
		return "summary of " + i.Slug
	case 2:
		i.Lines = append(i.Lines, dossier.Line{Text: m.line(i)})
		return "line for " + i.Slug
	case 3, 4:
		return m.editLine(i)
	case 5:
		return m.moveLine(i, all[m.IntN(len(all))])
	case 6:
		n := dossier.Initiative{Title: m.words("New"), Summary: m.words("It does"), Heading: d.Initiatives[whole].Heading}
		n.Lines = append(n.Lines, dossier.Line{Text: m.line(&n)})
		d.Initiatives = slices.Insert(d.Initiatives, whole+m.IntN(2), n)
		return "new one at " + fmt.Sprint(whole)
	case 7:
		p := &d.Initiatives[whole]
		p.Parts = slices.Insert(p.Parts, m.IntN(len(p.Parts)+1), dossier.Initiative{Title: m.words("New part"), Summary: m.words("It does")})
		return "new part of " + p.Slug
	case 8:
		gone := d.Initiatives[whole]
		d.Initiatives = slices.Delete(d.Initiatives, whole, whole+1)
		return "without " + gone.Slug
	case 9:
		return m.reword(d, d.Initiatives[whole].Heading)
	case 10:
		return m.move(d, whole)
	}
	return m.moveIn(d, whole)
}

func (m *maker) editLine(i *dossier.Initiative) string {
	if len(i.Lines) == 0 {
		return ""
	}
	n := m.IntN(len(i.Lines))
	if m.IntN(3) == 0 {
		i.Lines = slices.Delete(i.Lines, n, n+1)
		return "a line less for " + i.Slug
	}
	text := m.line(i)
	i.Lines[n].Text = text
	return "another line for " + i.Slug
}

func (m *maker) moveLine(from, to *dossier.Initiative) string {
	if len(from.Lines) == 0 || from == to {
		return ""
	}
	l := from.Lines[0]
	if slices.ContainsFunc(to.Lines, func(o dossier.Line) bool { return strings.Trim(o.Text, "()") == strings.Trim(l.Text, "()") }) {
		return ""
	}
	from.Lines, to.Lines = from.Lines[1:], append(to.Lines, l)
	return "a line from " + from.Slug + " to " + to.Slug
}

func (m *maker) reword(d *dossier.Dossier, heading string) string {
	if heading == "" {
		return ""
	}
	now := m.words("Heading")
	for n := range d.Initiatives {
		if d.Initiatives[n].Heading == heading {
			d.Initiatives[n].Heading = now
		}
	}
	return "heading " + heading
}

// move puts an initiative elsewhere, or makes a whole of a part.
func (m *maker) move(d *dossier.Dossier, from int) string {
	moved := d.Initiatives[from]
	if n := len(moved.Parts); n > 0 && m.IntN(2) == 0 {
		part := moved.Parts[n-1]
		d.Initiatives[from].Parts = moved.Parts[:n-1]
		part.Heading = moved.Heading
		d.Initiatives = slices.Insert(d.Initiatives, from, part)
		return "no part: " + part.Slug
	}
	rest := slices.Delete(d.Initiatives, from, from+1)
	to := m.IntN(len(rest))
	moved.Heading = rest[to].Heading
	d.Initiatives = slices.Insert(rest, to, moved)
	return fmt.Sprintf("%s to %d", moved.Slug, to)
}

// moveIn makes a part of an initiative without parts.
func (m *maker) moveIn(d *dossier.Dossier, from int) string {
	moved := d.Initiatives[from]
	if len(moved.Parts) > 0 || len(d.Initiatives) < 2 {
		return ""
	}
	d.Initiatives = slices.Delete(d.Initiatives, from, from+1)
	to := &d.Initiatives[m.IntN(len(d.Initiatives))]
	to.Parts = append(to.Parts, moved)
	return "part: " + moved.Slug
}
