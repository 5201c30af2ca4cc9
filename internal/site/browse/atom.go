package browse

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

const atomType = "application/atom+xml"

// atomFeed and the types below are as much of Atom (RFC 4287) as the feed of
// changes needs.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Rights   string      `xml:"rights"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Author    atomPerson `xml:"author"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary"`
}

// atomPerson has a name only: the e-mail addresses of accounts are secret.
type atomPerson struct {
	Name string `xml:"name"`
}

// ChangesFeed answers the newest changesets that the filter chooses.
func (s *Site) ChangesFeed(w http.ResponseWriter, r *http.Request) error {
	if serve.VisitOf(r).Suffix != "" {
		return norms.NotFoundf("a feed has no other form; its address ends in .atom")
	}
	for _, name := range []string{"cursor", "limit"} {
		if r.URL.Query().Has(name) {
			return norms.Field(name, "a feed has the newest changes only, without pages; leave this out, or read all of them at %s", href.JSON(href.Changes()))
		}
	}
	filter := changeFilter(r)
	list, err := s.Store.ChangesWhere(r.Context(), filter, norms.Page{})
	if err != nil {
		return err
	}
	seals, err := s.Store.Seals(r.Context(), list.Items)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	body.WriteString(xml.Header)
	if err := xml.NewEncoder(&body).Encode(s.feed(r, list, filter, seals)); err != nil {
		return fmt.Errorf("writing the feed: %w", err)
	}
	w.Header().Set("Content-Type", atomType+"; charset=utf-8")
	serve.CacheRules(w.Header(), r, false)
	s.Send(w, r, http.StatusOK, body.Bytes())
	return nil
}

func (s *Site) feed(r *http.Request, list norms.ChangeList, filter norms.ChangeFilter, seals norms.Seals) atomFeed {
	ctx, base := r.Context(), s.BaseURL(r)
	filter.Since, filter.Until = "", ""
	self := page.FeedAddress(filter)
	_, chosen, _ := strings.Cut(self, "?")
	f := atomFeed{
		Lang: "en", ID: lasting(seals.First, "feed?"+chosen),
		Title: feedTitle(ctx, list.Thing), Subtitle: words.Text(ctx, "changes.feed.subtitle"), Rights: words.Text(ctx, "changes.feed.rights"),
		Updated: atomTime(seals.Began),
		Links: []atomLink{
			{"self", atomType, base + self},
			{"alternate", string(serve.AsHTML), base + page.ChangeList{Filter: filter}.Address()},
		},
	}
	for i, c := range list.Items {
		if i == 0 {
			f.Updated = atomTime(c.At)
		}
		f.Entries = append(f.Entries, atomEntry{
			ID: lasting(seals.Of[c.ID], ""), Title: c.Reason, Author: atomPerson{c.By}, Published: atomTime(c.At), Updated: atomTime(c.At),
			Links: []atomLink{{"alternate", string(serve.AsHTML), base + href.Changeset(c.ID)}}, Summary: entrySummary(ctx, c),
		})
	}
	return f
}

func feedTitle(ctx context.Context, of *norms.Thing) string {
	if of == nil {
		return words.Text(ctx, "changes.feed.title")
	}
	return words.Text(ctx, "changes.feed.title_of", "Thing", of.Name)
}

func entrySummary(ctx context.Context, c norms.ChangesetRow) string {
	said := []string{words.Count(ctx, "changes.feed.entry", c.Rows, "By", c.By, "Revision", words.Number(c.ID))}
	if c.Reverts != 0 {
		said = append(said, words.Text(ctx, "changes.feed.reverts", "Revision", words.Number(c.Reverts)))
	}
	if c.RevertedBy != 0 {
		said = append(said, words.Text(ctx, "changes.feed.reverted", "Revision", words.Number(c.RevertedBy)))
	}
	return strings.Join(said, " ")
}

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// lasting names a changeset, or something about it, for ever: a UUID (version
// 8, RFC 9562) made of the changeset's seal. Unlike an address it stays the
// same when the service moves to another host or is reached under several, and
// no two records share one.
func lasting(seal []byte, about string) string {
	u := sha256.Sum256(append([]byte(about), seal...))
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
