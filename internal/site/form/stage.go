package form

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store/edit"
	"normmap/web/href"
	"normmap/web/words"
)

// stages tells whether a form asks to stage edits instead of publishing them: by
// its button, by what it says to save as where it has no such button, or because
// whoever sends it may not publish them. Into which proposal is no such wish. An
// answer is never staged: an organization gives it itself.
func stages(r *http.Request, typed url.Values, edits []norms.Edit) bool {
	if slices.ContainsFunc(edits, func(e norms.Edit) bool { _, answers := e.(norms.PutAnswer); return answers }) {
		return false
	}
	return !edit.MayApply(serve.Actor(r), edits...) || typed.Get("do") == "propose" || typed.Get("save_as") != ""
}

// propose stages edits with the reason that was typed, as a new proposal or in
// one of the actor's own, and returns its address.
func (s *Site) propose(r *http.Request, typed url.Values, to string, edits []norms.Edit) (string, error) {
	ctx := r.Context()
	name := "into"
	if typed.Get("save_as") != "" {
		name = "save_as"
	}
	into, err := NumberIn(typed, name)
	if err != nil {
		return "", err
	}
	from := norms.MadeFrom("form")
	if serve.VisitOf(r).Route.Many {
		from = "batch"
	}
	id, err := s.Store.Propose(ctx, serve.Actor(r), norms.Staging{Reason: ReasonOf(typed), Edits: edits, Into: into, From: from})
	if err != nil {
		return "", err
	}
	if id == 0 {
		s.Say(r, words.Text(ctx, "form.saved_nothing"))
		return to, nil
	}
	s.Say(r, words.Text(ctx, "proposal.said.staged"))
	return href.Proposal(id), nil
}

// NumberIn is a number that a form carries; 0 when it says nothing, or new.
func NumberIn(typed url.Values, name string) (int64, error) {
	text := typed.Get(name)
	if text == "" || text == "new" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, norms.Field(name, "is no number")
	}
	return n, nil
}
