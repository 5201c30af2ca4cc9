package page

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// Finder looks for things to choose in a form: what to look by, what was
// chosen before and what was found.
type Finder struct {
	Name    string // of the field that the boxes fill
	Legend  string
	Single  bool   // one choice only
	Address string // of the page, which also answers with the found part alone
	By      []Control
	Likely  []Pick // offered with reasons, before anything is looked for
	Above   int    // how many likely ones the form lists to which the found part is added alone
	First   []Pick // offered before anything is looked for
	Chosen  []Pick
	Found   []Pick
	Asked   bool // something was looked for
	More    int  // how many more match
	Problem string
}

// Pick is one thing to choose.
type Pick struct {
	Value  string
	Label  string
	Detail string
	Href   string // its page
	Taken  string // why it cannot be chosen, "" when it can
	Ticked bool
	Why    []norms.Reason // what speaks for it
}

// above is how many choices come before those of the found part.
func (f Finder) above() int { return max(len(f.Likely), f.Above) + len(f.First) }

// whyID is that of what speaks for a choice.
func (f Finder) whyID(i int) string { return f.id(i) + "-why" }

// described names what describes a choice's box.
func (f Finder) described(i int, c Pick) string {
	var ids []string
	if f.Problem != "" {
		ids = append(ids, f.problemID())
	}
	if len(c.Why) > 0 {
		ids = append(ids, f.whyID(i))
	}
	return strings.Join(ids, " ")
}

// all lists what the found part shows, in its order.
func (f Finder) all() []Pick { return append(append([]Pick{}, f.Chosen...), f.Found...) }

// id is that of a choice's box. The first has the field's own, so that the
// summary of problems leads to it.
func (f Finder) id(i int) string {
	if i == 0 {
		return ui.FieldID(f.Name)
	}
	return ui.FieldID(f.Name) + "-" + ui.Number(i+1)
}

func (f Finder) inputType() string {
	if f.Single {
		return "radio"
	}
	return "checkbox"
}

func (f Finder) nothing() bool { return f.Asked && len(f.Found) == 0 }

func (f Finder) problemID() string { return ui.FieldID(f.Name) + "-problem" }

// FindFailure is why a search inside a form found nothing.
type FindFailure struct {
	Failure
	SignIn string   // the sign-in page when that helps, else ""
	Chosen []Chosen // before the search
}

// Chosen is a field's value that was chosen.
type Chosen struct{ Name, Value string }

func (f FindFailure) chosen() string {
	out := make([]string, len(f.Chosen))
	for i, c := range f.Chosen {
		out[i] = c.Value
	}
	return strings.Join(out, ", ")
}

// emptyWord stands for a text that is empty.
func emptyWord(ctx context.Context, s string) string {
	if s == "" {
		return words.Text(ctx, "form.empty")
	}
	return s
}
