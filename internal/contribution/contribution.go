// Package contribution reads what organizations send in, against what is
// recorded: the file becomes text (package document), the text initiatives and
// what they cite (package intake), and the store says what each cited number
// would mean and whether the document is known. It publishes nothing.
//
// A document may be a dossier that was downloaded here, edited and sent back
// (package dossier). Then only what was changed in it is proposed, compared with
// the revision of which it was written. A dossier holds what an organization
// reported itself; what others report of it is theirs. How its changes become
// edits follows from the rule that no source's words are ever altered:
//
//   - titles, summaries, headings and places of initiatives are words of the
//     record: they are changed, and one that was struck out is withdrawn.
//   - a line of citations stands in the document that printed it. One that was
//     struck out, moved or reworded stays recorded there, and what it cites is
//     set aside, because its contributor does not claim that any more. What is
//     claimed instead is a line of the dossier that came back, which becomes a
//     source of the day on which it was received. Links for which both lines
//     stand go on; what people decided about numbers comes along.
//   - a line that merely says the same in other words changes nothing: nobody
//     claims anything else, and the words are those of the earlier document.
//
// What cannot be put into edits is listed with its place.
package contribution

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/dossier"
	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/browse"
	kept "normmap/internal/store/intake"
)

// MaxCited is how many numbers a document may cite: some twenty times what a
// proposal holds, and few enough to look all of them up.
const MaxCited = 20_000

// Reader reads contributions.
type Reader struct {
	Store     *store.Store
	Documents document.Reader
	Turns     *Turns         // bounds how many are read at once; nil does not
	Time      time.Duration  // that making out what a text says may take; 0 is all the time in the world
	Tell      func(Progress) // is told how far the work is, and must not wait; nil is not
	Replaces  string         // slug of the source of which the document is a new version; "" when nobody says so
}

// File is a document as it was sent; pasted text has no name.
type File struct {
	Name string
	Data []byte
}

// Contribution is a document with what was read out of it.
type Contribution struct {
	File         File
	Received     norms.Document
	Organization norms.Organization // that sent it
	Known        *norms.SourceRow   // the recorded source that it is, nil for a new one
	Earlier      *kept.HeldText     // the recorded source that it was once, and that has another text now
	Alike        []Alike            // recorded sources that it looks like a new version of, the likest first
	Unlooked     bool               // whether there was no time to look for such sources
	Version      *Version           // nil unless it is taken as one
	Reading      intake.Reading
	Edited       *Edited // nil unless it is a dossier that came back
	TextAlone    bool    // its text is to be attached, though nothing was found in it
	OwnDocument  bool    // it is said to be a document of its own, whatever it looks like

	meaning map[place]browse.ReadReference
	hints   []intake.Problem
}

// place tells references apart. One cell of a table may cite in several rows, and
// of another agreement in each.
type place struct {
	start, end int
	agreement  string
}

func placeOf(r citation.Reference) place { return place{r.Start, r.End, r.Agreement} }

// Read reads a document that an organization, given by its slug, sent in. What
// is wrong with the file is a [document.Refusal].
func (r Reader) Read(ctx context.Context, f File, organization string) (Contribution, error) {
	return r.read(ctx, f, organization, func(ctx context.Context) (norms.Document, document.Document, error) { return r.receive(ctx, f) })
}

// read reads a document whose text is found by receive.
func (r Reader) read(ctx context.Context, f File, organization string, receive func(context.Context) (norms.Document, document.Document, error)) (Contribution, error) {
	c := Contribution{File: f}
	var err error
	if c.Organization, err = r.Store.Organization(ctx, organization); err != nil {
		return c, fmt.Errorf("reading who sent the document: %w", err)
	}
	r.tell(Waiting, 0, 0)
	release, err := r.Turns.take(ctx)
	if err != nil {
		return c, err
	}
	defer release()
	r.tell(Text, 0, 0)
	var read document.Document
	if c.Received, read, err = receive(ctx); err != nil {
		return c, err
	}
	if c.Known, err = r.Store.KnownFile(ctx, c.Received.FileSHA256); err != nil {
		return c, fmt.Errorf("looking for the document among the sources: %w", err)
	}
	names, err := r.Store.Names(ctx)
	if err != nil {
		return c, fmt.Errorf("reading the names of agreements: %w", err)
	}
	r.tell(Reading, 0, 0)
	grammar := citation.NewGrammar(names)
	if c.Edited, err = r.edited(ctx, c, read, grammar); err != nil {
		return c, err
	}
	if err := r.compare(ctx, &c); err != nil {
		return c, err
	}
	if c.Reading, err = r.makeOut(ctx, grammar, c.Received.Text, intake.Options{Dated: c.dated()}); err != nil {
		return c, err
	}
	if c.Version != nil {
		if err := r.recognize(ctx, &c); err != nil {
			return c, err
		}
	}
	return c, r.understand(ctx, &c)
}

// compare holds a document that is new against the texts of recorded sources.
func (r Reader) compare(ctx context.Context, c *Contribution) (err error) {
	if r.Replaces != "" {
		c.Version, err = r.version(ctx, *c)
		return err
	}
	if c.Known != nil || c.Edited != nil {
		return nil
	}
	if c.Earlier, err = r.Store.EarlierFile(ctx, c.Received.FileSHA256); err != nil {
		return fmt.Errorf("looking for the document among earlier versions: %w", err)
	}
	if c.Earlier == nil {
		err = r.alike(ctx, c)
	}
	return err
}

// makeOut reads a text in the time that there is for it.
func (r Reader) makeOut(ctx context.Context, g *citation.Grammar, text string, o intake.Options) (found intake.Reading, err error) {
	err = r.inTime(ctx, "making out what the text says", "send it in parts, or only the part that tells what was done", func(ctx context.Context) error {
		found, err = intake.Read(ctx, g, text, o)
		return err
	})
	return found, err
}

// limited is ctx with the time that making out a text may take.
func (r Reader) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.Time > 0 {
		return context.WithTimeout(ctx, r.Time)
	}
	return ctx, func() {}
}

// inTime does work on a text that fails only when its time is over, which is a
// refusal with advice.
func (r Reader) inTime(ctx context.Context, what, advice string, work func(context.Context) error) error {
	limited, cancel := r.limited(ctx)
	defer cancel()
	err := work(limited)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", what, ctx.Err())
	case err != nil:
		return &document.Refusal{Reason: document.TimedOut, What: fmt.Sprintf("%s took longer than %s: %s", what, r.Time, advice)}
	}
	return nil
}

// receive turns a file into text. One that was received before as the same kind
// of file has the text that was found in it then, in which places are counted
// already.
func (r Reader) receive(ctx context.Context, f File) (norms.Document, document.Document, error) {
	kind, _ := document.Detect(f.Name, f.Data) // why it is none is told when it is read
	sum := sha256.Sum256(f.Data)
	known, err := r.Store.Document(ctx, hex.EncodeToString(sum[:]), kind.MediaType())
	if err != nil {
		return norms.Document{}, document.Document{}, fmt.Errorf("looking for the file among those that were received: %w", err)
	}
	if known != nil && !mayBeDossier(*known) {
		return *known, document.Document{Text: known.Text}, nil
	}
	d, err := r.Documents.Read(ctx, f.Name, f.Data)
	if known != nil {
		return *known, d, err
	}
	return norms.Document{FileSHA256: d.FileSHA256, TextSHA256: d.TextSHA256, MediaType: d.Format.MediaType(), Name: named(f.Name),
		Bytes: int64(len(f.Data)), Text: d.Text}, d, err
}

// mayBeDossier tells whether a file is to be read again, since its text does
// not tell all of a dossier.
func mayBeDossier(d norms.Document) bool {
	_, _, ok := dossier.Identify(document.Document{Text: d.Text})
	return ok || d.MediaType == document.CSV.MediaType() || d.MediaType == document.XLSX.MediaType()
}

// named is the name of a file as it is kept: without folders and what could
// not be shown.
func named(name string) string {
	if name == "" {
		return ""
	}
	return cut(publicText(path.Base(strings.ReplaceAll("/"+name, `\`, "/"))), norms.MaxTitle)
}

// dated is the day of a known source, "" else.
func (c Contribution) dated() norms.Date {
	if c.Known == nil {
		return ""
	}
	return c.Known.PublishedOn
}

// Dated is the day of the document: as recorded, else as it says itself.
func (c Contribution) Dated() norms.Date {
	if c.Edited != nil && c.Known == nil {
		return "" // its day is the one on which it is received
	}
	if on := c.dated(); on != "" {
		return on
	}
	if c.Reading.Dated == "" && c.Version != nil {
		return c.Version.dated
	}
	return c.Reading.Dated
}

// shorter is what to do with a document that is too long.
func (c Contribution) shorter() string {
	if c.Version != nil {
		return alone
	}
	return "send it in parts"
}

func (r Reader) understand(ctx context.Context, c *Contribution) error {
	r.tell(LookUp, 0, 0)
	refs := c.References()
	cited := 0
	for _, ref := range refs {
		cited += len(ref.Labels)
	}
	if cited > MaxCited {
		return norms.Field("file", "the document cites %d numbers; at most %d are read at once, so %s", cited, MaxCited, c.shorter())
	}
	found, err := r.Store.Understand(ctx, refs, c.Dated())
	if err != nil {
		return fmt.Errorf("looking up what is cited: %w", err)
	}
	c.meaning = make(map[place]browse.ReadReference, len(found))
	for _, f := range found {
		c.meaning[placeOf(f.Reference)] = f
	}
	c.hints, err = r.hints(ctx, c.Received.Text, found)
	return err
}

// Meaning is a reference with what each of its numbers would be taken to mean.
func (c Contribution) Meaning(r citation.Reference) browse.ReadReference {
	return c.meaning[placeOf(r)]
}

// References are all that were found, each once, in order of place.
func (c Contribution) References() []citation.Reference {
	var all []citation.Reference
	var add func(list []intake.Initiative)
	add = func(list []intake.Initiative) {
		for _, i := range list {
			all = append(all, i.References...)
			add(i.Parts)
		}
	}
	add(c.Reading.Initiatives)
	all = append(all, c.Reading.Elsewhere...)
	slices.SortStableFunc(all, func(a, b citation.Reference) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Agreement, b.Agreement))
	})
	return slices.CompactFunc(all, func(a, b citation.Reference) bool { return placeOf(a) == placeOf(b) })
}

// Figures sum up what was read. References and citations are those of
// initiatives, counted once for each.
type Figures struct {
	Initiatives, Parts, References, Citations int
	Resolved, Ambiguous, OutOfRange, Unknown  int
	AddressesMissing                          int
}

// Figures counts.
func (c Contribution) Figures() Figures {
	var f Figures
	for _, i := range c.Reading.Initiatives {
		f.Initiatives++
		f.Parts += len(i.Parts)
		c.count(&f, i)
	}
	for _, l := range c.Reading.Links {
		if l.Missing {
			f.AddressesMissing++
		}
	}
	return f
}

func (c Contribution) count(f *Figures, i intake.Initiative) {
	f.References += len(i.References)
	for _, ref := range i.References {
		for _, cited := range c.Meaning(ref).Citations {
			f.Citations++
			switch cited.Resolution {
			case norms.Resolved:
				f.Resolved++
			case norms.Ambiguous:
				f.Ambiguous++
			case norms.OutOfRange:
				f.OutOfRange++
			case norms.UnknownAgreement:
				f.Unknown++
			case norms.SetAside: // only people set aside
			}
		}
	}
	for _, p := range i.Parts {
		c.count(f, p)
	}
}
