package proposals

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Desk shows a proposal beside the text that it was made of.
func (s *Site) Desk(w http.ResponseWriter, r *http.Request) error { return s.showDesk(w, r, nil, nil) }

// DecideOnDesk does what a form beside the text asks for.
func (s *Site) DecideOnDesk(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	do, known := s.deskActions()[typed.Get("do")]
	if !known {
		return norms.Errorf(norms.Malformed, "the form does not say what to do; go back to the text and use one of its buttons")
	}
	done, err := do(r, id, typed)
	if err != nil {
		return s.showDesk(w, r, typed, err)
	}
	s.Say(r, done.said)
	return serve.SeeOther(w, r, s.onDesk(r, id, typed))
}

// deskActions are the buttons beside the text.
func (s *Site) deskActions() map[string]proposalAction {
	return map[string]proposalAction{
		"accept":      s.verdict(norms.Accepted),
		"accept_with": s.acceptWith,
		"reject":      s.verdict(norms.Rejected),
		"undecide":    s.verdict(norms.Undecided),
		"take_out":    s.takeOut,
		"choose":      s.choose,
		"unchoose":    s.choose,
		"merge":       s.regroup,
	}
}

// onDesk is where a form beside the text leads: to the next edit that waits, as
// the form names it, or else to the one that it was about.
func (s *Site) onDesk(r *http.Request, id int64, typed url.Values) string {
	position, _ := strconv.Atoi(typed.Get("position"))
	place, err := placeAsked(serve.Query(r))
	if err != nil {
		place = 0
	}
	name := map[string]string{"accept": "next", "reject": "next", "accept_with": "next_with"}[typed.Get("do")]
	if at, next, ok := strings.Cut(typed.Get(name), " "); ok {
		n, wrongPlace := strconv.Atoi(at)
		to, wrong := strconv.Atoi(next)
		if wrongPlace == nil && wrong == nil && to > 0 {
			return href.ProposalTextAt(id, n, to)
		}
	}
	return href.ProposalTextAt(id, place, position)
}

// placeAsked is the place of the text that is asked for, the beginning without.
func placeAsked(q url.Values) (int, error) {
	if !q.Has("place") {
		return 0, nil
	}
	n, err := strconv.Atoi(q.Get("place"))
	if err != nil || n < 0 || n > norms.MaxCount {
		return 0, norms.Field("place", "%q is no place of a text: write a number, counted from 0", q.Get("place"))
	}
	return n, nil
}

// showDesk shows a proposal beside its text, after a form was not taken with
// what was typed into it.
func (s *Site) showDesk(w http.ResponseWriter, r *http.Request, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, failed)
	if !ok {
		return failed
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	place, err := placeAsked(serve.Query(r))
	if err != nil {
		return err
	}
	found, err := s.reader().Desk(ctx, serve.Actor(r), id, place)
	if norms.KindOf(err) == norms.NotFound {
		return serve.SeeOther(w, r, href.Proposal(id)) // there is no text to read it beside
	}
	if err != nil {
		return err
	}
	m := page.Desk{Refusal: page.Refusal{Problems: u.Problems}, Desk: found, Typed: typed, Actor: serve.Actor(r)}
	name := ui.Crumb{Label: words.Text(ctx, "proposal.name", "N", ui.Number(id)), Href: href.Proposal(id)}
	f := s.Frame(r, words.Text(ctx, "desk.title", "Source", found.SourceTitle), proposalsCrumb(r), name, ui.Crumb{Label: words.Text(ctx, "desk.short")})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.ReadingDesk(f, m)})
}

// acceptWith accepts an initiative together with the lines that are cited for
// it, as they were shown.
func (s *Site) acceptWith(r *http.Request, id int64, typed url.Values) (decided, error) {
	first, err := editAt(typed)
	if err != nil {
		return decided{}, err
	}
	with, err := seenWith(typed)
	if err != nil {
		return decided{}, err
	}
	all := []norms.EditDecision{first}
	for _, line := range with {
		all = append(all, norms.EditDecision{Position: line.Position, Version: line.Version, Seen: line.Seen})
	}
	for i := range all {
		all[i].Verdict = norms.Accepted
	}
	err = s.Store.DecideEdits(r.Context(), serve.Actor(r), id, all...)
	return decided{said: words.Count(r.Context(), "desk.said.accepted_with", len(all))}, err
}

// seenWith are the other edits that a form is about, as they were shown.
func seenWith(typed url.Values) ([]norms.EditSeen, error) {
	var out []norms.EditSeen
	for _, with := range typed["with"] {
		parts := strings.Fields(with)
		if len(parts) != 3 {
			return nil, norms.Errorf(norms.Malformed, "the form does not say which lines it is about; go back to the text and use one of its buttons")
		}
		line, err := editAt(url.Values{"position": {parts[0]}, "edit_version": {parts[1]}, "seen": {parts[2]}})
		if err != nil {
			return nil, err
		}
		out = append(out, norms.EditSeen{Position: line.Position, Version: line.Version, Seen: line.Seen})
	}
	return out, nil
}

// choose saves what a label of a line means that the rule does not resolve, or
// takes that back.
func (s *Site) choose(r *http.Request, id int64, typed url.Values) (decided, error) {
	ctx := r.Context()
	at, err := editAt(typed)
	if err != nil {
		return decided{}, err
	}
	e, p, err := s.Store.ProposedEdit(ctx, serve.Actor(r), id, at.Position)
	if err != nil {
		return decided{}, err
	}
	line, ok := e.Edit.(norms.PutCitationLine)
	if !ok {
		return decided{}, norms.Errorf(norms.Conflict, "edit %d is no line of citations any more; look at it again", at.Position)
	}
	reference, err := form.NumberIn(typed, "reference")
	if err != nil {
		return decided{}, err
	}
	d := norms.LabelDecided{Reference: int(reference), Label: typed.Get("label")}
	line.Decided = slices.DeleteFunc(slices.Clone(line.Decided), func(o norms.LabelDecided) bool { return o.Reference == d.Reference && o.Label == d.Label })
	if typed.Get("do") == "choose" {
		if d, err = chosen(r, d, typed); err != nil {
			return decided{}, err
		}
		line.Decided = append(line.Decided, d)
	}
	return decided{said: words.Text(ctx, "desk.said.chosen")}, s.revise(r, p, at, line)
}

// chosen is what a form says that a label means.
func chosen(r *http.Request, d norms.LabelDecided, typed url.Values) (norms.LabelDecided, error) {
	of := "_" + typed.Get("position") + "_" + typed.Get("n")
	d.Decision, d.Principle, d.Note = "resolve", typed.Get("choice"+of), strings.TrimSpace(typed.Get("why"+of))
	if d.Principle == "set_aside" {
		d.Decision, d.Principle = "set_aside", ""
	}
	wrong := &norms.Error{Kind: norms.Invalid}
	if d.Decision == "resolve" && d.Principle == "" {
		wrong.Problems = append(wrong.Problems, norms.Problem{Field: "choice" + of, Message: words.Text(r.Context(), "desk.choose.missing")})
	}
	if d.Note == "" {
		wrong.Problems = append(wrong.Problems, norms.Problem{Field: "why" + of, Message: words.Text(r.Context(), "desk.choose.why_missing")})
	}
	if len(wrong.Problems) > 0 {
		return d, wrong
	}
	return d, nil
}

// revise saves an edit as it is to be: its proposer gives it a new version, a
// reviewer accepts it as corrected.
func (s *Site) revise(r *http.Request, p norms.Proposal, at norms.EditDecision, e norms.Edit) error {
	if p.ProposerID == serve.Actor(r).ID {
		return s.Store.ReviseEdit(r.Context(), serve.Actor(r), p.ID, at.Position, at.Version, e)
	}
	at.Verdict, at.Edit = norms.Corrected, e
	return s.Store.DecideEdits(r.Context(), serve.Actor(r), p.ID, at)
}
