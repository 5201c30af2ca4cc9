package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

type putInput struct {
	At
	IfMatch     string `header:"If-Match" doc:"The ETag of the thing as you read it; to change it."`
	IfNoneMatch string `header:"If-None-Match" doc:"*; to record a new one."`
	Body        json.RawMessage
}

type addThingInput struct {
	Body json.RawMessage
}

type deleteInput struct {
	At
	IfMatch string `header:"If-Match" doc:"The ETag of the thing as you read it. Without it the answer is 428."`
	Reason  string `query:"reason" doc:"Why it is withdrawn, for its history. It must be given."`
}

// existing are the errors of operations about one thing that is recorded.
var existing = []int{http.StatusMovedPermanently, http.StatusNotFound, http.StatusGone, http.StatusPreconditionFailed, http.StatusPreconditionRequired}

// serve adds everything that can be asked of one thing of a kind.
func (k kind[T]) serve(a *api) {
	if k.summary != "" {
		k.get(a)
	}
	if k.edit != "" {
		k.servePut(a)
	}
	if k.adds != "" {
		k.serveAdd(a)
	}
	if k.record != "" || k.withdraw != nil {
		k.serveWithdraw(a)
	}
}

func (k kind[T]) servePut(a *api) {
	op := a.writes(huma.Operation{
		OperationID: "put-" + k.name, Method: http.MethodPut, Path: k.path, Tags: []string{k.tag},
		Summary:     "Record or change one " + k.word(),
		Description: "What is sent takes the place of what is recorded: a field that is left out becomes empty. With If-Match it changes what is recorded, with If-None-Match: * it records a new one; without either the answer is 428.",
		Errors:      existing,
	}, cmp.Or(k.does, account.EditMappings))
	if k.numbered() {
		op.Summary = "Change one " + k.word()
		op.Description = "What is sent takes the place of what is recorded: a field that is left out becomes empty. It needs If-Match."
	}
	k.describePath(&op)
	op.Responses = map[string]*huma.Response{}
	f := a.edits.form(k.edit, k.name+"-put", slices.Concat(k.saidByPath(), k.same, []string{"version"}))
	a.bodies = append(a.bodies, describedBody{op.Method, op.Path, f})
	register(a, op, func(ctx context.Context, in *putInput) (out *shown[T], err error) {
		if err := in.precondition(); err != nil {
			return nil, err
		}
		err = a.in(ctx).InTx(ctx, func(tx *store.Store) error {
			out, err = k.put(ctx, tx, f, in)
			return err
		})
		return out, k.moved(err, in.At, Past{})
	})
}

// numbered tells whether things of the kind have a number for a name.
func (k kind[T]) numbered() bool {
	return strings.HasSuffix(k.path, "{id}") || strings.Contains(k.path, "{id}/")
}

func (k kind[T]) word() string { return strings.ReplaceAll(k.name, "-", " ") }

func (k kind[T]) saidByPath() []string {
	var fields []string
	for _, f := range k.fields {
		fields = append(fields, f)
	}
	return fields
}

func (in *putInput) precondition() error {
	switch {
	case in.IfMatch == "" && in.IfNoneMatch == "":
		return failed(http.StatusPreconditionRequired, "to change what is recorded, read it and send its ETag as If-Match, so that nobody's change is lost; to record something new, send If-None-Match: *")
	case in.IfNoneMatch != "" && in.IfNoneMatch != "*":
		return norms.Field("header.If-None-Match", "must be * here, which says that nothing may be recorded yet")
	}
	return nil
}

// put changes or records a thing. It runs in one transaction, so that what it
// answers is what it wrote.
func (k kind[T]) put(ctx context.Context, tx *store.Store, f form, in *putInput) (*shown[T], error) {
	more, found, err := k.current(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	edit, reason, err := f.read(in.Body, more)
	if err == nil && k.fits != nil {
		err = k.fits(in.At, edit)
	}
	if err != nil {
		return nil, k.located(err)
	}
	if _, err = tx.Apply(ctx, actor(ctx), reason, []norms.Edit{edit}); err != nil {
		return nil, k.located(err)
	}
	out, err := k.tell(ctx, tx, in.At)
	if err == nil && !found {
		out.Status, out.Location = http.StatusCreated, href.API()+k.place(in.At, "")
	}
	return out, err
}

// current looks at what is recorded, whether the request is for that, and gives
// the fields of the edit that the request does not say itself.
func (k kind[T]) current(ctx context.Context, tx *store.Store, in *putInput) (more map[string]any, found bool, err error) {
	more = map[string]any{}
	for parameter, field := range k.fields {
		more[field] = in.param(parameter)
	}
	if k.says != nil {
		maps.Copy(more, k.says(in.At))
	}
	now, err := k.read(ctx, tx, in.At)
	_, renamed := errors.AsType[*naming.MovedError](err)
	absent := renamed || norms.KindOf(err) == norms.NotFound || norms.KindOf(err) == norms.Gone
	if in.IfNoneMatch != "" && absent && !k.numbered() {
		return more, false, nil // a name that was given out is refused when it is written
	}
	if err != nil {
		return nil, false, err
	}
	if err := k.unchanged(ctx, tx, in.IfMatch, now); err != nil {
		return nil, false, err
	}
	if k.may != nil {
		if err := k.may(now); err != nil {
			return nil, false, err
		}
	}
	recorded, err := fieldsOf(now)
	for _, field := range k.same {
		more[field] = recorded[field]
	}
	if field, ok := k.fields["id"]; ok {
		more[field], err = in.number()
	}
	more["version"] = k.version(now)
	return more, true, err
}

// unchanged refuses a request for another version than the recorded one, and
// tells that.
func (k kind[T]) unchanged(ctx context.Context, tx *store.Store, ifMatch string, now T) error {
	if matches(ifMatch, k.version(now)) {
		return nil
	}
	revision, err := tx.Shown(ctx)
	if err != nil {
		return err
	}
	tag := stateTag(k.version(now), revision)
	return failed(http.StatusPreconditionFailed, "the "+k.word()+" is not what you read any more, or is recorded already: its ETag is "+tag+" now. Nothing was saved; read it again").
		with("ETag", tag)
}

// tell reads a thing as it is in the transaction.
func (k kind[T]) tell(ctx context.Context, tx *store.Store, at At) (*shown[T], error) {
	thing, err := k.read(ctx, tx, at)
	if err != nil {
		return nil, err
	}
	revision, err := tx.Shown(ctx)
	return &shown[T]{Status: http.StatusOK, ETag: stateTag(k.version(thing), revision), Body: thing}, err
}

// located names the parameter of the path for problems with what it says.
func (k kind[T]) located(err error) error {
	e, ok := errors.AsType[*norms.Error](err)
	if !ok || len(e.Problems) == 0 {
		return err
	}
	named := *e
	named.Problems = slices.Clone(e.Problems)
	for i, p := range named.Problems {
		for parameter, field := range k.fields {
			if p.Field == field {
				named.Problems[i].Field = "path." + parameter
			}
		}
		if slices.Contains(k.same, p.Field) {
			named.Problems[i].Field = "path." + k.firstParameter()
		}
	}
	return &named
}

func (k kind[T]) firstParameter() string {
	_, rest, _ := strings.Cut(k.path, "{")
	name, _, _ := strings.Cut(rest, "}")
	return name
}

func (k kind[T]) serveAdd(a *api) {
	op := a.writes(huma.Operation{
		OperationID: "add-" + k.name, Method: http.MethodPost, Path: k.adds, Tags: []string{k.tag},
		Summary: "Record one " + k.word(), DefaultStatus: http.StatusCreated,
	}, account.EditMappings)
	f := a.edits.form(k.edit, k.name+"-add", []string{"id", "version"})
	a.bodies = append(a.bodies, describedBody{op.Method, op.Path, f})
	register(a, op, func(ctx context.Context, in *addThingInput) (out *shown[T], err error) {
		edit, reason, err := f.read(in.Body, nil)
		if err != nil {
			return nil, err
		}
		err = a.in(ctx).InTx(ctx, func(tx *store.Store) error {
			done, err := tx.Apply(ctx, actor(ctx), reason, []norms.Edit{edit})
			if err != nil {
				return err
			}
			address := k.address(done.IDs[0])
			out, err = k.tell(ctx, tx, At{func(string) string { return address[strings.LastIndex(address, "/")+1:] }})
			if err == nil {
				out.Status, out.Location = http.StatusCreated, address
			}
			return err
		})
		return out, err
	})
}

func (k kind[T]) serveWithdraw(a *api) {
	op := a.writes(huma.Operation{
		OperationID: "withdraw-" + k.name, Method: http.MethodDelete, Path: k.path, Tags: []string{k.tag},
		Summary:     "Withdraw one " + k.word(),
		Description: "It stays in the history, with the parts that go along; its address then answers that it is gone. It is refused while other things rest on it.",
		Errors:      existing,
	}, account.EditMappings)
	k.describePath(&op)
	register(a, op, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		if in.IfMatch == "" {
			return nil, failed(http.StatusPreconditionRequired, "read the "+k.word()+", then send its ETag as If-Match, so that nobody's change is lost")
		}
		err := a.in(ctx).InTx(ctx, func(tx *store.Store) error {
			now, err := k.read(ctx, tx, in.At)
			if err == nil {
				err = k.unchanged(ctx, tx, in.IfMatch, now)
			}
			if err != nil {
				return err
			}
			edit, err := k.withdrawal(in.At, k.version(now))
			if err == nil {
				_, err = tx.Apply(ctx, actor(ctx), in.Reason, []norms.Edit{edit})
			}
			return err
		})
		return nil, k.moved(err, in.At, Past{})
	})
}

// fieldsOf are the fields of a thing as they are sent.
func fieldsOf(thing any) (map[string]any, error) {
	raw, err := json.Marshal(thing)
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	return fields, json.Unmarshal(raw, &fields)
}
