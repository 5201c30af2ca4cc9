package edit

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// citationOf is the citation of the address.
func (s *Site) citationOf(r *http.Request) (norms.CitationRow, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.CitationRow{}, err
	}
	return s.Store.Citation(r.Context(), id)
}

// ShowCitation answers with the form for a decision about one citation.
func (s *Site) ShowCitation(w http.ResponseWriter, r *http.Request) error {
	c, err := s.citationOf(r)
	if err != nil {
		return err
	}
	typed := serve.Query(r)
	if !typed.Has("principle") && c.Principle != "" {
		typed.Set("principle", c.Principle)
	}
	return s.showCitationForm(w, r, c, typed, nil)
}

// SaveCitation records a decision. The step find only looks for more
// principles and keeps all that was typed.
func (s *Site) SaveCitation(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	c, err := s.citationOf(r)
	if err != nil {
		return err
	}
	if typed.Get("step") == "find" {
		return s.showCitationForm(w, r, c, typed, nil)
	}
	reason := typed
	if typed.Get("reason") == "" {
		reason = url.Values{"reason": typed["note"]} // the note says why already
	}
	to, failed := s.Save(r, reason, href.Initiative(c.Initiative), resolveCitation(c.ID, typed))
	if failed == nil {
		return serve.SeeOther(w, r, to)
	}
	if c, err = s.citationOf(r); err != nil { // as it is recorded now
		return err
	}
	return s.showCitationForm(w, r, c, typed, failed)
}

func resolveCitation(id int64, v url.Values) norms.ResolveCitation {
	return norms.ResolveCitation{ID: id, Version: form.Version(v), Decision: norms.Decision(v.Get("decision")),
		Principle: v.Get("principle"), Note: v.Get("note")}
}

func (s *Site) showCitationForm(w http.ResponseWriter, r *http.Request, c norms.CitationRow, typed url.Values, err error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, err)
	if !ok {
		return err
	}
	m := page.CitationForm{Citation: c, Action: href.CitationEdit(c.ID), Cancel: href.Initiative(c.Initiative), Version: c.Version, Reason: typed.Get("reason")}
	if typed.Has("version") && !u.Stale {
		m.Version = form.Version(typed)
	}
	if m.Find, err = s.findMeaning(r, c, typed); err != nil {
		return err
	}
	m.Find.Address, m.Find.Problem = m.Action, ui.ProblemOf(u.Problems, "principle")
	if s.FindOnly(w, r) {
		return s.Show(w, r, serve.View{Page: page.Found(m.Find)})
	}
	if m.Hint, err = s.Store.CitationHint(ctx, c.ID); err != nil {
		return err
	}
	note := form.Filled([]page.Control{form.Required(form.Lines(ctx, "citation_form.note", 3))}, typed, u.Problems)
	m.Note, m.Refusal = note[0], page.Refusal{Problems: u.Problems, Stale: u.Stale}
	if u.Stale {
		began, err := s.Store.AsOf(form.Version(typed)).Citation(ctx, c.ID)
		m.Known = err == nil // else it cannot be told
		m.Clashes = citationClashes(ctx, began, c, typed)
	}
	title := words.Text(ctx, "citation_form.crumb")
	f := s.Frame(r, title, ui.Crumb{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()},
		ui.Crumb{Label: c.InitiativeTitle, Href: href.Initiative(c.Initiative)}, ui.Crumb{Label: title})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.EditCitation(f, m)})
}

// citationClashes sets what someone else decided beside what was typed, and
// what was decided when the writer began.
func citationClashes(ctx context.Context, began, now norms.CitationRow, typed url.Values) []page.Clash {
	mine := ui.Decision(ctx, norms.Decision(typed.Get("decision")))
	if typed.Get("decision") == "resolve" {
		mine = words.Text(ctx, "form.named", "Name", mine, "Title", typed.Get("principle"))
	}
	return []page.Clash{
		{Field: words.Text(ctx, "citation_form.decision"), Before: meantBy(ctx, began), Recorded: meantBy(ctx, now), Typed: mine},
		{Field: words.Text(ctx, "citation_form.note.label"), Before: began.Note, Recorded: now.Note, Typed: typed.Get("note")},
	}
}

func meantBy(ctx context.Context, c norms.CitationRow) string {
	meaning := ui.Resolution(ctx, c.Resolution)
	if c.Principle == "" {
		return meaning
	}
	return words.Text(ctx, "form.named", "Name", meaning, "Title", c.Principle)
}

// findMeaning offers the citation's candidates first, then what was found.
func (s *Site) findMeaning(r *http.Request, c norms.CitationRow, typed url.Values) (page.Finder, error) {
	f, err := s.FindPrinciples(r.Context(), typed, nil)
	if err != nil {
		return f, err
	}
	f.Single, f.Legend = true, words.Text(r.Context(), "citation_form.which")
	for _, k := range c.Candidates {
		f.First = append(f.First, page.Pick{Value: k.Principle, Label: k.Principle + " " + k.Title, Detail: words.Text(r.Context(), "citation_form.by_numbering", "Reason", k.Reason),
			Href: href.Principle(k.Principle), Ticked: typed.Get("principle") == k.Principle})
	}
	f.Chosen, f.Found = except(f.Chosen, f.First), except(f.Found, f.First)
	return f, nil
}

// except leaves out what is among others already.
func except(list, others []page.Pick) []page.Pick {
	var out []page.Pick
	for _, p := range list {
		if len(form.Missing(others, []string{p.Value})) > 0 {
			out = append(out, p)
		}
	}
	return out
}
