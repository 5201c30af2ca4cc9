package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type linkFilter struct {
	Paging
	Principle    ref      `query:"principle" doc:"Only to this principle."`
	Initiative   slug     `query:"initiative" doc:"Only from this initiative."`
	Organization slug     `query:"organization" doc:"Only from initiatives that this organization carries out."`
	Agreement    slug     `query:"agreement" doc:"Only to principles of this agreement."`
	Origin       origin   `query:"origin" doc:"Only those that this sort of asserter asserts."`
	Relation     relation `query:"relation" doc:"Only those of this relation."`
	Assessment   assessed `query:"assessment" doc:"Only those of which this was made: no assessment, one of this view (disagreed is disagrees), one that is answered or one that is not."`
}

type byID struct {
	Past
	ID int64 `path:"id" minimum:"1" doc:"The link's number."`
}

// versioned is a link with its version, which a change must name, and what
// others make of it.
type versioned struct {
	ETag    string `header:"ETag" doc:"The link's version, for If-Match. Assessments do not change it."`
	Memento string `header:"Memento-Datetime" doc:"With as_of: when the state of the record that is shown was written (RFC 7089)."`
	Body    norms.AssessedLink
}

func (a *api) readLinks() {
	listed(a, "links", "Links between initiatives and principles", func(ctx context.Context, s *store.Store, in *linkFilter) (norms.List[norms.LinkRow], error) {
		f := norms.LinkFilter{Principle: string(in.Principle), Initiative: string(in.Initiative), Organization: string(in.Organization),
			Agreement: string(in.Agreement), Origin: string(in.Origin), Relation: string(in.Relation), Assessment: norms.ParseAssessed(string(in.Assessment))}
		return s.Links(ctx, f, in.page())
	})
	register(a, huma.Operation{
		OperationID: "get-link", Method: http.MethodGet, Path: "/links/{id}", Tags: []string{"links"},
		Summary: "One link, the digest of its claim, and what others make of it",
		Description: "claim_digest is the SHA-256 of the claim in the form that the method page describes: assessments and answers do not change it. " +
			"A withdrawn link is gone, with the changeset that withdrew it.",
		Errors: []int{http.StatusNotFound, http.StatusGone},
	}, func(ctx context.Context, in *byID) (*versioned, error) {
		l, err := reading(ctx, a, in.Past, func(s *store.Store) (norms.AssessedLink, error) { return s.AssessedLink(ctx, in.ID) })
		if err != nil {
			return nil, err
		}
		return &versioned{etag(l.Body.Version), l.Memento, l.Body}, nil
	})
}

// link reads a link as it is now.
func (a *api) link(ctx context.Context, id int64) (*versioned, error) {
	l, err := a.in(ctx).AssessedLink(ctx, id)
	if err != nil {
		return nil, err
	}
	return &versioned{ETag: etag(l.Version), Body: l}, nil
}

// etag is a version as an entity tag (RFC 9110, section 8.8.3).
func etag(version int64) string { return fmt.Sprintf("%q", fmt.Sprint(version)) }
