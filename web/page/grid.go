package page

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// Grid is an agreement's principles across and initiatives down, a form in
// which curator's links are ticked and unticked.
type Grid struct {
	Refusal
	norms.Grid
	Filter    norms.GridFilter
	Cells     map[GridCell]GridState // those that hold anything
	Steps     []GridStep             // what is staged, in words
	Done      []GridStep             // what the form asks for and someone else did meanwhile
	Answer    bool                   // the page answers a form: what it shows is staged, not recorded
	Rationale string
	Reason    string
	Action    string
	Cancel    string
}

// GridCell is the place of a cell: an initiative and a principle by number.
type GridCell struct{ Initiative, Principle int64 }

// String is the cell as its checkbox names it.
func (c GridCell) String() string {
	return strconv.FormatInt(c.Initiative, 10) + "." + strconv.FormatInt(c.Principle, 10)
}

// GridState is what a cell holds.
type GridState struct {
	Link     norms.GridMark // the curator's link of support, zero when there is none
	Own      norms.GridMark // the contributor's own
	Other    norms.GridMark // a curator's link that says something else than support
	Third    bool           // a third party's link
	Possibly int64          // an ambiguous citation that may mean it
	Staged   bool           // the cell is to become the opposite of what is recorded
	Changed  bool           // someone else changed it meanwhile
	Wrong    bool           // what is staged cannot be done
}

// Recorded tells whether the curator's link is recorded.
func (s GridState) Recorded() bool { return s.Link.ID != 0 }

// Ticked tells whether the checkbox is ticked.
func (s GridState) Ticked() bool { return s.Recorded() != s.Staged }

// Fixed tells whether the cell has no checkbox: it holds what changes elsewhere.
func (s GridState) Fixed() bool { return !s.Recorded() && (s.Own.ID != 0 || s.Other.ID != 0) }

// GridStep is one staged change in words.
type GridStep struct {
	Cell       GridCell
	Initiative string
	Principle  string
	Added      bool   // else withdrawn
	Problem    string // why it cannot be done
	Changed    bool   // someone else changed the cell meanwhile
	By         string // who recorded it already, "" where that is not told
}

func (s GridState) class() string {
	var all []string
	for _, c := range []struct {
		name  string
		holds bool
	}{{"own", s.Own.ID != 0}, {"unlike", s.Other.ID != 0}, {"third", s.Third}, {"maybe", s.Possibly != 0}, {"changed", s.Changed}, {"wrong", s.Wrong}} {
		if c.holds {
			all = append(all, c.name)
		}
	}
	return strings.Join(all, " ")
}

// describedBy names the entries of the key that say what else a cell holds.
func (s GridState) describedBy() string {
	var all []string
	for _, c := range strings.Fields(s.class()) {
		all = append(all, "key-"+c)
	}
	return strings.Join(all, " ")
}

// fixedHref is where a fixed link changes.
func (s GridState) fixedHref() string {
	switch {
	case s.Own.Citation != 0:
		return href.CitationEdit(s.Own.Citation)
	case s.Own.ID != 0:
		return href.LinkEdit(s.Own.ID)
	}
	return href.LinkEdit(s.Other.ID)
}

func (s GridState) fixedLabel(row, column int64) string {
	kind := "key-unlike"
	if s.Own.ID != 0 {
		kind = "key-own"
	}
	return rowID(row) + " " + columnID(column) + " " + kind
}

func rowID(id int64) string    { return "i" + strconv.FormatInt(id, 10) }
func columnID(id int64) string { return "p" + strconv.FormatInt(id, 10) }

// seen are the curator's links with their versions, so that a save can tell
// what was changed meanwhile from what the writer changed.
func (m Grid) seen() string {
	var b strings.Builder
	for _, k := range m.Marks {
		if k.Origin == "curator" && k.Relation == "supports" {
			b.WriteString(GridCell{k.InitiativeID, k.PrincipleID}.String() + "." + strconv.FormatInt(k.ID, 10) + "." + strconv.FormatInt(k.Version, 10) + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

// rows are the initiatives of the page, so that a save speaks of the same ones.
func (m Grid) rows() string {
	all := make([]string, len(m.Initiatives))
	for i, row := range m.Initiatives {
		all[i] = strconv.FormatInt(row.ID, 10)
	}
	return strings.Join(all, " ")
}

// gridGroup is the initiatives of one organization.
type gridGroup struct {
	Organization string
	Rows         []norms.GridInitiative
}

func (m Grid) groups() []gridGroup {
	var out []gridGroup
	for _, i := range m.Initiatives {
		if len(out) == 0 || out[len(out)-1].Organization != i.OrganizationName {
			out = append(out, gridGroup{Organization: i.OrganizationName})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, i)
	}
	return out
}

func (m Grid) span() string { return strconv.Itoa(len(m.Principles) + 1) }

// Address is that of the grid as filtered, from its beginning.
func (m Grid) Address() string {
	f := m.Filter
	return href.With(href.Grid(f.Agreement), "edition", f.Edition, "organization", f.Organization, "status", f.Status, "heading", f.Heading, "q", f.Q)
}

func (m Grid) choices(kind string) []ui.Option {
	var out []ui.Option
	for _, c := range m.Choices {
		if c.Kind == kind {
			out = append(out, ui.Option{Value: c.Slug, Label: c.Title})
		}
	}
	return out
}

// doneWords says that someone else did a step already.
func (s GridStep) doneWords(ctx context.Context) string {
	switch {
	case !s.Added:
		return words.Text(ctx, "grid.done.withdrawn", "Initiative", s.Initiative, "Principle", s.Principle)
	case s.By == "":
		return words.Text(ctx, "grid.done.added", "Initiative", s.Initiative, "Principle", s.Principle)
	}
	return words.Text(ctx, "grid.done.added_by", "Initiative", s.Initiative, "Principle", s.Principle, "By", s.By)
}

// counted says how much is staged.
func (m Grid) counted(ctx context.Context) string {
	added := 0
	for _, s := range m.Steps {
		if s.Added {
			added++
		}
	}
	if len(m.Steps) == 0 {
		return words.Text(ctx, "grid.staged.nothing")
	}
	return words.Text(ctx, "grid.staged.counts", "Added", ui.Number(added), "Withdrawn", ui.Number(len(m.Steps)-added))
}

func (m Grid) problem(field string) string { return ui.ProblemOf(m.Problems, field) }

// gridWords are the words of the script, with {names} where it puts values.
var gridWords = []string{"nothing", "counts", "added", "withdrawn", "more", "out_of_sight", "again", "changed", "bad_paste", "large_paste", "pasted", "undone", "nothing_undone", "too_many"}

func scriptWords(ctx context.Context) (string, error) {
	all := map[string]string{}
	for _, name := range gridWords {
		id := "grid.staged." + name
		all[name] = words.Text(ctx, id, "Added", "{added}", "Withdrawn", "{withdrawn}", "Initiative", "{initiative}", "Principle", "{principle}",
			"N", "{n}", "Value", "{value}", "Row", "{row}", "Column", "{column}", "Rows", "{rows}", "Columns", "{columns}", "Max", norms.MaxBatch)
	}
	b, err := json.Marshal(all)
	return string(b), err
}
