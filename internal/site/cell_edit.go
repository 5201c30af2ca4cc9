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

// cellOf is the cell of the address, which the query names.
func (s *editSite) cellOf(r *http.Request) (norms.Cell, error) {
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
	return append(principleCrumbs(ctx, c.Principle)[:2],
		ui.Crumb{Label: c.Principle.Name(), Href: href.Principle(c.Principle.Ref)}, ui.Crumb{Label: here})
}

// cell shows what is recorded about a principle and an organization, and leads
// to the forms.
func (s *editSite) cell(w http.ResponseWriter, r *http.Request) error {
	c, err := s.cellOf(r)
	if err != nil {
		return err
	}
	title := page.CellTitle(r.Context(), c)
	return s.show(w, r, view{page: page.Cell(s.frame(r, title, cellCrumbs(r.Context(), c, c.Organization.Name)...), c)})
}

// cellForm is what the two forms of a cell have in common.
func cellForm(ctx context.Context, c norms.Cell, heading, action string) plainForm {
	return plainForm{
		EditForm: page.EditForm{Heading: heading, Action: action, Lead: page.CellTitle(ctx, c), Save: words.Text(ctx, "cell_form.save"),
			Cancel: href.CellEdit(c.Principle.Ref, c.Organization.Slug)},
		crumbs: cellCrumbs(ctx, c, words.Text(ctx, "cell_form.crumb")), recorded: url.Values{},
	}
}

// cellReviewEditor records that nothing was found.
func (s *editSite) cellReviewEditor() editor {
	return editor{form: s.cellReviewForm, edit: s.cellReviewEdit}
}

func (s *editSite) cellReviewForm(r *http.Request) (plainForm, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	f := cellForm(ctx, c, words.Text(ctx, "cell_form.review"), href.CellReview(c.Principle.Ref, c.Organization.Slug))
	f.Controls = []page.Control{required(date(ctx, "cell_form.reviewed_on")), required(lines(ctx, "cell_form.note", 4))}
	if v := c.Review; v != nil {
		f.Version, f.Withdraw = v.Version, words.Text(ctx, "cell_form.withdraw_review")
		f.recorded = url.Values{"reviewed_on": {string(v.ReviewedOn)}, "note": {v.Note}}
	}
	return f, nil
}

func (s *editSite) cellReviewEdit(r *http.Request, v url.Values) (asked, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return asked{}, err
	}
	to := href.Principle(c.Principle.Ref) + "#cells"
	id := int64(0)
	if c.Review != nil {
		id = c.Review.ID
	}
	if v.Get("do") == "withdraw" {
		return asked{edit: norms.WithdrawCellReview{ID: id, Version: version(v)}, to: to}, nil
	}
	understood := datesUnderstood(r.Context(), v, "cell_form.reviewed_on")
	return asked{to: to, understood: understood, edit: norms.PutCellReview{ID: knownAs(id, v), Version: version(v), Principle: c.Principle.Ref, Organization: c.Organization.Slug,
		ReviewedOn: norms.ReadDate(v.Get("reviewed_on")), Note: v.Get("note")}}, nil
}

// knownAs is the number of what the writer saw, which may be withdrawn since:
// none when the form was about a new one.
func knownAs(id int64, v url.Values) int64 {
	if version(v) == 0 {
		return 0
	}
	return id
}

// rulingEditor decides whether a principle speaks to an organization.
func (s *editSite) rulingEditor() editor {
	return editor{form: s.rulingForm, edit: s.rulingEdit}
}

// rulings are the two ways to decide.
var rulings = []string{"outside", "inside"}

func (s *editSite) rulingForm(r *http.Request) (plainForm, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	f := cellForm(ctx, c, words.Text(ctx, "cell_form.rule"), href.CellRuling(c.Principle.Ref, c.Organization.Slug))
	f.Controls = []page.Control{
		menu(ctx, "cell_form.outside", "", rulings, page.RulingWord),
		required(lines(ctx, "cell_form.rationale", 4)),
	}
	if d := c.Ruling; d != nil {
		f.Version, f.Withdraw = d.Version, words.Text(ctx, "cell_form.withdraw_ruling")
		f.recorded = url.Values{"outside": {page.RulingValue(d.Outside)}, "rationale": {d.Rationale}}
	}
	return f, nil
}

func (s *editSite) rulingEdit(r *http.Request, v url.Values) (asked, error) {
	c, err := s.cellOf(r)
	if err != nil {
		return asked{}, err
	}
	to := href.Principle(c.Principle.Ref) + "#cells"
	id := int64(0)
	if c.Ruling != nil {
		id = c.Ruling.ID
	}
	if v.Get("do") == "withdraw" {
		return asked{edit: norms.WithdrawAddresseeRuling{ID: id, Version: version(v)}, to: to}, nil
	}
	a := asked{to: to, edit: norms.PutAddresseeRuling{ID: knownAs(id, v), Version: version(v), Principle: c.Principle.Ref, Organization: c.Organization.Slug,
		Outside: v.Get("outside") == "outside", Rationale: v.Get("rationale")}}
	if v.Get("outside") != "outside" && v.Get("outside") != "inside" {
		a.wrong = []norms.Problem{{Field: "outside", Message: words.Text(r.Context(), "cell_form.outside.missing")}}
	}
	return a, nil
}
