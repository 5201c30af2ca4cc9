package edit

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// cellOf is the cell of the address, which the query names.
func (s *Site) cellOf(r *http.Request) (norms.Cell, error) {
	q := r.URL.Query()
	ref, err := norms.ParseRef(q.Get("principle"))
	if err != nil {
		return norms.Cell{}, norms.Field("principle", "%s", err)
	}
	slug, err := norms.ParseSlug(q.Get("organization"))
	if err != nil {
		return norms.Cell{}, norms.Field("organization", "%s", err)
	}
	return s.Store.Cell(r.Context(), ref, string(slug))
}

func cellCrumbs(ctx context.Context, c norms.Cell, here string) []ui.Crumb {
	return append(browse.PrincipleCrumbs(ctx, c.Principle)[:2],
		ui.Crumb{Label: c.Principle.Name(), Href: href.Principle(c.Principle.Ref)}, ui.Crumb{Label: here})
}

// Cell shows what is recorded about a principle and an organization, and leads
// to the forms.
func (s *Site) Cell(w http.ResponseWriter, r *http.Request) error {
	c, err := s.cellOf(r)
	if err != nil {
		return err
	}
	title := page.CellTitle(r.Context(), c)
	return s.Show(w, r, serve.View{Page: page.Cell(s.Frame(r, title, cellCrumbs(r.Context(), c, c.Organization.Name)...), c)})
}

// cellForm is what the two forms of a cell have in common.
func cellForm(ctx context.Context, c norms.Cell, heading, action string) form.Plain {
	return form.Plain{
		EditForm: page.EditForm{Heading: heading, Action: action, Lead: page.CellTitle(ctx, c), Save: words.Text(ctx, "cell_form.save"),
			Cancel: href.CellEdit(c.Principle.Ref, c.Organization.Slug)},
		Crumbs: cellCrumbs(ctx, c, words.Text(ctx, "cell_form.crumb")), Recorded: url.Values{},
	}
}

// CellReviewEditor records that nothing was found.
func (s *Site) CellReviewEditor() form.Editor {
	return form.Editor{Form: s.cellReviewForm, Edit: s.cellReviewEdit}
}

func (s *Site) cellReviewForm(r *http.Request) (form.Plain, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := cellForm(ctx, c, words.Text(ctx, "cell_form.review"), href.CellReview(c.Principle.Ref, c.Organization.Slug))
	f.Controls = []page.Control{form.Required(form.Date(ctx, "cell_form.reviewed_on")), form.Required(form.Lines(ctx, "cell_form.note", 4))}
	if v := c.Review; v != nil {
		f.Version, f.Withdraw = v.Version, words.Text(ctx, "cell_form.withdraw_review")
		f.Recorded = url.Values{"reviewed_on": {string(v.ReviewedOn)}, "note": {v.Note}}
	}
	return f, nil
}

func (s *Site) cellReviewEdit(r *http.Request, v url.Values) (form.Asked, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	to := href.Principle(c.Principle.Ref) + "#cells"
	id := int64(0)
	if c.Review != nil {
		id = c.Review.ID
	}
	if v.Get("do") == "withdraw" {
		return form.Asked{Edit: norms.WithdrawCellReview{ID: id, Version: form.Version(v)}, To: to}, nil
	}
	understood := form.DatesUnderstood(r.Context(), v, "cell_form.reviewed_on")
	return form.Asked{To: to, Understood: understood, Edit: norms.PutCellReview{ID: knownAs(id, v), Version: form.Version(v), Principle: c.Principle.Ref, Organization: c.Organization.Slug,
		ReviewedOn: norms.ReadDate(v.Get("reviewed_on")), Note: v.Get("note")}}, nil
}

// knownAs is the number of what the writer saw, which may be withdrawn since:
// none when the form was about a new one.
func knownAs(id int64, v url.Values) int64 {
	if form.Version(v) == 0 {
		return 0
	}
	return id
}

// RulingEditor decides whether a principle speaks to an organization.
func (s *Site) RulingEditor() form.Editor {
	return form.Editor{Form: s.rulingForm, Edit: s.rulingEdit}
}

// rulings are the two ways to decide.
var rulings = []string{"outside", "inside"}

func (s *Site) rulingForm(r *http.Request) (form.Plain, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := cellForm(ctx, c, words.Text(ctx, "cell_form.rule"), href.CellRuling(c.Principle.Ref, c.Organization.Slug))
	f.Controls = []page.Control{
		form.Menu(ctx, "cell_form.outside", "", rulings, page.RulingWord),
		form.Required(form.Lines(ctx, "cell_form.rationale", 4)),
	}
	if d := c.Ruling; d != nil {
		f.Version, f.Withdraw = d.Version, words.Text(ctx, "cell_form.withdraw_ruling")
		f.Recorded = url.Values{"outside": {page.RulingValue(d.Outside)}, "rationale": {d.Rationale}}
	}
	return f, nil
}

func (s *Site) rulingEdit(r *http.Request, v url.Values) (form.Asked, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	to := href.Principle(c.Principle.Ref) + "#cells"
	id := int64(0)
	if c.Ruling != nil {
		id = c.Ruling.ID
	}
	if v.Get("do") == "withdraw" {
		return form.Asked{Edit: norms.WithdrawAddresseeRuling{ID: id, Version: form.Version(v)}, To: to}, nil
	}
	a := form.Asked{To: to, Edit: norms.PutAddresseeRuling{ID: knownAs(id, v), Version: form.Version(v), Principle: c.Principle.Ref, Organization: c.Organization.Slug,
		Outside: v.Get("outside") == "outside", Rationale: v.Get("rationale")}}
	if v.Get("outside") != "outside" && v.Get("outside") != "inside" {
		a.Wrong = []norms.Problem{{Field: "outside", Message: words.Text(r.Context(), "cell_form.outside.missing")}}
	}
	return a, nil
}
