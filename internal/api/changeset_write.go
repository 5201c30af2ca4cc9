package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/web/href"
)

// NewChangeset is a list of edits with why they are made: no more than can be
// written, or looked at, well within the time of a request.
type NewChangeset struct {
	Reason string     `json:"reason,omitempty" doc:"Why the record is changed, for its history. A dry run needs none."`
	Edits  []SentEdit `json:"edits" minItems:"1" maxItems:"2000" doc:"What is to be changed, in this order: all of it or, when one edit cannot be applied, nothing."`
	DryRun bool       `json:"dry_run,omitempty" doc:"Whether to tell what would happen and write nothing."`
}

// WrittenChangeset is what came of it.
type WrittenChangeset struct {
	Revision  int64         `json:"revision" doc:"Number of the new changeset; 0 when nothing had to change, or nothing was to be written."`
	Written   int           `json:"written" doc:"How many edits changed something."`
	IDs       []int64       `json:"ids" doc:"For each edit, the number of the row that it is about; 0 when it has none."`
	Conflicts []norms.Thing `json:"conflicts" doc:"Of a revert: rows that were changed since and left alone."`
	Outcomes  []EditOutcome `json:"outcomes,omitempty" doc:"Of a dry run: what each edit would do, on top of those before it."`
}

// EditOutcome is what one edit would do.
type EditOutcome struct {
	Changes   []norms.Change `json:"changes" doc:"Rows that it would write; none when it has nothing to change."`
	LeftAlone []norms.Thing  `json:"left_alone" doc:"Of a revert: rows that were changed since."`
	Problem   string         `json:"problem" doc:"Why it cannot be applied; empty when it can."`
}

type changesetInput struct {
	Body NewChangeset
}

type changesetAnswer struct {
	Status   int
	Location string `header:"Location" doc:"The changeset's address, of a status 201."`
	Body     WrittenChangeset
}

func (a *api) writeChangesets() {
	op := a.writes(huma.Operation{
		OperationID: "add-changeset", Method: http.MethodPost, Path: "/changesets", Tags: []string{"changes"},
		Summary: "Write edits as one changeset",
		Description: "Any edits of the record, all or nothing. 201 with the number of the changeset; 200 with revision 0 when nothing had to change. " +
			"An edit whose version is not the recorded one any more is a conflict. Problems name the edit and its field: body.edits[3].principle.",
		DefaultStatus: http.StatusCreated,
		Errors:        []int{http.StatusGone, http.StatusNotFound},
	}, account.EditMappings, account.AnswerForOrganization)
	op.Responses = map[string]*huma.Response{"200": {Description: "Nothing had to change, or nothing was to be written", Content: map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{Ref: "#/components/schemas/WrittenChangeset"}},
	}}}
	register(a, op, a.addChangeset)

	register(a, huma.Operation{
		OperationID: "get-changeset", Method: http.MethodGet, Path: "/changesets/{id}", Tags: []string{"changes"},
		Summary: "One changeset with the rows that it wrote, a page of them at a time", Errors: []int{http.StatusNotFound},
	}, a.changeset)
}

type changesetRead struct {
	Past
	ID     int64  `path:"id" minimum:"1" doc:"The changeset's number, a revision."`
	Limit  int    `query:"limit" minimum:"1" default:"50" doc:"How many rows to give at most; more than 200 are never given at once."`
	Cursor string `query:"cursor" doc:"Where to go on: the value of next of the page before, as it was given."`
}

// changeset reads a changeset, which never changes: of the past it only matters
// whether there was one.
func (a *api) changeset(ctx context.Context, in *changesetRead) (*remembered[norms.Changeset], error) {
	out := &remembered[norms.Changeset]{}
	if in.asked != nil {
		m, err := a.moment(ctx, in.asked)
		if err != nil {
			return nil, err
		}
		if in.ID > m.Revision {
			return nil, norms.NotFoundf("changeset %d was not on record at revision %d", in.ID, m.Revision)
		}
		out.Memento = m.At.UTC().Format(http.TimeFormat)
	}
	var err error
	out.Body, err = a.Store.Changeset(ctx, in.ID, norms.Page{Limit: in.Limit, Cursor: in.Cursor})
	return out, err
}

func (a *api) addChangeset(ctx context.Context, in *changesetInput) (*changesetAnswer, error) {
	edits, err := a.readEdits(in.Body.Edits)
	if err != nil {
		return nil, err
	}
	if err := a.countEdits(ctx, len(edits)); err != nil {
		return nil, err
	}
	if in.Body.DryRun {
		outcomes, err := a.preview(ctx, edits)
		return &changesetAnswer{Status: http.StatusOK, Body: WrittenChangeset{IDs: []int64{}, Conflicts: []norms.Thing{}, Outcomes: outcomes}}, err
	}
	done, err := a.in(ctx).Apply(ctx, actor(ctx), in.Body.Reason, edits)
	if err != nil {
		return nil, inBatch(err, len(edits))
	}
	out := &changesetAnswer{Status: http.StatusOK, Body: WrittenChangeset{
		Revision: done.Revision, Written: done.Written, IDs: notNull(done.IDs), Conflicts: notNull(done.Conflicts),
	}}
	if done.Revision != 0 {
		out.Status, out.Location = http.StatusCreated, href.APIChangeset(done.Revision)
	}
	return out, nil
}

// preview tells what edits would do.
func (a *api) preview(ctx context.Context, edits []norms.Edit) ([]EditOutcome, error) {
	found, err := a.in(ctx).Preview(ctx, unscoped(ctx), edits)
	var out []EditOutcome
	for _, o := range found {
		told := EditOutcome{Changes: notNull(o.Changes), LeftAlone: notNull(o.LeftAlone)}
		if o.Problem != nil {
			told.Problem = o.Problem.Error()
		}
		out = append(out, told)
	}
	return out, err
}

func notNull[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// readEdits reads edits from their stable form, each with its own checks, so
// that everything that is wrong is told at once.
func (a *api) readEdits(sent []SentEdit) ([]norms.Edit, error) {
	edits := make([]norms.Edit, len(sent))
	var problems []norms.Problem
	for i, s := range sent {
		e, wrong := a.edits.read(s.Edit, s.With, editAt(i)+".")
		if e != nil {
			for _, p := range problemsOf(e.Check()) {
				wrong = append(wrong, norms.Problem{Field: editAt(i) + "." + p.Field, Message: p.Message})
			}
		}
		edits[i], problems = e, append(problems, wrong...)
	}
	if len(problems) > 0 {
		return nil, &norms.Error{Kind: norms.Invalid, Problems: problems}
	}
	return edits, nil
}

func editAt(i int) string { return fmt.Sprintf("edits[%d]", i) }

func problemsOf(err error) []norms.Problem {
	if e, ok := errors.AsType[*norms.Error](err); ok {
		return e.Problems
	}
	return nil
}

// inBatch lets an error about one of n edits name it, also where there is only
// one. A stale edit of a batch is a conflict with what is recorded: there is no
// condition on the request that failed.
func inBatch(err error, n int) error {
	e, ok := errors.AsType[*norms.Error](err)
	if !ok || e.Kind == norms.Unavailable {
		return err
	}
	named := *e
	if named.Kind == norms.Stale {
		named.Kind = norms.Conflict
	}
	if at, ok := errors.AsType[*edit.EditError](err); ok {
		named.Problems = []norms.Problem{{Field: editAt(at.At), Message: e.Message}}
		return &named
	}
	if n > 1 {
		return &named
	}
	named.Problems = nil
	for _, p := range e.Problems {
		if p.Field != "reason" && !strings.HasPrefix(p.Field, "edits[") {
			p.Field = editAt(0) + "." + p.Field
		}
		named.Problems = append(named.Problems, p)
	}
	if len(e.Problems) == 0 {
		named.Problems = []norms.Problem{{Field: editAt(0), Message: e.Message}}
	}
	return &named
}
