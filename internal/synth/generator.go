package synth

import (
	"fmt"

	"normmap/internal/norms"
)

// Options say what is made.
type Options struct {
	Links int    // on record in the end
	Seed  uint64 // other seeds, other records
}

// MinLinks is the smallest record that has something of every kind.
const MinLinks = 400

// Person is somebody in whose name a changeset is written.
type Person struct {
	Email, Name  string
	Organization string // slug of the organization for which the person answers, "" for none
}

// Changeset is what one person writes at once.
type Changeset struct {
	By     Person
	Reason string
	Edits  []norms.Edit
	Done   int // how many edits there are in all up to the end of this one
	Of     int // about how many there will be
}

// Door leads to the record.
type Door struct {
	// Write writes a changeset and tells the numbers that its rows got.
	Write func(Changeset) (norms.Applied, error)
	// Links are the links of an initiative, in a fixed order.
	Links func(initiative string) ([]norms.LinkRow, error)
}

// maxEdits is how many edits one changeset has at most.
const maxEdits = 2000

// Run makes the record and writes it through the door, changeset by changeset.
// It ends with the first error of the door.
func Run(o Options, d Door) error {
	if o.Links < MinLinks {
		return fmt.Errorf("%d links are too few; a record with something of every kind has at least %d", o.Links, MinLinks)
	}
	w := &world{seed: o.Seed, sizes: sizesFor(o.Links), door: d}
	w.popularity = newZipf(w.slots())
	w.order = w.rand(kindOrder, 0).Perm(w.slots())
	for _, stage := range []func() error{
		w.writeAgreements, w.writeOrganizations, w.writeSources, w.writeAdherences, w.writeInitiatives, w.writeLines,
		w.writeLinks, w.writeCrosswalk, w.writeStatements, w.writeAssessments, w.writeChanges, w.writeWithdrawals, w.writeRenames,
	} {
		if err := stage(); err != nil {
			return err
		}
	}
	return nil
}

// sizes is how much there is of each kind.
type sizes struct {
	agreements, organizations, initiatives, tops, links int
}

// sizesFor keeps the proportions of the forum's own record: four links an
// initiative, twenty initiatives an organization. The number of agreements does
// not grow with the evidence.
func sizesFor(links int) sizes {
	s := sizes{
		agreements:    min(60, max(4, links*60/10_000)),
		organizations: max(12, links/80),
		initiatives:   max(20, links/4),
		links:         links,
	}
	s.tops = s.initiatives - s.initiatives/12 // the others are parts of these
	return s
}

// world is a record while it is made.
type world struct {
	sizes
	seed       uint64
	door       Door
	popularity *zipf
	order      []int // the slots of principles by how often they are linked
	done       int   // edits so far

	organizationRevs []int64 // revision that wrote each organization
	initiativeRevs   []int64
	adherences       []numbered
	contributed      int // links that citations made
	asserted         []assertion
}

// numbered is a row that the record has given a number.
type numbered struct{ id, rev int64 }

// expected is about how many edits there will be.
func (w *world) expected() int {
	organizations := 1 + 1 + 3 + 1 // itself, its source, its adherences, statements and changes
	initiatives := 1 + 1           // itself, its line and changes
	return w.agreements*20 + w.organizations*organizations + w.initiatives*initiatives + w.links*2/5
}

// write writes edits as one person's changeset.
func (w *world) write(by Person, reason string, edits []norms.Edit) (norms.Applied, error) {
	w.done += len(edits)
	done, err := w.door.Write(Changeset{By: by, Reason: reason, Edits: edits, Done: w.done, Of: max(w.done, w.expected())})
	if err != nil {
		return done, fmt.Errorf("%s: %w", reason, err)
	}
	if len(done.IDs) != len(edits) {
		return done, fmt.Errorf("%s: %d edits were sent and %d are answered", reason, len(edits), len(done.IDs))
	}
	return done, nil
}

// writeEach makes and writes n edits, a changeset at a time. Each gets its
// number and the revision of its changeset by way of wrote, which may be nil.
func (w *world) writeEach(reason string, n int, edit func(i int) norms.Edit, wrote func(i int, id, rev int64)) error {
	for from := 0; from < n; from += maxEdits {
		edits := make([]norms.Edit, min(maxEdits, n-from))
		for i := range edits {
			edits[i] = edit(from + i)
		}
		done, err := w.write(w.person(from/maxEdits), reason, edits)
		if err != nil {
			return err
		}
		for i, id := range done.IDs {
			if wrote != nil {
				wrote(from+i, id, done.Revision)
			}
		}
	}
	return nil
}

// people is how many write the record; others only answer.
const people = 9

func (w *world) person(n int) Person {
	n = n%people + 1
	return Person{Email: fmt.Sprintf("synthetic-%d@example.org", n), Name: fmt.Sprintf("Synthetic person %d", n)}
}
