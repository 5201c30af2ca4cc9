package form

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/status"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Plain is the form of one thing before values and problems are put in.
// Controls come without values: those are in recorded, or in what was typed.
type Plain struct {
	page.EditForm
	Crumbs   []ui.Crumb
	Recorded url.Values // the thing as it is recorded now, by name of field
}

// Editor is a kind of thing that is changed by a plain form.
type Editor struct {
	Form func(r *http.Request) (Plain, error) // as recorded now
	Edit func(r *http.Request, typed url.Values) (Asked, error)
}

// Asked is what a form asks for. The thing that it is about is the one of the
// address, as recorded: no field of the form can name another.
type Asked struct {
	Edit       norms.Edit
	Before     []norms.Edit    // what has to be written first, in the same changeset
	Wrong      []norms.Problem // what could not be read into the edit
	Understood []string        // what was read into fields beyond their letters, in words for the writer
	To         string          // address where a save leads
}

// EditorOf makes an editor that reads the record through a site: the present,
// or what it was when a writer began.
type EditorOf func(*Site) Editor

// ShowEditor answers with the form as recorded now. What the query names is
// filled in, so that a page can lead to a form that is half done.
func (s *Site) ShowEditor(of EditorOf) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := of(s).Form(r)
		if err != nil {
			return err
		}
		if serve.Resumed(r) != nil {
			return s.showForm(w, r, f, serve.Query(r), nil)
		}
		for name, given := range serve.Query(r) {
			if f.Version == 0 {
				f.Recorded[name] = given
			}
		}
		return s.showForm(w, r, f, nil, nil)
	}
}

// SaveEditor applies what a form asks for, or shows it again with what has to
// be mended.
func (s *Site) SaveEditor(of EditorOf) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := s.Form(r)
		if err != nil {
			return err
		}
		if typed, err = s.taken(r, of, typed); err != nil {
			return err
		}
		a, err := of(s).Edit(r, typed)
		if err != nil {
			return err
		}
		to := ""
		if err = Unread(a.Wrong, typed, a.Edit); err == nil {
			to, err = s.Save(r, typed, a.To, append(a.Before, a.Edit)...)
		}
		if err == nil {
			s.SayToo(r, a.Understood)
			return serve.SeeOther(w, r, to)
		}
		f, formErr := of(s).Form(r)
		if formErr != nil {
			return formErr
		}
		if norms.KindOf(err) == norms.Stale {
			return s.showStale(w, r, of, f, typed)
		}
		return s.showForm(w, r, f, typed, err)
	}
}

// Unread refuses a form of which something could not be read. It tells that
// together with all that is wrong with the edit, so that everything can be
// mended at once; of a field that could not be read only that is told.
func Unread(wrong []norms.Problem, typed url.Values, edit norms.Edit) error {
	if len(wrong) == 0 {
		return nil
	}
	all := slices.Clone(wrong)
	for _, err := range []error{edit.Check(), norms.CheckReason(ReasonOf(typed))} {
		e, ok := errors.AsType[*norms.Error](err)
		if !ok {
			continue
		}
		for _, p := range e.Problems {
			if ui.ProblemOf(wrong, p.Field) == "" {
				all = append(all, p)
			}
		}
	}
	return &norms.Error{Kind: norms.Invalid, Problems: all}
}

// ReasonOf is the reason that was typed, as one line.
func ReasonOf(typed url.Values) string { return strings.Join(strings.Fields(typed.Get("reason")), " ") }

// Save writes edits with the reason that was typed, or stages them where the
// form or the rights of its writer say so, and leaves a notice. It returns where
// the writer is led: to, unless there is something else to see.
func (s *Site) Save(r *http.Request, typed url.Values, to string, edits ...norms.Edit) (string, error) {
	typed, err := s.intoOwn(r, typed, edits)
	if err != nil {
		return to, err
	}
	if stages(r, typed, edits) {
		return s.propose(r, typed, to, edits)
	}
	done, err := s.Store.Apply(r.Context(), serve.Actor(r), ReasonOf(typed), edits)
	if err == nil {
		s.SayWritten(r, saved(r.Context(), done), done.Revision)
	}
	return to, err
}

// saved says what came of a save.
func saved(ctx context.Context, done norms.Applied) string {
	if done.Revision == 0 {
		return words.Text(ctx, "form.saved_nothing")
	}
	return words.Text(ctx, "form.saved", "N", done.Revision)
}

// showForm shows f with what was typed, or with what is recorded when nothing
// was; err is why a save of it failed.
func (s *Site) showForm(w http.ResponseWriter, r *http.Request, f Plain, typed url.Values, err error) error {
	u, ok := Mendable(r.Context(), AsTyped(err, typed))
	if !ok {
		return err
	}
	values := typed
	if values == nil {
		values = f.Recorded
	} else {
		f.Version = Version(typed)
	}
	f.Problems, f.Labels = onForm(r.Context(), u.Problems, f.Controls, typed), labels(f.Controls)
	f.Controls = Filled(f.Controls, values, f.Problems)
	f.Reason = typed.Get("reason")
	return s.showFilled(w, r, f, u.Status)
}

// showFilled shows f as it is, with what else can be done to the thing.
func (s *Site) showFilled(w http.ResponseWriter, r *http.Request, f Plain, status int) (err error) {
	if f.Besides, err = besides(r); err != nil {
		return err
	}
	return s.Show(w, r, serve.View{Status: status, Page: page.Edit(s.Frame(r, f.Heading, f.Crumbs...), f.EditForm)})
}

// Filled puts values and problems into controls. What is fixed keeps its own
// value.
func Filled(controls []page.Control, values url.Values, problems []norms.Problem) []page.Control {
	out := slices.Clone(controls)
	for i := range out {
		c := &out[i]
		if c.Shape == page.Fixed {
			continue
		}
		c.Value, c.Values = values.Get(c.Name), values[c.Name]
		c.Problem = ui.ProblemOf(problems, c.Name)
	}
	return out
}

// Unsaved is what a writer is told about a form that was not saved.
type Unsaved struct {
	Status   int
	Problems []norms.Problem
	Stale    bool
}

// Mendable says whether err is one that the writer can mend in the form, and
// how the form then answers. No error is mendable too.
func Mendable(ctx context.Context, err error) (Unsaved, bool) {
	if err == nil {
		return Unsaved{Status: http.StatusOK}, true
	}
	e, ok := errors.AsType[*norms.Error](err)
	if !ok {
		return Unsaved{}, false
	}
	switch e.Kind {
	case norms.Invalid, norms.Conflict, norms.Malformed:
		return Unsaved{Status: status.Of(e.Kind), Problems: inFields(ctx, e)}, true
	case norms.Stale:
		return Unsaved{Status: status.Of(e.Kind), Stale: true}, true
	}
	return Unsaved{}, false
}

// fieldPath is the path of a field in an edit: edits[3].partners[0].name.
var fieldPath = regexp.MustCompile(`^(?:edits\[\d+\]\.)?([a-z_]+)(?:\[(\d+)\].*)?$`)

// inFields brings the problems of edits to the fields of the form: of several
// edits that were made by one form each problem is told once.
func inFields(ctx context.Context, e *norms.Error) []norms.Problem {
	out := []norms.Problem{}
	if e.Message != "" {
		out = append(out, norms.Problem{Message: e.Message})
	}
	for _, p := range e.Problems {
		if m := fieldPath.FindStringSubmatch(p.Field); m != nil {
			p.Field = m[1]
			if n, err := strconv.Atoi(m[2]); err == nil {
				p.Message = words.Text(ctx, "form.line_problem", "N", n+1, "Problem", p.Message)
			}
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// Version is the version that a form carries, 0 for a new thing. One that is
// no number counts as older than any.
func Version(typed url.Values) int64 {
	text := typed.Get("version")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
