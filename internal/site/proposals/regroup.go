package proposals

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// regrouping is an edit in the form that groups it otherwise.
type regrouping struct {
	norms.ProposalText
	edit norms.ProposedEdit
	own  bool
}

func (s *Site) regroupingOf(r *http.Request) (regrouping, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return regrouping{}, err
	}
	p, err := s.Store.ProposalText(r.Context(), serve.Actor(r), id)
	if err != nil {
		return regrouping{}, err
	}
	position, _ := strconv.Atoi(chi.URLParam(r, "position"))
	i := slices.IndexFunc(p.List, func(e norms.ProposedEdit) bool { return e.Position == position })
	if i < 0 {
		return regrouping{}, norms.NotFoundf("proposal %d has no edit at this address", id)
	}
	c := regrouping{p, p.List[i], p.ProposerID == serve.Actor(r).ID}
	switch c.edit.Edit.(type) {
	case norms.PutInitiative, norms.PutCitationLine:
	default:
		return c, norms.NotFoundf("edit %d is neither an initiative nor a line of citations, so there is nothing to group", position)
	}
	if !p.Open() || !c.edit.Waits() || c.edit.Decision == norms.Rejected {
		return c, norms.Errorf(norms.Conflict, "edit %d of proposal %d is closed; it cannot be grouped otherwise any more", position, id)
	}
	return c, nil
}

// ShowRegroup answers with the form that groups an edit otherwise.
func (s *Site) ShowRegroup(w http.ResponseWriter, r *http.Request) error {
	c, err := s.regroupingOf(r)
	if err != nil {
		return err
	}
	return s.showRegroup(w, r, c, nil, nil)
}

// SaveRegroup groups it otherwise, or saves what a line cites.
func (s *Site) SaveRegroup(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	c, err := s.regroupingOf(r)
	if err != nil {
		return err
	}
	do := s.regroup
	if typed.Get("do") == "recite" {
		do = s.recite
	}
	done, err := do(r, c.ID, typed)
	if err != nil {
		return s.showRegroup(w, r, c, typed, err)
	}
	s.Say(r, done.said)
	if into := typed.Get("into"); into != "" && typed.Get("do") != "recite" {
		others, err := s.othersTook(r.Context(), c, into)
		if err != nil {
			return err
		}
		s.SayToo(r, others)
	}
	return serve.SeeOther(w, r, href.ProposalTextAt(c.ID, c.place(), c.edit.Position))
}

// place is where the words of the edit begin.
func (c regrouping) place() int {
	if line, ok := c.edit.Edit.(norms.PutCitationLine); ok && len(line.References) > 0 {
		return line.References[0].Start
	}
	if put, ok := c.edit.Edit.(norms.PutInitiative); ok {
		return contribution.PlaceOf(c.Text, norms.LineOf(put.Place))
	}
	return 0
}

// regroup merges, splits or moves as a form asks for.
func (s *Site) regroup(r *http.Request, id int64, typed url.Values) (decided, error) {
	at, err := editAt(typed)
	if err != nil {
		return decided{}, err
	}
	with, err := seenWith(typed)
	if err != nil {
		return decided{}, err
	}
	g := norms.Regrouping{Do: norms.RegroupKind(typed.Get("do")), EditSeen: norms.EditSeen{Position: at.Position, Version: at.Version, Seen: at.Seen},
		With: with, Into: typed.Get("into")}
	switch g.Do {
	case norms.MergeInitiative, norms.MoveLine:
	case norms.SplitInitiative:
		if g.New, err = s.splitOff(r, id, at.Position, typed); err != nil {
			return decided{}, inForms(err, splitNames)
		}
	default:
		return decided{}, norms.Errorf(norms.Malformed, "the form does not say what to do; go back to the text and use one of its buttons")
	}
	err = s.Store.Regroup(r.Context(), serve.Actor(r), id, g)
	return decided{said: words.Text(r.Context(), "desk.said.regrouped")}, inForms(err, splitNames)
}

// splitNames are the fields of a new initiative as the form calls them.
var splitNames = map[string]string{"title": "new_title", "place": "new_place"}

// splitOff is the initiative that a form begins with a line: like the one to
// which that belonged, but for its title and its place.
func (s *Site) splitOff(r *http.Request, id int64, position int, typed url.Values) (norms.PutInitiative, error) {
	p, err := s.Store.ProposalText(r.Context(), serve.Actor(r), id)
	if err != nil {
		return norms.PutInitiative{}, err
	}
	of, _, ok := splitFrom(p.List, position)
	if !ok {
		return of, norms.Errorf(norms.Conflict, "edit %d belongs to no initiative of this proposal, so nothing can be split off", position)
	}
	of.Title = strings.TrimSpace(typed.Get("new_title"))
	of.Slug = cmp.Or(strings.TrimSpace(typed.Get("slug")), splitSlug(of.Organization, of.Title))
	if of.Title == "" {
		return of, norms.Field("title", "%s", words.Text(r.Context(), "regroup_form.new_title.missing"))
	}
	line, err := strconv.Atoi(strings.TrimSpace(typed.Get("new_place")))
	if last := strings.Count(p.Text, "\n") + 1; err != nil || line < 1 || line > last {
		return of, norms.Field("place", "must be the number of a line of the text, from 1 to %d", last)
	}
	of.Place = norms.PlaceOfLine(line)
	return of, nil
}

// splitSlug is the name in addresses of what is split off, made from its title.
func splitSlug(organization, title string) string {
	return norms.NameSlug(organization+"-"+title, norms.MaxSlug)
}

// splitFrom is the initiative of the proposal to which the line at a position
// belongs, and that line.
func splitFrom(list []norms.ProposedEdit, position int) (norms.PutInitiative, norms.PutCitationLine, bool) {
	var line norms.PutCitationLine
	for _, e := range list {
		if put, ok := e.Edit.(norms.PutCitationLine); ok && e.Position == position {
			line = put
		}
	}
	for _, e := range list {
		put, ok := e.Edit.(norms.PutInitiative)
		if ok && put.Slug == line.Initiative && put.Version == 0 && e.State != norms.EditOut && e.Decision != norms.Rejected {
			return put, line, true
		}
	}
	return norms.PutInitiative{}, line, false
}

func (s *Site) showRegroup(w http.ResponseWriter, r *http.Request, c regrouping, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, form.AsTyped(failed, typed))
	if !ok {
		return failed
	}
	all, err := s.recorded(ctx, c)
	if err != nil {
		return err
	}
	m := page.RegroupForm{Refusal: page.Refusal{Problems: u.Problems}, Proposal: c.ID, Edit: c.edit, Own: c.own,
		Action: href.ProposalRegroup(c.ID, c.edit.Position), Cancel: href.ProposalTextAt(c.ID, c.place(), c.edit.Position)}
	if m.Along, err = s.reader().Along(ctx, c.ProposalText, c.edit.Position); err != nil {
		return err
	}
	into := []page.Control{}
	switch put := c.edit.Edit.(type) {
	case norms.PutInitiative:
		m.Title, into = put.Title, append(into, c.into(ctx, all["initiative"], put.Slug, contribution.Likely(c.ProposalText, put)...))
	case norms.PutCitationLine:
		into = append(into, c.into(ctx, all["initiative"], put.Initiative))
		m.Title, m.Cites = cmp.Or(c.Titles[put.Initiative], put.Initiative), c.cites(ctx, all["agreement"], put)
		if of, line, ok := splitFrom(c.List, c.edit.Position); ok {
			m.Title, m.Split = of.Title, c.split(ctx, line)
		}
	}
	if typed != nil {
		into, m.Cites, m.Split = form.Filled(into, typed, u.Problems), form.Filled(m.Cites, typed, u.Problems), form.Filled(m.Split, typed, u.Problems)
	}
	m.Into = into[0]
	name := ui.Crumb{Label: words.Text(ctx, "proposal.name", "N", ui.Number(c.ID)), Href: href.Proposal(c.ID)}
	does := page.RegroupWord(ctx, c.edit.Edit)
	f := s.Frame(r, does, proposalsCrumb(r), name, ui.Crumb{Label: words.Text(ctx, "desk.short"), Href: href.ProposalText(c.ID)}, ui.Crumb{Label: does})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Regroup(f, m)})
}

// split are the fields of the initiative that begins with a line.
func (c regrouping) split(ctx context.Context, line norms.PutCitationLine) []page.Control {
	title, place := form.Required(form.Line(ctx, "regroup_form.new_title")), form.Required(form.Line(ctx, "regroup_form.new_place"))
	suggested, n := contribution.Opening(c.ProposalText, line)
	title.Value = suggested
	if n > 0 {
		place.Value = strconv.Itoa(n)
	}
	return []page.Control{title, place, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_title"))}
}
