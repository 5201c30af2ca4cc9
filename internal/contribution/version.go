package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"normmap/internal/anchor"
	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
	kept "normmap/internal/store/intake"
)

// Version is a document as the new version of a recorded source.
type Version struct {
	Of         string // slug
	Title      string
	Share      int                        // of the words of the earlier text stand in this one, in percent
	References []Followed                 // what is quoted from the earlier text, in its order
	Again      []Followed                 // what that text did not print any more, and this one does
	Missing    []kept.Told                // initiatives of which it does not tell any more
	Left       int                        // numbers and initiatives that the earlier text had as well and that nobody recorded
	dated      norms.Date                 // as the source is recorded
	replaces   string                     // SHA-256 of the file of the earlier text
	before     string                     // the earlier text
	to, back   anchor.Versions            // from that to the document, and the other way
	standing   map[place]bool             // references of the document that are recorded
	slugs      map[int]string             // recorded initiatives, by where the candidates begin that tell of them
	lines      map[string]map[string]bool // lines that are recorded, by initiative
}

// Followed is a reference to an earlier text with what became of its words.
type Followed struct {
	kept.Quoted
	Line  int // of the earlier text
	Found anchor.Found
	Now   int // the line on which they stand, 0 when they are gone
}

// Count is how many references something became of.
func (v Version) Count(how anchor.How) int {
	n := 0
	for _, f := range v.References {
		if f.Found.How == how {
			n++
		}
	}
	return n
}

// version compares a document with the source of which it is said to be a new
// version. What cannot be one is refused.
func (r Reader) version(ctx context.Context, c Contribution) (*Version, error) {
	of, err := r.Store.HeldText(ctx, r.Replaces)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the text of %s: %w", r.Replaces, err)
	case of == nil:
		return nil, norms.Field("replaces", "no source %q is recorded", r.Replaces)
	case c.Edited != nil:
		return nil, norms.Field("replaces", "a dossier that comes back says itself what was changed in it; send it without")
	case c.Known != nil && c.Known.Slug == of.Slug:
		return nil, nil // it is that very document
	case c.Known != nil:
		return nil, norms.Field("replaces", "this file is the source %s already, which is no version of %s", titled(c.Known.Title, c.Known.Slug), titled(of.Title, of.Slug))
	case of.Text == "":
		return nil, norms.Field("replaces", "the text of %s is not held, so nothing can be compared; send the file that it was taken from first", titled(of.Title, of.Slug))
	case of.Organization != "" && of.Organization != c.Organization.Slug:
		return nil, norms.Field("replaces", "%s is a source of %s, and this is said to come from %s: nobody gives another one's document a new version; say that it comes from %s if it does, or send it without",
			titled(of.Title, of.Slug), of.Organization, c.Organization.Slug, of.Organization)
	}
	return r.compared(ctx, *of, c.Received.Text)
}

// compared compares a document with the text of a source.
func (r Reader) compared(ctx context.Context, of kept.HeldText, text string) (*Version, error) {
	quoted, err := r.Store.QuotedFrom(ctx, of.Slug)
	if err != nil {
		return nil, fmt.Errorf("reading what is quoted from %s: %w", of.Slug, err)
	}
	texts, err := r.earlierTexts(ctx, of, quoted)
	if err != nil {
		return nil, err
	}
	v := &Version{Of: of.Slug, Title: of.Title, dated: of.PublishedOn, replaces: of.SHA256, before: of.Text, standing: map[place]bool{}}
	return v, r.inTime(ctx, "comparing the document with the earlier text of "+of.Slug, func(ctx context.Context) error {
		v.Share = share(norms.Mask(of.Text), norms.Mask(text))
		return v.follow(ctx, text, quoted, texts)
	})
}

// earlierTexts reads the texts from which something is quoted, by revision: 0 is
// that which is held.
func (r Reader) earlierTexts(ctx context.Context, of kept.HeldText, quoted []kept.Quoted) (map[int64]string, error) {
	out := map[int64]string{0: of.Text}
	for _, q := range quoted {
		if _, read := out[q.AsOf]; read {
			continue
		}
		text, err := r.Store.TextAsOf(ctx, of.Slug, q.AsOf)
		if err != nil {
			return nil, fmt.Errorf("reading the text of %s as of revision %d: %w", of.Slug, q.AsOf, err)
		}
		out[q.AsOf] = text
	}
	return out, nil
}

// follow finds what is quoted from earlier texts in the new one: each text is
// compared once.
func (v *Version) follow(ctx context.Context, after string, quoted []kept.Quoted, texts map[int64]string) error {
	from := map[string][]kept.Quoted{v.before: nil}
	for _, q := range quoted {
		from[texts[q.AsOf]] = append(from[texts[q.AsOf]], q)
	}
	now := LinesOf(after)
	for before, list := range from {
		was := LinesOf(before)
		list = slices.DeleteFunc(list, func(q kept.Quoted) bool { return !was.prints(q) })
		to, err := anchor.Between(ctx, before, after, quotedPlaces(list))
		if err != nil {
			return err
		}
		if before == v.before {
			v.to = to
		}
		for _, q := range list {
			v.follows(q, was, now, to.Find(anchor.Place{Start: q.Start, End: q.End}))
		}
	}
	inOrder := func(a, b Followed) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.AsOf, b.AsOf)) }
	slices.SortStableFunc(v.References, inOrder)
	slices.SortStableFunc(v.Again, inOrder)
	return nil
}

// follows keeps what became of a reference. Of those that were gone before, only what
// is there again is told.
func (v *Version) follows(q kept.Quoted, was, now Lines, found anchor.Found) {
	f := Followed{Quoted: q, Line: was.Of(q.Start), Found: found}
	if found.How != anchor.Gone {
		f.Now = now.Of(found.Start)
		v.standing[place{found.Start, found.End, q.Agreement}] = true
	}
	switch {
	case q.AsOf == 0:
		v.References = append(v.References, f)
	case found.How != anchor.Gone:
		v.Again = append(v.Again, f)
	}
}

// prints tells whether a reference stands at its place.
func (l Lines) prints(q kept.Quoted) bool {
	return q.Start < q.End && q.End <= len(l.runes) && anchor.Same(l.runes[q.Start:q.End], []rune(q.Text))
}

func quotedPlaces(list []kept.Quoted) []anchor.Place {
	out := make([]anchor.Place, len(list))
	for i, q := range list {
		out[i] = anchor.Place{Start: q.Start, End: q.End}
	}
	return out
}

// recognize finds the recorded initiatives among the candidates: those for which
// the same words stand, those of the same title, and those whose first line it is.
func (r Reader) recognize(ctx context.Context, c *Contribution) error {
	v := c.Version
	told, err := r.Store.ToldBy(ctx, v.Of)
	if err != nil {
		return fmt.Errorf("reading what %s tells of: %w", v.Of, err)
	}
	err = r.inTime(ctx, "comparing the document with the earlier text of "+v.Of, func(ctx context.Context) error {
		v.back, err = anchor.Between(ctx, c.Received.Text, v.before, placesOf(c.References()))
		return err
	})
	if err != nil {
		return err
	}
	known := recognizer{v: v, lines: LinesOf(c.Received.Text), byTitle: map[string]string{}, byLine: map[int]string{}, byPlace: map[anchor.Place]string{}}
	for _, t := range told {
		known.byTitle[sameTitle(t.Title)] = t.Slug
		if n := v.to.Line(norms.LineOf(t.Place)); n > 0 {
			known.byLine[n] = t.Slug
		}
	}
	for _, f := range slices.Concat(v.References, v.Again) {
		if f.Found.How != anchor.Gone {
			known.byPlace[f.Found.Place] = f.Initiative
		}
	}
	v.slugs = map[int]string{}
	known.all(c.Reading.Initiatives)
	v.missing(told)
	return r.recordedLines(ctx, v, told)
}

// recordedLines reads which lines of the source are recorded: none is twice.
func (r Reader) recordedLines(ctx context.Context, v *Version, told []kept.Told) error {
	slugs := make([]string, len(told))
	for i, t := range told {
		slugs[i] = t.Slug
	}
	found, err := r.Store.LinesOf(ctx, []string{v.Of}, slugs)
	if err != nil {
		return fmt.Errorf("reading the lines of %s: %w", v.Of, err)
	}
	v.lines = map[string]map[string]bool{}
	for _, l := range found {
		if v.lines[l.Initiative] == nil {
			v.lines[l.Initiative] = map[string]bool{}
		}
		v.lines[l.Initiative][l.Text] = true
	}
	return nil
}

func placesOf(refs []citation.Reference) []anchor.Place {
	out := make([]anchor.Place, len(refs))
	for i, r := range refs {
		out[i] = anchor.Place{Start: r.Start, End: r.End}
	}
	return out
}

func sameTitle(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// recognizer knows the recorded initiatives of a source.
type recognizer struct {
	v       *Version
	lines   Lines
	byTitle map[string]string
	byLine  map[int]string
	byPlace map[anchor.Place]string
}

func (k recognizer) all(list []intake.Initiative) {
	for _, i := range list {
		if slug := k.of(i); slug != "" {
			k.v.slugs[i.Start] = slug
		}
		k.all(i.Parts)
	}
}

func (k recognizer) of(i intake.Initiative) string {
	for _, r := range i.References {
		if slug, ok := k.byPlace[anchor.Place{Start: r.Start, End: r.End}]; ok {
			return slug
		}
	}
	if slug, ok := k.byTitle[sameTitle(publicText(i.Title))]; ok {
		return slug
	}
	return k.byLine[k.lines.Of(i.Start)]
}

// missing are the initiatives that no candidate tells of and for which nothing
// stands in the document.
func (v *Version) missing(told []kept.Told) {
	there := map[string]bool{}
	for _, slug := range v.slugs {
		there[slug] = true
	}
	for _, f := range slices.Concat(v.References, v.Again) {
		if f.Found.How != anchor.Gone {
			there[f.Initiative] = true
		}
	}
	for _, t := range told {
		if !there[t.Slug] {
			v.Missing = append(v.Missing, t)
		}
	}
}

// versionEdits are those by which a document becomes the new version of a source:
// its text with its days, and of what it tells only what is new in it.
func (r Reader) versionEdits(ctx context.Context, m *making, wishes []string, today time.Time) error {
	v := m.Version
	m.Source = v.Of
	m.add(norms.PutSourceText{Source: v.Of, FileSHA256: m.Received.FileSHA256, MediaType: m.Received.MediaType, Replaces: v.replaces,
		PublishedOn: m.Reading.Dated, RetrievedOn: norms.Date(today.UTC().Format(time.DateOnly))}, intake.Span{})
	var err error
	if m.names, err = r.slugs(ctx, "initiative", m.Received.FileSHA256, wishes); err != nil {
		return err
	}
	for n, i := range m.Reading.Initiatives {
		m.versionInitiative(i, "", n+1)
	}
	return nil
}

// versionInitiative adds what is new of a candidate: all of it, or what it cites
// besides what is recorded.
func (m *making) versionInitiative(i intake.Initiative, parent string, position int) {
	slug, known := m.Version.slugs[i.Start]
	switch {
	case known:
		m.cite(slug, m.Version.fresh(i.References))
	case m.Version.stood(i):
		m.Version.Left++
	default:
		m.initiative(i, parent, position)
		return
	}
	for n, p := range i.Parts {
		m.versionInitiative(p, slug, n+1)
	}
}

// fresh are the references that are neither recorded nor stood in the earlier
// text, where somebody read them before and made nothing of them.
func (v *Version) fresh(refs []citation.Reference) []citation.Reference {
	var out []citation.Reference
	for _, r := range refs {
		switch {
		case v.standing[placeOf(r)]:
		case v.back.Find(anchor.Place{Start: r.Start, End: r.End}).How != anchor.Gone:
			v.Left++
		default:
			out = append(out, r)
		}
	}
	return out
}

// stood tells whether the earlier text told of a candidate in the same words and
// cited the same for it: it was read before, and is not recorded.
func (v *Version) stood(i intake.Initiative) bool {
	return len(v.lines) > 0 && v.back.Same(i.Start) && !slices.ContainsFunc(i.References, func(r citation.Reference) bool {
		return v.back.Find(anchor.Place{Start: r.Start, End: r.End}).How == anchor.Gone
	})
}
