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

// gridFilter is what a grid's address chooses.
func gridFilter(r *http.Request) (norms.GridFilter, error) {
	agreement, err := serve.SlugOf(r, "agreement")
	if err != nil {
		return norms.GridFilter{}, err
	}
	q := serve.Normalized(r.URL.Query()) // also when a form is shown again after signing in
	f := norms.GridFilter{Agreement: agreement, Edition: q.Get("edition"), Organization: q.Get("organization"),
		Status: q.Get("status"), Heading: q.Get("heading"), Q: q.Get("q")}
	return f, f.Check()
}

// ShowGrid answers with the grid as recorded or, after signing in again, as it
// was left.
func (s *Site) ShowGrid(w http.ResponseWriter, r *http.Request) error {
	if typed := serve.Resumed(r); typed != nil {
		return s.resumeGrid(w, r, typed)
	}
	filter, err := gridFilter(r)
	if err != nil {
		return err
	}
	g, err := s.Store.Grid(r.Context(), filter, r.URL.Query().Get("cursor"))
	if err != nil {
		return err
	}
	return s.showGridPage(w, r, newStaging(g, filter, nil), form.Unsaved{Status: http.StatusOK})
}

// resumeGrid answers with the grid in which everything that was typed is staged
// again.
func (s *Site) resumeGrid(w http.ResponseWriter, r *http.Request, typed url.Values) error {
	asked, err := readGridForm(typed)
	if err != nil {
		return err
	}
	st, err := s.compare(r, asked)
	if err != nil {
		return err
	}
	return s.previewGrid(w, r, st, typed, nil)
}

// SaveGrid applies what is staged, or shows what it would do. What someone
// else changed meanwhile is shown and not overwritten; nothing is saved then.
func (s *Site) SaveGrid(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	asked, err := readGridForm(typed)
	if err != nil {
		return err
	}
	st, err := s.compare(r, asked)
	if err != nil {
		return err
	}
	if problem := st.refused(r.Context(), typed); problem != nil || typed.Get("step") == "preview" {
		return s.previewGrid(w, r, st, typed, problem)
	}
	to, err := s.Save(r, typed, serve.WithQuery(r.URL.Path, r.URL.Query()), st.edits(typed)...)
	if err == nil {
		return serve.SeeOther(w, r, to)
	}
	again, stageErr := s.compare(r, asked) // as it is recorded now
	if stageErr != nil {
		return stageErr
	}
	if len(again.steps) == len(st.steps) {
		again.blame(err)
	}
	return s.previewGrid(w, r, again, typed, err)
}

// compare holds what a form says against what is recorded now.
func (s *Site) compare(r *http.Request, asked gridForm) (*staging, error) {
	filter, err := gridFilter(r)
	if err != nil {
		return nil, err
	}
	chosen := filter
	chosen.IDs = asked.rows
	g, err := s.Store.Grid(r.Context(), chosen, r.URL.Query().Get("cursor"))
	if err != nil {
		return nil, err
	}
	return newStaging(g, filter, &asked), nil
}

// previewGrid shows what is staged and what would come of it; failed is why it
// was not saved.
func (s *Site) previewGrid(w http.ResponseWriter, r *http.Request, st *staging, typed url.Values, failed error) error {
	u, ok := form.Mendable(r.Context(), failed)
	if !ok {
		return failed
	}
	if len(st.steps) > 0 && len(st.steps) <= norms.MaxBatch && !st.stale {
		looked := url.Values{"rationale": typed["rationale"]}
		if looked.Get("rationale") == "" {
			looked.Set("rationale", "…") // its being missing is told once, at its field
		}
		outcomes, err := s.Store.Preview(r.Context(), serve.Actor(r), st.edits(looked))
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			if o.Problem != nil {
				st.refuse(i, o.Problem.Error())
			}
		}
	}
	st.grid.Rationale, st.grid.Reason, st.grid.Answer = typed.Get("rationale"), typed.Get("reason"), true
	return s.showGridPage(w, r, st, u)
}

// gridOf is the name of the agreement whose grid is shown; one without
// principles is asked for.
func (s *Site) gridOf(ctx context.Context, m page.Grid) (string, error) {
	if len(m.Principles) > 0 {
		return m.Principles[0].AgreementTitle, nil
	}
	agreement, _, err := s.Store.Standing(ctx, "agreement", m.Filter.Agreement)
	return agreement.Name, err
}

func (s *Site) showGridPage(w http.ResponseWriter, r *http.Request, st *staging, u form.Unsaved) error {
	ctx := r.Context()
	m := st.grid
	m.Steps = st.steps
	if st.stale {
		u.Problems = append(u.Problems, norms.Problem{Message: st.meanwhile(ctx)})
	}
	var err error
	if m.Done, err = s.doneBy(ctx, st); err != nil {
		return err
	}
	m.Refusal = page.Refusal{Problems: u.Problems}
	m.Action, m.Cancel = serve.WithQuery(r.URL.Path, r.URL.Query()), href.Agreement(m.Filter.Agreement)
	name, err := s.gridOf(ctx, m)
	if err != nil {
		return err
	}
	f := s.Frame(r, words.Text(ctx, "grid.title", "Agreement", name), ui.Crumb{Label: words.Text(ctx, "common.agreements"), Href: href.Agreements()},
		ui.Crumb{Label: name, Href: m.Cancel}, ui.Crumb{Label: words.Text(ctx, "grid.crumb")})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.GridPage(f, m)})
}

// StagedCells are the cells of a grid that a writer changed.
func (s *Site) StagedCells(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error) {
	asked, err := readGridForm(typed)
	if err != nil {
		return nil, nil, err
	}
	st, err := s.compare(r, asked)
	if err != nil {
		return nil, nil, err
	}
	ctx := r.Context()
	cells := page.KeptField{Label: words.Text(ctx, "grid.staged.title")}
	for _, step := range st.steps {
		id := "grid.staged.withdrawn"
		if step.Added {
			id = "grid.staged.added"
		}
		cells.Values = append(cells.Values, words.Text(ctx, id, "Initiative", step.Initiative, "Principle", step.Principle))
	}
	return []page.KeptField{cells}, []string{"on"}, nil
}
