package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/naming"
)

type principleFilter struct {
	Paging
	Agreement slug     `query:"agreement" doc:"Only of this agreement."`
	Edition   slug     `query:"edition" doc:"Only of editions with this slug; without it, of current editions."`
	Evidence  evidence `query:"evidence" doc:"none: only those without a recorded contributor's link. None recorded does not mean not done."`
	Q         string   `query:"q" doc:"Words to look for in number and title."`
}

type byLabel struct {
	Past
	Agreement string `path:"agreement" example:"gcsc@singapore-2018" doc:"Slug of the agreement, for another than its current edition followed by @ and the edition's slug."`
	Label     string `path:"label" example:"5" doc:"The principle's number, as printed or as addresses write it."`
	Part      string `query:"part" doc:"The list that cursor and limit are about: statements, alike, reviews, rulings or possibly; without it they are about the links of its evidence, and of these lists the first few are given."`
	Cursor    string `query:"cursor" doc:"evidence_next of the page of evidence before, or with part the value of more.next for it; without it the first page is given."`
	Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"200" doc:"How many links of its evidence, or rows of the part, are given at most."`

	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of an earlier answer: if it is the same still, the answer is 304 without a body."`
}

func (a *api) readPrinciples() {
	listed(a, "principles", "Principles, in the order of their texts", func(ctx context.Context, s *store.Store, in *principleFilter) (norms.List[norms.PrincipleRow], error) {
		f := norms.PrincipleFilter{Agreement: string(in.Agreement), Edition: string(in.Edition), Evidence: string(in.Evidence), Q: in.Q}
		return s.Principles(ctx, f, in.page())
	})
	op := huma.Operation{
		OperationID: "get-principle", Method: http.MethodGet, Path: "/principles/{agreement}/{label}", Tags: []string{"principles"},
		Summary: "One principle with its evidence",
		Description: "Without an edition the current one is meant. Where an agreement has several current editions that know the label, " +
			"the answer is a conflict that names the choices.",
		Errors: []int{http.StatusMovedPermanently, http.StatusNotFound, http.StatusConflict, http.StatusGone},
	}
	notModified(&op)
	register(a, op, a.principle)
}

func (a *api) principle(ctx context.Context, in *byLabel) (*shown[norms.Principle], error) {
	version := func(p norms.Principle) int64 { return p.Version }
	p, err := conditional(ctx, a, in.Past, in.IfNoneMatch, version, func(s *store.Store) (norms.Principle, error) {
		return principleAt(ctx, s, in.Agreement, in.Label, norms.PartPage{Part: in.Part, Page: norms.Page{Limit: in.Limit, Cursor: in.Cursor}})
	})
	return p, moved(err, func(agreement string) string {
		return in.stay("/principles/" + agreement + "/" + norms.LabelSlug(in.Label))
	})
}

// principleAt reads the principle of an agreement, or agreement@edition, that
// has a label. A renamed agreement is told with the edition.
func principleAt(ctx context.Context, s *store.Store, of, label string, page norms.PartPage) (norms.Principle, error) {
	agreement, edition, qualified := strings.Cut(of, "@")
	ref := norms.Ref{Agreement: agreement, Edition: edition, Label: norms.LabelSlug(label)}
	if !qualified {
		return onlyPrinciple(ctx, s, ref, page)
	}
	p, err := s.PrincipleAt(ctx, ref, page)
	if m, ok := errors.AsType[*naming.MovedError](err); ok {
		err = &naming.MovedError{Kind: m.Kind, Slug: m.Slug + "@" + edition}
	}
	return p, err
}

func readPrinciple(ctx context.Context, s *store.Store, at At) (norms.Principle, error) {
	return principleAt(ctx, s, at.param("agreement"), at.param("label"), norms.PartPage{})
}

// namesEdition is what a path says that names a principle.
func namesEdition(at At) map[string]any {
	agreement, edition, _ := strings.Cut(at.param("agreement"), "@")
	return map[string]any{"agreement": agreement, "edition": edition}
}

// fitsLabel refuses a principle whose number is not the one that the path says.
func fitsLabel(at At, e norms.Edit) error {
	p, ok := e.(norms.PutPrinciple)
	if !ok || norms.LabelSlug(p.Number) == norms.LabelSlug(at.param("label")) {
		return nil
	}
	return norms.Field("number", "is not the one in the address, which stays; to change it, send the edit rename")
}

// onlyPrinciple reads the principle that a label means without an edition.
func onlyPrinciple(ctx context.Context, s *store.Store, ref norms.Ref, page norms.PartPage) (norms.Principle, error) {
	choices, err := s.PrincipleChoices(ctx, ref.Agreement, ref.Label)
	if err != nil {
		return norms.Principle{}, err
	}
	if len(choices) > 1 {
		return norms.Principle{}, severalMeant(ref, choices)
	}
	return s.PrincipleAt(ctx, ref, page)
}

// severalMeant lists the principles among which a label does not decide.
func severalMeant(asked norms.Ref, choices []norms.PrincipleRow) error {
	e := norms.Errorf(norms.Conflict, "%s could be %d principles, since %s has several current editions; ask for one of those in errors",
		asked, len(choices), asked.Agreement)
	for _, c := range choices {
		e.Problems = append(e.Problems, norms.Problem{Field: "label", Message: c.Ref + ": " + c.Title})
	}
	return e
}
