package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type initiativeFilter struct {
	Paging
	Organization slug             `query:"organization" doc:"Only those that this organization carries out."`
	Agreement    slug             `query:"agreement" doc:"Only those linked to a principle of this agreement."`
	Principle    ref              `query:"principle" doc:"Only those linked to this principle."`
	Status       initiativeStatus `query:"status" doc:"Only those that are this far."`
	Q            string           `query:"q" doc:"Words to look for in what is said of an initiative, as search finds them."`
}

func (a *api) readInitiatives() {
	listed(a, "initiatives", "Initiatives", func(ctx context.Context, s *store.Store, in *initiativeFilter) (norms.List[norms.InitiativeRow], error) {
		f := norms.InitiativeFilter{Organization: string(in.Organization), Agreement: string(in.Agreement),
			Principle: string(in.Principle), Status: string(in.Status), Q: in.Q}
		return s.Initiatives(ctx, f, in.page())
	})
	a.suggest()
}

type suggestionsOf struct {
	Past
	Slug  string `path:"slug" doc:"The initiative's name in addresses."`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"5" doc:"How many to give at most."`
}

type suggestionsFor struct {
	Past
	Text  string `query:"text" maxLength:"2000" doc:"What is written so far: title and summary. Without words nothing is suggested."`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"5" doc:"How many to give at most."`
}

const aboutSuggestions = "Counted from what is on record, with what speaks for each. The likeliest comes first. A suggestion claims nothing, " +
	"is in no figure, and is recorded nowhere; where nothing speaks for any, there are none."

// suggest answers what an initiative is likely to be about.
func (a *api) suggest() {
	register(a, huma.Operation{
		OperationID: "suggest-for-initiative", Method: http.MethodGet, Path: "/initiatives/{slug}/suggestions", Tags: []string{"initiatives"},
		Summary: "Principles that an initiative may be about, to which it is not linked", Description: aboutSuggestions,
		Errors: []int{http.StatusMovedPermanently, http.StatusNotFound, http.StatusGone},
	}, func(ctx context.Context, in *suggestionsOf) (*remembered[norms.Suggestions], error) {
		out, err := reading(ctx, a, in.Past, func(s *store.Store) (norms.Suggestions, error) {
			return s.Suggestions(ctx, norms.SuggestionsAsked{Initiative: in.Slug, Limit: in.Limit})
		})
		return out, moved(err, func(slug string) string { return in.stay("/initiatives/" + slug + "/suggestions") })
	})
	register(a, huma.Operation{
		OperationID: "suggest-for-text", Method: http.MethodGet, Path: "/suggestions", Tags: []string{"initiatives"},
		Summary: "Principles that an initiative may be about which is still being written", Description: aboutSuggestions,
	}, func(ctx context.Context, in *suggestionsFor) (*remembered[norms.Suggestions], error) {
		return reading(ctx, a, in.Past, func(s *store.Store) (norms.Suggestions, error) {
			return s.Suggestions(ctx, norms.SuggestionsAsked{Text: in.Text, Limit: in.Limit})
		})
	})
}
