package form

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// foundLimit is how many found things a form shows at once.
const foundLimit = 50

// Taken says of things that are linked already, by ref or slug, why they
// cannot be chosen again.
type Taken map[string]string

// FindOnly tells that a search inside a form is answered with the found part
// alone, because a script asks for it.
func (s *Site) FindOnly(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Add("Vary", "HX-Request")
	return r.Method == http.MethodGet && serve.InForm(r)
}

// FindPrinciples looks for principles by agreement, label or words. Those that
// were chosen before come first.
func (s *Site) FindPrinciples(ctx context.Context, v url.Values, not Taken) (page.Finder, error) {
	f := page.Finder{Name: "principle", Legend: words.Text(ctx, "find_form.principle.legend"), Asked: v.Get("agreement") != "" || v.Get("q") != ""}
	all, err := s.RecordedChoices(ctx)
	if err != nil {
		return f, err
	}
	f.By = Filled([]page.Control{
		all["agreement"].Control(ctx, Field(ctx, "find_form.principle.agreement"), words.Text(ctx, "common.any")),
		Line(ctx, "find_form.principle.q"),
	}, v, nil)
	chosen := v["principle"]
	if f.Asked {
		list, err := s.Store.Principles(ctx, norms.PrincipleFilter{Agreement: v.Get("agreement"), Q: v.Get("q")}, norms.Page{Limit: foundLimit})
		if err != nil {
			return f, err
		}
		f.More = list.Total - len(list.Items)
		for _, p := range list.Items {
			f.Found = append(f.Found, principlePick(ctx, p, not, chosen))
		}
	}
	f.Chosen, err = s.chosenPrinciples(ctx, f.Found, chosen, not)
	return f, err
}

func principlePick(ctx context.Context, p norms.PrincipleRow, not Taken, chosen []string) page.Pick {
	return page.Pick{Value: p.Ref, Label: words.Text(ctx, "form.named", "Name", p.Name(), "Title", p.Title), Detail: editionWord(p), Href: href.Principle(p.Ref),
		Taken: not[p.Ref], Ticked: slices.Contains(chosen, p.Ref)}
}

// editionWord names the edition where the agreement alone does not tell it.
func editionWord(p norms.PrincipleRow) string {
	if strings.Contains(p.Ref, "@") {
		return p.EditionTitle
	}
	return ""
}

// chosenPrinciples are those chosen before that the search did not find again.
func (s *Site) chosenPrinciples(ctx context.Context, found []page.Pick, chosen []string, not Taken) ([]page.Pick, error) {
	var out []page.Pick
	for _, value := range Missing(found, chosen) {
		ref, err := norms.ParseRef(value)
		if err != nil {
			continue
		}
		rows, err := s.Store.PrincipleChoices(ctx, ref.Agreement, ref.Label)
		if err != nil {
			return nil, err
		}
		pick := page.Pick{Value: value, Label: value, Href: href.Principle(value), Ticked: true}
		for _, p := range rows {
			if p.Ref == value {
				pick = principlePick(ctx, p, not, chosen)
			}
		}
		out = append(out, pick)
	}
	return out, nil
}

// Missing are the chosen values that are not among the found ones, each once.
func Missing(found []page.Pick, chosen []string) []string {
	var out []string
	for _, value := range chosen {
		seen := slices.ContainsFunc(found, func(p page.Pick) bool { return p.Value == value })
		if !seen && value != "" && !slices.Contains(out, value) && len(out) < serve.MaxChosen {
			out = append(out, value)
		}
	}
	return out
}

// FindInitiatives looks for initiatives by organization or words.
func (s *Site) FindInitiatives(ctx context.Context, v url.Values, not Taken) (page.Finder, error) {
	f := page.Finder{Name: "initiative", Legend: words.Text(ctx, "find_form.initiative.legend"), Asked: v.Get("organization") != "" || v.Get("q") != ""}
	all, err := s.RecordedChoices(ctx)
	if err != nil {
		return f, err
	}
	f.By = Filled([]page.Control{
		all["organization"].Control(ctx, Field(ctx, "find_form.initiative.organization"), words.Text(ctx, "common.any")),
		Line(ctx, "find_form.initiative.q"),
	}, v, nil)
	chosen := v["initiative"]
	if f.Asked {
		filter := norms.InitiativeFilter{Organization: v.Get("organization"), Q: v.Get("q")}
		list, err := s.Store.Initiatives(ctx, filter, norms.Page{Limit: foundLimit})
		if err != nil {
			return f, err
		}
		f.More = list.Total - len(list.Items)
		for _, i := range list.Items {
			f.Found = append(f.Found, page.Pick{Value: i.Slug, Label: i.Title, Detail: i.OrganizationName, Href: href.Initiative(i.Slug),
				Taken: not[i.Slug], Ticked: slices.Contains(chosen, i.Slug)})
		}
	}
	for _, slug := range Missing(f.Found, chosen) {
		f.Chosen = append(f.Chosen, page.Pick{Value: slug, Label: slug, Href: href.Initiative(slug), Ticked: true})
	}
	return f, nil
}
