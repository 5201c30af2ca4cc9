package proposals

import (
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func proposalsCrumb(r *http.Request) ui.Crumb {
	return ui.Crumb{Label: words.Text(r.Context(), "proposals.title"), Href: href.Proposals()}
}

// Proposals lists proposals; without being asked, the open ones.
func (s *Site) Proposals(w http.ResponseWriter, r *http.Request) error {
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	q := serve.Query(r)
	if !q.Has("state") {
		q.Set("state", "open")
	}
	filter := norms.ProposalFilter{State: norms.ProposalState(q.Get("state"))}
	if filter.State == "all" {
		filter.State = ""
	}
	switch q.Get("of") {
	case "mine":
		filter.Proposer = serve.Actor(r).ID
	case "to_review":
		filter.ToReview = serve.Actor(r).ID
	case "":
	default:
		return norms.Field("of", "%q is none of mine, to_review; leave it out for everybody's", q.Get("of"))
	}
	list, err := s.Store.Proposals(r.Context(), filter, p)
	if err != nil {
		return err
	}
	m := page.ProposalList{List: list, State: q.Get("state"), Of: q.Get("of")}
	f := s.PrivateFrame(r, words.Text(r.Context(), "proposals.title"))
	f.Data = href.JSON(serve.WithQuery(r.URL.Path, r.URL.Query()))
	return s.Show(w, r, serve.View{Page: page.Proposals(f, m), Data: list})
}

// Proposal shows one proposal.
func (s *Site) Proposal(w http.ResponseWriter, r *http.Request) error {
	return s.showProposal(w, r, nil, nil)
}

// showProposal shows a proposal, after a form of its page was not taken with
// what was typed into it.
func (s *Site) showProposal(w http.ResponseWriter, r *http.Request, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, failed)
	if !ok {
		return failed
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	found, err := s.Store.Proposal(ctx, serve.Actor(r), id, p)
	if err != nil {
		return err
	}
	m := page.Review{Refusal: page.Refusal{Problems: u.Problems}, Proposal: found, Typed: typed, Actor: serve.Actor(r)}
	if norms.BringsVersion(found.List) {
		if m.NewVersion, err = s.reader().ProposedVersion(ctx, serve.Actor(r), id); err != nil {
			return err
		}
	}
	f := s.Frame(r, words.Text(ctx, "proposal.name", "N", ui.Number(id)), proposalsCrumb(r), ui.Crumb{Label: words.Text(ctx, "proposal.name", "N", ui.Number(id))})
	v := serve.View{Status: u.Status, Page: page.Proposal(f, m)}
	if failed == nil {
		f.Data = href.JSON(href.Proposal(id))
		v.Page, v.Data = page.Proposal(f, m), found
	}
	return s.Show(w, r, v)
}

// decided is what a form on a proposal's page asks for: done, in words, and
// where that leads on the page.
type decided struct {
	said, to string
	wrote    int64 // changeset that it made, 0 for none
}

// DecideProposal does what a form on a proposal's page asks for.
func (s *Site) DecideProposal(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	do, known := s.proposalActions()[typed.Get("do")]
	if !known {
		return norms.Errorf(norms.Malformed, "the form does not say what to do; go back to the proposal and use one of its buttons")
	}
	done, err := do(r, id, typed)
	if err != nil {
		return s.showProposal(w, r, typed, err)
	}
	s.SayWritten(r, done.said, done.wrote)
	return serve.SeeOther(w, r, done.to)
}

type proposalAction func(r *http.Request, id int64, typed url.Values) (decided, error)

// proposalActions are the buttons of a proposal's page.
func (s *Site) proposalActions() map[string]proposalAction {
	return map[string]proposalAction{
		"accept":     s.verdict(norms.Accepted),
		"reject":     s.verdict(norms.Rejected),
		"undecide":   s.verdict(norms.Undecided),
		"accept_all": s.acceptAll,
		"apply":      s.applyProposal("proposal.said.applied_nothing"),
		"close":      s.applyProposal("proposal.said.closed"),
		"withdraw":   s.withdrawProposal,
		"take_out":   s.takeOut,
		"comment":    s.comment,
		"adopt":      s.announceAdoption,
		"adopt_off":  s.announceAdoption,
		"object":     s.object,
		"set_aside":  s.setAside,
	}
}

// editAt reads which edit a form is about, in which version and with which
// decision it was shown.
func editAt(typed url.Values) (norms.EditDecision, error) {
	position, err := form.NumberIn(typed, "position")
	if err != nil {
		return norms.EditDecision{}, err
	}
	version, err := form.NumberIn(typed, "edit_version")
	if err != nil {
		return norms.EditDecision{}, err
	}
	seen, err := form.NumberIn(typed, "seen")
	return norms.EditDecision{Position: int(position), Version: int(version), Seen: seen}, err
}

// verdictSaid is what a reviewer is told about a decision that was saved.
var verdictSaid = map[norms.Verdict]string{
	norms.Accepted: "proposal.said.accepted", norms.Rejected: "proposal.said.rejected", norms.Undecided: "proposal.said.undecided",
}

func (s *Site) verdict(v norms.Verdict) proposalAction {
	return func(r *http.Request, id int64, typed url.Values) (decided, error) {
		d, err := editAt(typed)
		if err != nil {
			return decided{}, err
		}
		d.Verdict = v
		at := "_" + strconv.Itoa(d.Position)
		if v == norms.Rejected && typed.Get("code"+at) == "" {
			return decided{}, norms.Field("code"+at, "%s", words.Text(r.Context(), "proposal.no_code"))
		}
		if v == norms.Rejected {
			d.Code, d.Note = norms.RejectionCode(typed.Get("code"+at)), typed.Get("note"+at)
		}
		err = s.Store.DecideEdits(r.Context(), serve.Actor(r), id, d)
		said := words.Text(r.Context(), verdictSaid[v], "N", d.Position)
		return decided{said: said, to: href.ProposalEdit(id, d.Position)}, inForms(err, map[string]string{"code": "code" + at, "note": "note" + at})
	}
}

// inForms gives problems the names that their fields have on the page.
func inForms(err error, names map[string]string) error {
	e, ok := err.(*norms.Error)
	if !ok {
		return err
	}
	named := *e
	named.Problems = nil
	for _, p := range e.Problems {
		if name, ok := names[p.Field]; ok {
			p.Field = name
		}
		named.Problems = append(named.Problems, p)
	}
	return &named
}

func (s *Site) acceptAll(r *http.Request, id int64, typed url.Values) (decided, error) {
	n, err := s.Store.AcceptRemaining(r.Context(), serve.Actor(r), id, form.Version(typed))
	return decided{said: words.Count(r.Context(), "proposal.said.accepted_all", n), to: href.Proposal(id) + "#decide"}, err
}

// applyProposal writes what is accepted; nothing is what is said when that
// changed nothing.
func (s *Site) applyProposal(nothing string) proposalAction {
	return func(r *http.Request, id int64, _ url.Values) (decided, error) {
		done, err := s.Store.ApplyProposal(r.Context(), serve.Actor(r), id)
		if err != nil {
			return decided{}, err
		}
		said := words.Text(r.Context(), "proposal.said.applied", "N", ui.Number(done.Revision))
		if done.Revision == 0 {
			said = words.Text(r.Context(), nothing)
		}
		return decided{said, href.Proposal(id), done.Revision}, nil
	}
}

func (s *Site) withdrawProposal(r *http.Request, id int64, _ url.Values) (decided, error) {
	err := s.Store.WithdrawProposal(r.Context(), serve.Actor(r), id)
	return decided{said: words.Text(r.Context(), "proposal.said.withdrawn"), to: href.Proposal(id)}, err
}

func (s *Site) takeOut(r *http.Request, id int64, typed url.Values) (decided, error) {
	at, err := editAt(typed)
	if err != nil {
		return decided{}, err
	}
	err = s.Store.ReviseEdit(r.Context(), serve.Actor(r), id, at.Position, at.Version, nil)
	return decided{said: words.Text(r.Context(), "proposal.said.taken_out", "N", at.Position), to: href.ProposalEdit(id, at.Position)}, err
}

func (s *Site) comment(r *http.Request, id int64, typed url.Values) (decided, error) {
	err := s.Store.Comment(r.Context(), serve.Actor(r), id, typed.Get("comment"))
	return decided{said: words.Text(r.Context(), "proposal.said.commented"), to: href.Proposal(id) + "#discussion"}, err
}

func (s *Site) announceAdoption(r *http.Request, id int64, typed url.Values) (decided, error) {
	ctx := r.Context()
	on, said := norms.ReadDate(typed.Get("adopt_on")), []string{words.Text(ctx, "proposal.said.adopt")}
	if typed.Get("do") == "adopt_off" {
		on, said = "", []string{words.Text(ctx, "proposal.said.adopt_off")}
	} else if on == "" {
		return decided{}, norms.Field("adopt_on", "is missing: write a day")
	}
	if on != "" {
		said = append(said, form.DateUnderstood(ctx, typed.Get("adopt_on"), words.Text(ctx, "proposal.silence.adopt_on"))...)
	}
	err := s.Store.SetAdoption(ctx, serve.Actor(r), id, on, s.Now())
	return decided{said: serve.Sentences(said...), to: href.Proposal(id) + "#silence"}, err
}

func (s *Site) object(r *http.Request, id int64, typed url.Values) (decided, error) {
	err := s.Store.Object(r.Context(), serve.Actor(r), id, typed.Get("objection"))
	return decided{said: words.Text(r.Context(), "proposal.said.objected"), to: href.Proposal(id) + "#silence"}, err
}

func (s *Site) setAside(r *http.Request, id int64, typed url.Values) (decided, error) {
	objection, err := form.NumberIn(typed, "objection_id")
	if err != nil {
		return decided{}, err
	}
	name := "ruling_" + strconv.FormatInt(objection, 10)
	err = s.Store.SetObjectionAside(r.Context(), serve.Actor(r), id, objection, typed.Get(name))
	return decided{said: words.Text(r.Context(), "proposal.said.set_aside"), to: href.Proposal(id) + "#silence"}, inForms(err, map[string]string{"ruling": name})
}
