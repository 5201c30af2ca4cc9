package site

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// citationOf is the citation of the address.
func (s *editSite) citationOf(r *http.Request) (norms.CitationRow, error) {
	id, err := idOf(r)
	if err != nil {
		return norms.CitationRow{}, err
	}
	return s.Store.Citation(r.Context(), id)
}

// showCitation answers with the form for a decision about one citation.
func (s *editSite) showCitation(w http.ResponseWriter, r *http.Request) error {
	c, err := s.citationOf(r)
	if err != nil {
		return err
	}
	typed := query(r)
	if !typed.Has("principle") && c.Principle != "" {
		typed.Set("principle", c.Principle)
	}
	return s.showCitationForm(w, r, c, typed, nil)
}

// saveCitation records a decision. The step find only looks for more
// principles and keeps all that was typed.
func (s *editSite) saveCitation(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.form(r)
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
	to, failed := s.save(r, reason, href.Initiative(c.Initiative), resolveCitation(c.ID, typed))
	if failed == nil {
		return seeOther(w, r, to)
	}
	if c, err = s.citationOf(r); err != nil { // as it is recorded now
		return err
	}
	return s.showCitationForm(w, r, c, typed, failed)
}

func resolveCitation(id int64, v url.Values) norms.ResolveCitation {
	return norms.ResolveCitation{ID: id, Version: version(v), Decision: norms.Decision(v.Get("decision")),
		Principle: v.Get("principle"), Note: v.Get("note")}
}

func (s *editSite) showCitationForm(w http.ResponseWriter, r *http.Request, c norms.CitationRow, typed url.Values, err error) error {
	ctx := r.Context()
	u, ok := mendable(ctx, err)
	if !ok {
		return err
	}
	m := page.CitationForm{Citation: c, Action: href.CitationEdit(c.ID), Cancel: href.Initiative(c.Initiative), Version: c.Version, Reason: typed.Get("reason")}
	if typed.Has("version") && !u.stale {
		m.Version = version(typed)
	}
	if m.Find, err = s.findMeaning(r, c, typed); err != nil {
		return err
	}
	m.Find.Address, m.Find.Problem = m.Action, ui.ProblemOf(u.problems, "principle")
	if s.findOnly(w, r) {
		return s.show(w, r, view{page: page.Found(m.Find)})
	}
	note := filled([]page.Control{required(lines(ctx, "citation_form.note", 3))}, typed, u.problems)
	m.Note, m.Refusal = note[0], page.Refusal{Problems: u.problems, Stale: u.stale}
	if u.stale {
		began, err := s.Store.AsOf(version(typed)).Citation(ctx, c.ID)
		m.Known = err == nil // else it cannot be told
		m.Clashes = citationClashes(ctx, began, c, typed)
	}
	title := words.Text(ctx, "citation_form.crumb")
	f := s.frame(r, title, ui.Crumb{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()},
		ui.Crumb{Label: c.InitiativeTitle, Href: href.Initiative(c.Initiative)}, ui.Crumb{Label: title})
	return s.show(w, r, view{status: u.status, page: page.EditCitation(f, m)})
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
func (s *editSite) findMeaning(r *http.Request, c norms.CitationRow, typed url.Values) (page.Finder, error) {
	f, err := s.findPrinciples(r.Context(), typed, nil)
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
		if len(missing(others, []string{p.Value})) > 0 {
			out = append(out, p)
		}
	}
	return out
}
