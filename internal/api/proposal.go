package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

// NewProposal is a list of edits for review.
type NewProposal struct {
	Reason string     `json:"reason,omitempty" doc:"Why the record should be changed. A dry run needs none."`
	Edits  []SentEdit `json:"edits" minItems:"1" maxItems:"1000" doc:"What should be changed, in this order: all of it is staged or, when one edit could not be applied now, nothing."`
	DryRun bool       `json:"dry_run,omitempty" doc:"Whether to tell what would happen and stage nothing."`
	Into   int64      `json:"into,omitempty" minimum:"1" doc:"An open proposal of your own to which the edits are added; without it there is a new one."`
}

// StagedProposal is what came of it.
type StagedProposal struct {
	Proposal int64         `json:"proposal" doc:"Number of the proposal; 0 when no edit has anything to change, or nothing was to be staged."`
	Outcomes []EditOutcome `json:"outcomes,omitempty" doc:"Of a dry run: what each edit would do, on top of those before it."`
}

type proposalInput struct {
	Body NewProposal
}

type proposalAnswer struct {
	Status   int
	Location string `header:"Location" doc:"The proposal's address, of a status 201."`
	Body     StagedProposal
}

type proposalRead struct {
	ID     int64  `path:"id" minimum:"1" doc:"The proposal's number."`
	Limit  int    `query:"limit" minimum:"1" default:"50" doc:"How many edits to give at most; more than 200 are never given at once."`
	Cursor string `query:"cursor" doc:"Where to go on: the value of next of the page before, as it was given."`
}

func (a *api) proposals() {
	op := a.writes(huma.Operation{
		OperationID: "add-proposal", Method: http.MethodPost, Path: "/proposals", Tags: []string{"proposals"},
		Summary: "Propose edits for review",
		Description: "Stages edits that somebody else decides about. 201 with the number of the proposal; 200 with 0 when nothing would change. " +
			"Problems name the edit and its field: body.edits[3].principle.",
		DefaultStatus: http.StatusCreated,
		Errors:        []int{http.StatusNotFound, http.StatusGone},
	}, account.ProposeEdits)
	op.Responses = map[string]*huma.Response{"200": {Description: "Nothing would change, or nothing was to be staged", Content: map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{Ref: "#/components/schemas/StagedProposal"}},
	}}}
	register(a, op, a.addProposal)

	register(a, huma.Operation{
		OperationID: "get-proposal", Method: http.MethodGet, Path: "/proposals/{id}", Tags: []string{"proposals"},
		Summary:     "One proposal with a page of its edits, each held against the record as it is now",
		Description: "For everybody who has an account, as on the pages: whoever may object to a proposal has to read it. Nothing of it is public before it is applied.",
		Errors:      []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusTooManyRequests},
		Security:    []map[string][]string{{"token": {}}},
		Middlewares: append(a.guarded(account.ProposeEdits, account.EditMappings), a.limitLooking),
		Metadata:    map[string]any{needs: []account.Action{account.ProposeEdits, account.EditMappings}},
	}, a.proposal)
}

func (a *api) addProposal(ctx context.Context, in *proposalInput) (*proposalAnswer, error) {
	edits, err := a.readEdits(in.Body.Edits)
	if err != nil {
		return nil, err
	}
	if err := a.countEdits(ctx, len(edits)); err != nil {
		return nil, err
	}
	out := &proposalAnswer{Status: http.StatusOK}
	if in.Body.DryRun {
		out.Body.Outcomes, err = a.preview(ctx, edits)
		return out, err
	}
	st := norms.Staging{Reason: in.Body.Reason, Edits: edits, Into: in.Body.Into, From: "api"}
	out.Body.Proposal, err = a.in(ctx).Propose(ctx, actor(ctx), st)
	if err != nil {
		return nil, inBatch(err, len(edits))
	}
	if out.Body.Proposal != 0 {
		out.Status, out.Location = http.StatusCreated, href.APIProposal(out.Body.Proposal)
	}
	return out, nil
}

// proposal shows a proposal: nothing that was not reviewed is public.
func (a *api) proposal(ctx context.Context, in *proposalRead) (*answer[norms.Proposal], error) {
	by := unscoped(ctx)
	p, err := a.Store.Proposal(ctx, by, in.ID, norms.Page{Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	return &answer[norms.Proposal]{p}, nil
}

// unscoped is the actor with the rights of the account, for what a token of any
// scope may see.
func unscoped(ctx context.Context) account.Actor {
	by := actor(ctx)
	by.Scopes = ""
	return by
}

// describeProposed tells what [norms.ProposedEdit] writes beside its fields.
func describeProposed(types map[string]*huma.Schema) {
	sent := &huma.Schema{OneOf: []*huma.Schema{{Ref: "#/components/schemas/SentEdit"}, {Type: "null"}}}
	p := types["ProposedEdit"]
	p.Properties["proposed"], p.Properties["corrected"] = sent, sent
	p.Properties["problem"] = &huma.Schema{Type: huma.TypeString, Description: "Why it cannot be applied; empty when it can."}
	p.Required = append(p.Required, "proposed", "corrected", "problem")
}
