package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
)

// kind is a kind of thing that is read and written one at a time. A new kind is
// one line in things.
type kind[T any] struct {
	name    string // agreement: the word of its operations
	tag     string // agreements: the list to which it belongs
	path    string // of one, below the root
	summary string // of reading one; "" where that is declared elsewhere

	read     func(ctx context.Context, s *store.Store, at At) (T, error)
	readPart func(ctx context.Context, s *store.Store, at At, part norms.PartPage) (T, error) // nil when none of its lists is read part by part
	version  func(T) int64

	does   account.Action                  // what one must be allowed to put it; "" for EditMappings
	edit   string                          // stable name of the edit by which it is put
	fields map[string]string               // fields of the edit that the path says, by parameter
	same   []string                        // fields that stay as they are recorded: what its number stands for
	says   func(at At) map[string]any      // fields that the path says otherwise than by a parameter; nil when none
	fits   func(at At, e norms.Edit) error // what an edit must have in common with the path; nil when nothing
	adds   string                          // where a new one is posted, when it has no name of its own; "" when it has

	may      func(T) error                      // why what is recorded cannot be put at all; nil when it can
	record   string                             // its name among norms.RecordKinds; "" where it is not withdrawn here
	withdraw func(id, version int64) norms.Edit // how it is withdrawn when it is none of them
}

// At is the place of a thing: the parameters of the path. It is exported for
// huma, which looks into exported fields only.
type At struct {
	param func(string) string
}

// Resolve implements huma.Resolver.
func (a *At) Resolve(c huma.Context) []error {
	a.param = c.Param
	return nil
}

// number is the number that a path ends with.
func (a At) number() (int64, error) {
	id, err := strconv.ParseInt(a.param("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, norms.NotFoundf("there is nothing with the number %q", a.param("id"))
	}
	return id, nil
}

type oneInput struct {
	Past
	At
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of an earlier answer: if it is the same still, the answer is 304 without a body."`
}

// partInput asks for one of the lists of a thing, too.
type partInput struct {
	Past
	At
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of an earlier answer: if it is the same still, the answer is 304 without a body."`

	Part   string `query:"part" doc:"The list of the thing that cursor and limit are about: one of those that more.totals names. Without it the first rows of each are given."`
	Cursor string `query:"cursor" doc:"Where the list goes on: the value of more.next for it, as it was given."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" doc:"How many rows of each list are given at most."`
}

func (in *partInput) at() norms.PartPage {
	return norms.PartPage{Part: in.Part, Page: norms.Page{Limit: in.Limit, Cursor: in.Cursor}}
}

// shown is a thing with the version by which it is changed.
type shown[T any] struct {
	Status   int
	ETag     string `header:"ETag" doc:"The thing's version, for If-Match, and the state of the record."`
	Location string `header:"Location" doc:"The address of a new thing."`
	Memento  string `header:"Memento-Datetime" doc:"With as_of: when the state of the record that is shown was written (RFC 7089)."`
	Body     T
}

// stateTag is an entity tag of a thing together with all that is shown beside
// it, which changes with the record. Its first part is the thing's version; a
// change names it in If-Match, alone or with the rest.
func stateTag(version, revision int64) string {
	return strconv.Quote(strconv.FormatInt(version, 10) + "-" + strconv.FormatInt(revision, 10))
}

// get adds the read of one thing.
func (k kind[T]) get(a *api) {
	op := huma.Operation{
		OperationID: "get-" + k.name, Method: http.MethodGet, Path: k.path,
		Summary: k.summary, Tags: []string{k.tag},
		Description: "A renamed thing redirects to its present address; a withdrawn one is gone, with what happened.",
		Errors:      []int{http.StatusMovedPermanently, http.StatusNotFound, http.StatusGone},
	}
	k.describePath(&op)
	notModified(&op)
	if k.readPart != nil {
		register(a, op, func(ctx context.Context, in *partInput) (*shown[T], error) {
			out, err := conditional(ctx, a, in.Past, in.IfNoneMatch, k.version, func(s *store.Store) (T, error) { return k.readPart(ctx, s, in.At, in.at()) })
			return out, k.moved(err, in.At, in.Past)
		})
		return
	}
	register(a, op, func(ctx context.Context, in *oneInput) (*shown[T], error) {
		out, err := conditional(ctx, a, in.Past, in.IfNoneMatch, k.version, func(s *store.Store) (T, error) { return k.read(ctx, s, in.At) })
		return out, k.moved(err, in.At, in.Past)
	})
}

func notModified(op *huma.Operation) {
	op.Responses = map[string]*huma.Response{"304": {Description: "It is as the tag says"}}
}

// conditional reads a thing, unless the client has the same answer already.
func conditional[T any](ctx context.Context, a *api, p Past, ifNoneMatch string, version func(T) int64, read func(*store.Store) (T, error)) (*shown[T], error) {
	var revision int64
	then, err := reading(ctx, a, p, func(s *store.Store) (T, error) {
		thing, err := read(s)
		if err == nil {
			revision, err = s.Shown(ctx)
		}
		return thing, err
	})
	if err != nil {
		return nil, err
	}
	out := &shown[T]{Status: http.StatusOK, ETag: stateTag(version(then.Body), revision), Memento: then.Memento, Body: then.Body}
	for tag := range strings.SplitSeq(ifNoneMatch, ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == "*" || tag == out.ETag {
			out.Status = http.StatusNotModified
		}
	}
	return out, nil
}

// moved leads to the place of a thing that has another name now.
func (k kind[T]) moved(err error, at At, p Past) error {
	return moved(err, func(slug string) string { return p.stay(k.place(at, slug)) })
}

// place is the path of a thing; slug, when it is not empty, is the name of that
// by which the path begins.
func (k kind[T]) place(at At, slug string) string {
	parts := strings.Split(k.path, "/")
	for i, part := range parts {
		name, isParameter := strings.CutPrefix(strings.TrimSuffix(part, "}"), "{")
		switch {
		case isParameter && slug != "":
			parts[i], slug = slug, ""
		case isParameter:
			parts[i] = at.param(name)
		}
	}
	return strings.Join(parts, "/")
}

// describePath tells the parameters of the path, which huma does not know.
func (k kind[T]) describePath(op *huma.Operation) {
	for part := range strings.SplitSeq(op.Path, "/") {
		name, isParameter := strings.CutPrefix(strings.TrimSuffix(part, "}"), "{")
		if !isParameter {
			continue
		}
		p := &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}, Description: "Its name in addresses."}
		if name == "id" {
			p.Schema, p.Description = &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: new(1.0)}, "Its number."
		}
		op.Parameters = append(op.Parameters, p)
	}
}

// address is the whole address of the thing with a number.
func (k kind[T]) address(id int64) string {
	return href.API() + strings.Replace(k.path, "{id}", strconv.FormatInt(id, 10), 1)
}

// withdrawal is the edit that withdraws a thing.
func (k kind[T]) withdrawal(at At, version int64) (norms.Edit, error) {
	if k.withdraw != nil {
		id, err := at.number()
		return k.withdraw(id, version), err
	}
	key := at.param(k.firstParameter())
	switch k.record {
	case "edition":
		key += "/" + at.param("edition")
	case "principle":
		key += "/" + norms.LabelSlug(at.param("label"))
	}
	return norms.Withdraw{Kind: k.record, Key: key, Version: version}, nil
}
