package site

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
	"normmap/internal/status"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// plainForm is the form of one thing before values and problems are put in.
// Controls come without values: those are in recorded, or in what was typed.
type plainForm struct {
	page.EditForm
	crumbs   []ui.Crumb
	recorded url.Values // the thing as it is recorded now, by name of field
}

// editor is a kind of thing that is changed by a plain form.
type editor struct {
	form func(r *http.Request) (plainForm, error) // as recorded now
	edit func(r *http.Request, typed url.Values) (asked, error)
}

// asked is what a form asks for. The thing that it is about is the one of the
// address, as recorded: no field of the form can name another.
type asked struct {
	edit       norms.Edit
	before     []norms.Edit    // what has to be written first, in the same changeset
	wrong      []norms.Problem // what could not be read into the edit
	understood []string        // what was read into fields beyond their letters, in words for the writer
	to         string          // address where a save leads
}

// editorOf makes an editor that reads the record through a site: the present,
// or what it was when a writer began.
type editorOf func(*formSite) editor

// showEditor answers with the form as recorded now. What the query names is
// filled in, so that a page can lead to a form that is half done.
func (s *formSite) showEditor(of editorOf) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := of(s).form(r)
		if err != nil {
			return err
		}
		if resumed(r) != nil {
			return s.showForm(w, r, f, query(r), nil)
		}
		for name, given := range query(r) {
			if f.Version == 0 {
				f.recorded[name] = given
			}
		}
		return s.showForm(w, r, f, nil, nil)
	}
}

// saveEditor applies what a form asks for, or shows it again with what has to
// be mended.
func (s *formSite) saveEditor(of editorOf) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := s.form(r)
		if err != nil {
			return err
		}
		if typed, err = s.taken(r, of, typed); err != nil {
			return err
		}
		a, err := of(s).edit(r, typed)
		if err != nil {
			return err
		}
		to := ""
		if err = unread(a.wrong, typed, a.edit); err == nil {
			to, err = s.save(r, typed, a.to, append(a.before, a.edit)...)
		}
		if err == nil {
			s.sayToo(r, a.understood)
			return seeOther(w, r, to)
		}
		f, formErr := of(s).form(r)
		if formErr != nil {
			return formErr
		}
		if norms.KindOf(err) == norms.Stale {
			return s.showStale(w, r, of, f, typed)
		}
		return s.showForm(w, r, f, typed, err)
	}
}

// unread refuses a form of which something could not be read. It tells that
// together with all that is wrong with the edit, so that everything can be
// mended at once; of a field that could not be read only that is told.
func unread(wrong []norms.Problem, typed url.Values, edit norms.Edit) error {
	if len(wrong) == 0 {
		return nil
	}
	all := slices.Clone(wrong)
	for _, err := range []error{edit.Check(), norms.CheckReason(reasonOf(typed))} {
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

// reasonOf is the reason that was typed, as one line.
func reasonOf(typed url.Values) string { return strings.Join(strings.Fields(typed.Get("reason")), " ") }

// save writes edits with the reason that was typed, or stages them where the
// form or the rights of its writer say so, and leaves a notice. It returns where
// the writer is led: to, unless there is something else to see.
func (s *formSite) save(r *http.Request, typed url.Values, to string, edits ...norms.Edit) (string, error) {
	typed, err := s.intoOwn(r, typed, edits)
	if err != nil {
		return to, err
	}
	if stages(r, typed, edits) {
		return s.propose(r, typed, to, edits)
	}
	done, err := s.Store.Apply(r.Context(), actor(r), reasonOf(typed), edits)
	if err == nil {
		s.sayWritten(r, saved(r.Context(), done), done.Revision)
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
func (s *formSite) showForm(w http.ResponseWriter, r *http.Request, f plainForm, typed url.Values, err error) error {
	u, ok := mendable(r.Context(), asTyped(err, typed))
	if !ok {
		return err
	}
	values := typed
	if values == nil {
		values = f.recorded
	} else {
		f.Version = version(typed)
	}
	f.Problems, f.Labels = onForm(r.Context(), u.problems, f.Controls, typed), labels(f.Controls)
	f.Controls = filled(f.Controls, values, f.Problems)
	f.Reason = typed.Get("reason")
	return s.showFilled(w, r, f, u.status)
}

// showFilled shows f as it is, with what else can be done to the thing.
func (s *formSite) showFilled(w http.ResponseWriter, r *http.Request, f plainForm, status int) (err error) {
	if f.Besides, err = besides(r); err != nil {
		return err
	}
	return s.show(w, r, view{status: status, page: page.Edit(s.frame(r, f.Heading, f.crumbs...), f.EditForm)})
}

// filled puts values and problems into controls. What is fixed keeps its own
// value.
func filled(controls []page.Control, values url.Values, problems []norms.Problem) []page.Control {
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

// unsaved is what a writer is told about a form that was not saved.
type unsaved struct {
	status   int
	problems []norms.Problem
	stale    bool
}

// mendable says whether err is one that the writer can mend in the form, and
// how the form then answers. No error is mendable too.
func mendable(ctx context.Context, err error) (unsaved, bool) {
	if err == nil {
		return unsaved{status: http.StatusOK}, true
	}
	e, ok := errors.AsType[*norms.Error](err)
	if !ok {
		return unsaved{}, false
	}
	switch e.Kind {
	case norms.Invalid, norms.Conflict, norms.Malformed:
		return unsaved{status: status.Of(e.Kind), problems: inFields(ctx, e)}, true
	case norms.Stale:
		return unsaved{status: status.Of(e.Kind), stale: true}, true
	}
	return unsaved{}, false
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

// version is the version that a form carries, 0 for a new thing. One that is
// no number counts as older than any.
func version(typed url.Values) int64 {
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
