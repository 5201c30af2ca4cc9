package edit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/store/browse"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// maxCited bounds the numbers that one line cites: each is written by itself.
const maxCited = 100

// citing is a line of citations on its way into the record.
type citing struct {
	initiative norms.Initiative
	action     string // of the form
	cancel     string
	about      string // where the initiative is shown
	crumbs     []ui.Crumb
	typed      url.Values
	reading    *page.Reading // nil until the line was read
	changed    bool          // the reading is not the one that was shown
}

func (s *Site) citingOf(r *http.Request, typed url.Values) (citing, error) {
	c := citing{typed: typed}
	return c, s.citedInitiative(r, &c)
}

// ShowCite answers with the form for a printed line. The initiative's own
// source is chosen already.
func (s *Site) ShowCite(w http.ResponseWriter, r *http.Request) error {
	c, err := s.citingOf(r, serve.Query(r))
	if err != nil {
		return err
	}
	if !c.typed.Has("source") {
		c.typed.Set("source", c.initiative.Source)
	}
	return s.showCiteForm(w, r, c, nil)
}

// SaveCite reads the line and shows how it was understood (step read), or
// saves it when that is what was shown before (step save).
func (s *Site) SaveCite(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	c, err := s.citingOf(r, typed)
	if err != nil {
		return err
	}
	line, err := s.readLine(r.Context(), &c)
	if err != nil || typed.Get("step") != "save" {
		return s.showCiteForm(w, r, c, err)
	}
	if c.changed = typed.Get("mark") != c.reading.Mark; c.changed {
		return s.showCiteForm(w, r, c, nil)
	}
	to, err := s.Save(r, typed, c.cancel, line)
	if err != nil {
		return s.showCiteForm(w, r, c, err)
	}
	return serve.SeeOther(w, r, to)
}

// readLine reads the typed line by the grammar, and each of its labels by the
// numberings of its agreement at the source's date. It fills in c.reading.
func (s *Site) readLine(ctx context.Context, c *citing) (norms.PutCitationLine, error) {
	line := norms.PutCitationLine{Source: c.typed.Get("source"), Initiative: c.initiative.Slug, Text: c.typed.Get("text"), Place: c.typed.Get("place")}
	parsed, err := s.Store.Parse(ctx, line.Text)
	if err != nil {
		return line, err
	}
	for _, ref := range parsed {
		line.References = append(line.References, printed(ref))
	}
	if err := line.Check(); err != nil {
		return line, err
	}
	if n := cited(line); n > maxCited {
		return line, norms.Field("text", "%s", words.Count(ctx, "cite_form.text.too_many", n, "Max", maxCited))
	}
	published, err := s.PublishedOn(ctx, line.Source)
	if norms.KindOf(err) == norms.NotFound {
		return line, norms.Field("source", "%s", words.Text(ctx, "cite_form.source.unknown", "Typed", line.Source))
	}
	if err != nil {
		return line, err
	}
	understood, err := s.Store.Understand(ctx, parsed, published)
	if err != nil {
		return line, err
	}
	c.reading, err = reading(line, understood)
	c.reading.Unread = citation.Unread(line.Text, parsed)
	return line, err
}

// printed is a reference as it is recorded. Its place in the source's file is
// not known: the line was typed.
func printed(ref citation.Reference) norms.Reference {
	out := norms.Reference{Text: ref.Text, Start: -1, End: -1, Name: ref.Name, Agreement: ref.Agreement, Edition: ref.Edition}
	for _, l := range ref.Labels {
		out.Labels = append(out.Labels, l.Text)
	}
	return out
}

func cited(line norms.PutCitationLine) int {
	n := 0
	for _, ref := range line.References {
		n += len(ref.Labels)
	}
	return n
}

// reading is what the form shows of a line as it was understood.
func reading(line norms.PutCitationLine, understood []browse.ReadReference) (*page.Reading, error) {
	out := &page.Reading{}
	for _, ref := range understood {
		read := page.ReadReference{Text: ref.Text, Name: ref.Name, Agreement: ref.Agreement}
		for _, c := range ref.Citations {
			read.Citations = append(read.Citations, page.ReadCitation(c))
		}
		out.References = append(out.References, read)
	}
	return out, mark(out, line)
}

// mark sets the reading's mark: it changes with the line, its source and
// everything that the reading says.
func mark(reading *page.Reading, line norms.PutCitationLine) error {
	all, err := json.Marshal([]any{line, reading.References})
	if err != nil {
		return fmt.Errorf("marking a reading: %w", err)
	}
	sum := sha256.Sum256(all)
	reading.Mark = hex.EncodeToString(sum[:])
	return nil
}

func (s *Site) showCiteForm(w http.ResponseWriter, r *http.Request, c citing, err error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, err)
	if !ok {
		return err
	}
	all, err := s.Choices(ctx)
	if err != nil {
		return err
	}
	i := c.initiative
	m := page.CiteForm{
		Refusal: page.Refusal{Problems: u.Problems}, Initiative: i.InitiativeRow, About: c.about, Action: c.action, Cancel: c.cancel,
		Controls: form.Filled(citeControls(ctx, all["source"]), c.typed, u.Problems), Version: i.Version, Reason: c.typed.Get("reason"),
		Reading: c.reading, Changed: c.changed,
	}
	if c.changed {
		u.Status = http.StatusConflict
	}
	f := s.Frame(r, words.Text(ctx, "cite_form.of", "Initiative", i.Title), c.crumbs...)
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Cite(f, m)})
}

func citeControls(ctx context.Context, sources form.Choices) []page.Control {
	return []page.Control{
		sources.Control(ctx, form.Field(ctx, "cite_form.source"), ""),
		form.Required(form.Lines(ctx, "cite_form.text", 3)),
		form.Line(ctx, "form.place"),
	}
}
