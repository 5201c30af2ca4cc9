package api

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

// NewLink is a link to be recorded. A contributor's link is never among them:
// it is made by resolving its citation.
//
// Here and in [LinkChange] every field may be left out as far as huma is
// concerned; the checks of package norms name each one that is missing.
type NewLink struct {
	Initiative string   `json:"initiative,omitempty" doc:"Slug of the initiative."`
	Principle  string   `json:"principle,omitempty" doc:"Ref of the principle: agreement/label or agreement@edition/label." example:"paris-call/5"`
	Relation   relation `json:"relation,omitempty" doc:"How the initiative stands to the principle."`
	Property   property `json:"property,omitempty" doc:"More about a relation of support; empty when unspecified."`
	Strength   strength `json:"strength,omitempty" doc:"How directly the initiative serves the principle; empty when unstated."`
	Origin     origin   `json:"origin,omitempty" default:"curator" doc:"Who asserts it: curator or third_party."`
	Asserter   string   `json:"asserter,omitempty" doc:"Slug of the organization that asserts a third party's link."`
	Rationale  string   `json:"rationale,omitempty" doc:"Why the link is right."`
	Reason     string   `json:"reason,omitempty" doc:"Why the record is changed, for its history."`
}

// LinkChange is what is to be different about a link; what is left out stays.
type LinkChange struct {
	Relation  *relation `json:"relation,omitempty" doc:"How the initiative stands to the principle."`
	Property  *property `json:"property,omitempty" doc:"More about a relation of support; empty for unspecified."`
	Strength  *strength `json:"strength,omitempty" doc:"How directly the initiative serves the principle; empty for unstated."`
	Rationale *string   `json:"rationale,omitempty" doc:"Why the link is right."`
	Reason    string    `json:"reason,omitempty" doc:"Why the record is changed, for its history."`
}

type addInput struct {
	Body NewLink
}

type added struct {
	Location string `header:"Location" doc:"The link's address."`
	ETag     string `header:"ETag" doc:"The link's version, for If-Match."`
	Body     norms.AssessedLink
}

type changeInput struct {
	ID      int64  `path:"id" minimum:"1" doc:"The link's number."`
	IfMatch string `header:"If-Match" doc:"The ETag of the link as you read it. Without it the answer is 428."`
	Body    LinkChange
}

type withdrawInput struct {
	ID      int64  `path:"id" minimum:"1" doc:"The link's number."`
	IfMatch string `header:"If-Match" doc:"The ETag of the link as you read it. Without it the answer is 428."`
	Reason  string `query:"reason" doc:"Why the link is withdrawn, for its history. It must be given."`
}

func (a *api) editLinks() {
	write := func(id, method, path, summary, description string, also ...int) huma.Operation {
		return a.writes(huma.Operation{
			OperationID: id, Method: method, Path: path, Summary: summary, Description: description, Tags: []string{"links"}, Errors: also,
		}, account.EditMappings)
	}
	existing := []int{http.StatusNotFound, http.StatusGone, http.StatusPreconditionFailed, http.StatusPreconditionRequired}

	add := write("add-link", http.MethodPost, "/links", "Record a link",
		"Records a curator's link, or a third party's that names its asserter.")
	add.DefaultStatus = http.StatusCreated
	register(a, add, a.addLink)

	change := write("change-link", http.MethodPatch, "/links/{id}", "Change a link",
		"Fields that are left out stay as they are. A contributor's own link cannot be changed.", existing...)
	register(a, change, a.changeLink)

	withdraw := write("withdraw-link", http.MethodDelete, "/links/{id}", "Withdraw a link",
		"The link stays in the history; its address then answers that it is gone. A contributor's own link cannot be withdrawn.", existing...)
	register(a, withdraw, a.withdrawLink)
}

func (a *api) addLink(ctx context.Context, in *addInput) (*added, error) {
	b := in.Body
	l, err := a.in(ctx).AddLink(ctx, actor(ctx), b.Reason, norms.PutLink{
		Initiative: b.Initiative, Principle: b.Principle, Relation: norms.LinkRelation(b.Relation), Property: norms.LinkProperty(b.Property),
		Origin: norms.Origin(b.Origin), Asserter: b.Asserter, Rationale: b.Rationale, Strength: norms.Strength(b.Strength),
	})
	if err != nil {
		return nil, err
	}
	return &added{href.APILink(l.ID), etag(l.Version), l}, nil
}

func (a *api) changeLink(ctx context.Context, in *changeInput) (*versioned, error) {
	l, err := a.matching(ctx, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	e := norms.PutLink{ID: l.ID, Version: l.Version, Initiative: l.Initiative, Principle: l.Principle, Relation: l.Relation,
		Property: l.Property, Origin: l.Origin, Asserter: l.Asserter, Rationale: l.Rationale, Strength: l.Strength}
	in.Body.change(&e)
	if _, err := a.in(ctx).Apply(ctx, actor(ctx), in.Body.Reason, []norms.Edit{e}); err != nil {
		return nil, err
	}
	return a.written(ctx, l.ID)
}

func (c LinkChange) change(e *norms.PutLink) {
	if c.Relation != nil {
		e.Relation = norms.LinkRelation(*c.Relation)
	}
	if c.Property != nil {
		e.Property = norms.LinkProperty(*c.Property)
	}
	if c.Strength != nil {
		e.Strength = norms.Strength(*c.Strength)
	}
	if c.Rationale != nil {
		e.Rationale = *c.Rationale
	}
}

func (a *api) withdrawLink(ctx context.Context, in *withdrawInput) (*struct{}, error) {
	l, err := a.matching(ctx, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	_, err = a.in(ctx).Apply(ctx, actor(ctx), in.Reason, []norms.Edit{norms.WithdrawLink{ID: l.ID, Version: l.Version}})
	return nil, err
}

// matching reads a link that is to be changed, provided that it is still what
// the writer read (RFC 9110, section 13.1.1; RFC 6585, section 3).
func (a *api) matching(ctx context.Context, id int64, ifMatch string) (norms.LinkRow, error) {
	if ifMatch == "" {
		return norms.LinkRow{}, failed(http.StatusPreconditionRequired, "read the link, then send its ETag as If-Match, so that nobody's change is lost")
	}
	l, err := a.in(ctx).Link(ctx, id)
	switch {
	case err != nil:
		return l, err
	case notContributors(l) != nil:
		return l, notContributors(l)
	case !matches(ifMatch, l.Version):
		return l, norms.Errorf(norms.Stale, "the link is not what you read any more: its ETag is %s now. Nothing was saved; read it again", etag(l.Version))
	}
	return l, nil
}

// notContributors refuses to change what a contributor claimed.
func notContributors(l norms.LinkRow) error {
	if l.Origin != "contributor" {
		return nil
	}
	return norms.OnlyByCitation()
}

// stateOf are the tags that stateTag makes.
var stateOf = regexp.MustCompile(`^"[0-9]+-[0-9]+"$`)

// matches compares strongly: a weak tag matches nothing. Of a tag that tells
// the state of the record, too, the version counts.
func matches(ifMatch string, version int64) bool {
	for tag := range strings.SplitSeq(ifMatch, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || tag == etag(version) || stateOf.MatchString(tag) && strings.HasPrefix(tag, strings.TrimSuffix(etag(version), `"`)+"-") {
			return true
		}
	}
	return false
}

// written reads back what was saved. Should just this fail, the client must
// not believe that nothing was.
func (a *api) written(ctx context.Context, id int64) (*versioned, error) {
	l, err := a.link(ctx, id)
	if norms.KindOf(err) == norms.Unavailable {
		return nil, norms.Errorf(norms.Unavailable, "link %d was saved, but cannot be shown at the moment", id)
	}
	return l, err
}
