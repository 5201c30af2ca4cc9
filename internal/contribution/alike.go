package contribution

import (
	"cmp"
	"context"
	"slices"

	"normmap/internal/anchor"
	"normmap/internal/norms"
)

// Alike is a recorded source whose text is largely that of a document.
type Alike struct {
	Slug         string
	Title        string
	Organization string // slug of the one that published it, "" for none
	PublishedOn  norms.Date
	Share        int // of its words stand in the document too, in percent
}

const (
	// versionFrom is the share of the words of a text, in percent, from which a
	// document may be a new version of it, and backFrom that of the document's own
	// words that it then has from there: a volume that reprints a letter is none.
	versionFrom = 60
	backFrom    = 30
	// mostAlike is how many sources are told.
	mostAlike = 3
)

// alike finds the sources that a document may be a new version of, the likest
// first. It only says so: nothing is made of it unless somebody does. Whether
// there is one is no reason to refuse a document, so that it tells when it could
// not look for any in the time that there is.
func (r Reader) alike(ctx context.Context, c *Contribution) error {
	limited, cancel := r.limited(ctx)
	defer cancel()
	texts, err := r.Store.LikelyTexts(limited, c.Received.Text)
	sent := norms.Mask(c.Received.Text)
	for _, t := range texts {
		if limited.Err() != nil {
			break
		}
		held := norms.Mask(t.Text)
		there, back := share(held, sent), share(sent, held)
		if there >= versionFrom && back >= backFrom {
			c.Alike = append(c.Alike, Alike{t.Slug, t.Title, t.Organization, t.PublishedOn, there})
		}
	}
	c.Unlooked = err != nil || limited.Err() != nil
	slices.SortStableFunc(c.Alike, func(a, b Alike) int { return cmp.Compare(b.Share, a.Share) })
	c.Alike = c.Alike[:min(len(c.Alike), mostAlike)]
	return ctx.Err()
}

// share is how many of the words of a text stand in another one, in percent,
// rounded down: 100 is all of them. They are given as pages show them: whoever sent
// one guess after the other would learn what these hide.
func share(of, in string) int {
	common, all := anchor.Share(of, in)
	if all == 0 {
		return 0
	}
	return common * 100 / all
}
