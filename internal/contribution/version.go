package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"normmap/internal/anchor"
	"normmap/internal/citation"
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
	gone       map[string]bool            // initiatives of references whose words the earlier text did not print any more
	dated      norms.Date                 // as the source is recorded
	replaces   string                     // SHA-256 of the file of the earlier text
	before     string                     // the earlier text as pages show it
	to, back   anchor.Versions            // from that to the document, and the other way
	standing   map[place]bool             // references of the document that are recorded
	told       map[string]kept.Told       // the initiatives of which it tells as recorded
	slugs      map[int][]string           // recorded initiatives, by where the candidates begin that tell of them; several where nobody can say of which
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

// alone is what to do with a document that is too long for a new version: a part of
// it is none.
const alone = "send it as a source of its own, in parts where that is needed"

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
	v := &Version{Of: of.Slug, Title: of.Title, dated: of.PublishedOn, replaces: of.SHA256, before: norms.Mask(of.Text), standing: map[place]bool{}}
	return v, r.inTime(ctx, "comparing the document with the earlier text of "+of.Slug, alone, func(ctx context.Context) error {
		shown := norms.Mask(text)
		v.Share = share(v.before, shown)
		return v.follow(ctx, shown, quoted, texts)
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
// compared once. They are compared as pages show them, for the reason that [share]
// tells; places in them are the same.
func (v *Version) follow(ctx context.Context, after string, quoted []kept.Quoted, texts map[int64]string) error {
	held := texts[0]
	from := map[string][]kept.Quoted{held: nil}
	v.gone = map[string]bool{}
	for _, q := range quoted {
		from[texts[q.AsOf]] = append(from[texts[q.AsOf]], q)
		if q.AsOf != 0 {
			v.gone[q.Initiative] = true
		}
	}
	now := LinesOf(after)
	for before, list := range from {
		was := LinesOf(before)
		list = slices.DeleteFunc(list, func(q kept.Quoted) bool { return !was.prints(q) })
		to, err := anchor.Between(ctx, norms.Mask(before), after, quotedPlaces(list))
		if err != nil {
			return err
		}
		if before == held {
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
		v.lines[l.Initiative][unended(l.Text)] = true
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
