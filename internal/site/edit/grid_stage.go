package edit

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/page"
	"normmap/web/words"
)

// gridForm is what the form of a grid says: which cells are ticked, which
// curator's links it showed, and of which initiatives it speaks.
type gridForm struct {
	on   map[page.GridCell]bool
	seen map[page.GridCell]norms.GridMark
	rows []int64
}

func readGridForm(typed url.Values) (gridForm, error) {
	f := gridForm{on: map[page.GridCell]bool{}, seen: map[page.GridCell]norms.GridMark{}}
	var err error
	if f.rows, err = numbers(strings.Fields(typed.Get("rows"))); err != nil {
		return f, err
	}
	if len(f.rows) == 0 || len(f.rows) > norms.GridRows {
		return f, norms.Errorf(norms.Malformed, "the form says none of the initiatives that it was about, or too many; open the grid again")
	}
	for _, text := range typed["on"] {
		n, err := numbers(strings.Split(text, "."))
		if err != nil || len(n) != 2 {
			return f, norms.Errorf(norms.Malformed, "the cell %q of the grid cannot be read", text)
		}
		f.on[page.GridCell{Initiative: n[0], Principle: n[1]}] = true
	}
	for text := range strings.FieldsSeq(typed.Get("seen")) {
		n, err := numbers(strings.Split(text, "."))
		if err != nil || len(n) != 4 {
			return f, norms.Errorf(norms.Malformed, "the link %q of the grid cannot be read", text)
		}
		f.seen[page.GridCell{Initiative: n[0], Principle: n[1]}] = norms.GridMark{ID: n[2], Version: n[3]}
	}
	return f, nil
}

func numbers(texts []string) ([]int64, error) {
	out := make([]int64, len(texts))
	for i, t := range texts {
		n, err := strconv.ParseInt(t, 10, 64)
		if err != nil || n < 1 {
			return nil, norms.Errorf(norms.Malformed, "%q is no number of a row", t)
		}
		out[i] = n
	}
	return out, nil
}

// changed counts the cells in which a form differs from what it was shown.
func (f gridForm) changed() int {
	n := 0
	for cell := range f.on {
		if f.seen[cell].ID == 0 {
			n++
		}
	}
	for cell := range f.seen {
		if !f.on[cell] {
			n++
		}
	}
	return n
}

// staging is a grid with what a form asks to change in it, in the order of the
// page.
type staging struct {
	grid  page.Grid
	steps []page.GridStep
	asks  []norms.Edit    // for each step; those that add have no rationale yet
	done  []page.GridStep // what the form asks for and someone else did meanwhile
	stale bool            // someone else changed a cell that the form changes
	gone  int             // cells that the form changes and the grid does not have
}

// newStaging puts what is recorded into cells and stages what asked differs in
// from what it was shown; nil asks for nothing.
func newStaging(g norms.Grid, f norms.GridFilter, asked *gridForm) *staging {
	st := &staging{grid: page.Grid{Grid: g, Filter: f, Cells: map[page.GridCell]page.GridState{}}}
	for _, k := range g.Marks {
		st.mark(k)
	}
	if asked == nil {
		return st
	}
	st.gone = asked.changed()
	for _, i := range g.Initiatives {
		for _, p := range g.Principles {
			cell := page.GridCell{Initiative: i.ID, Principle: p.ID}
			seen := asked.seen[cell]
			if wants := asked.on[cell]; wants != (seen.ID != 0) {
				st.gone--
				st.stage(cell, i, p, wants, seen)
			} else if s := st.grid.Cells[cell]; s.Link.ID != seen.ID {
				s.Changed = true
				st.grid.Cells[cell] = s
			}
		}
	}
	return st
}

// mark puts what is recorded into its cell.
func (st *staging) mark(k norms.GridMark) {
	cell := page.GridCell{Initiative: k.InitiativeID, Principle: k.PrincipleID}
	s := st.grid.Cells[cell]
	switch {
	case k.Origin == "":
		s.Possibly = k.Citation
	case k.Origin == "contributor":
		s.Own = k
	case k.Origin == "third_party":
		s.Third = true
	case k.Relation == "supports":
		s.Link = k
	default:
		s.Other = k
	}
	st.grid.Cells[cell] = s
}

// stage adds one change to what is staged. A cell that someone else changed
// meanwhile makes the whole stale; where the change is done already it is
// staged no more.
func (st *staging) stage(cell page.GridCell, i norms.GridInitiative, p norms.GridPrinciple, add bool, seen norms.GridMark) {
	s := st.grid.Cells[cell]
	step := page.GridStep{Cell: cell, Initiative: i.Title, Principle: p.Name, Added: add}
	switch {
	case s.Recorded() == add:
		s.Changed, st.stale = true, true
		st.grid.Cells[cell] = s
		st.done = append(st.done, step)
		return
	case !add && (s.Link.ID != seen.ID || s.Link.Version != seen.Version):
		s.Changed, s.Staged = true, true
	default:
		s.Staged = true
	}
	st.stale = st.stale || s.Changed
	step.Changed = s.Changed
	st.grid.Cells[cell] = s
	st.steps = append(st.steps, step)
	if add {
		st.asks = append(st.asks, norms.PutLink{Initiative: i.Slug, Principle: p.Ref, Origin: "curator", Relation: "supports"})
	} else {
		st.asks = append(st.asks, norms.WithdrawLink{ID: s.Link.ID, Version: seen.Version})
	}
}

// meanwhile says what someone else's changes mean for what is staged.
func (st *staging) meanwhile(ctx context.Context) string {
	if len(st.steps) == 0 {
		return words.Text(ctx, "grid.all_done")
	}
	return words.Text(ctx, "grid.meanwhile")
}

// doneBy is what someone else did meanwhile as the form asks for it, with the
// name of whoever added the links.
func (s *Site) doneBy(ctx context.Context, st *staging) ([]page.GridStep, error) {
	if len(st.done) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, d := range st.done {
		ids = append(ids, st.grid.Cells[d.Cell].Link.Version) // 0 where it was withdrawn
	}
	sets, err := s.Store.Changesets(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for i := range st.done {
		if at := slices.IndexFunc(sets, func(c norms.ChangesetRow) bool { return c.ID == ids[i] }); at >= 0 {
			st.done[i].By = sets[at].By
		}
	}
	return st.done, nil
}

// edits are what is staged, with the rationale that was typed once for all.
func (st *staging) edits(typed url.Values) []norms.Edit {
	out := make([]norms.Edit, len(st.asks))
	for i, e := range st.asks {
		if put, ok := e.(norms.PutLink); ok {
			put.Rationale = typed.Get("rationale")
			e = put
		}
		out[i] = e
	}
	return out
}

// refused says why what is staged is not even tried: someone else changed a
// cell of it, a cell is fixed or not there, or it is nothing or too much.
func (st *staging) refused(ctx context.Context, typed url.Values) error {
	problems := []norms.Problem{}
	say := func(field, text string) { problems = append(problems, norms.Problem{Field: field, Message: text}) }
	if st.gone > 0 {
		say("", words.Count(ctx, "grid.gone", st.gone))
	}
	for i := range st.steps {
		switch s := st.grid.Cells[st.steps[i].Cell]; {
		case !st.steps[i].Added || s.Recorded():
		case s.Own.ID != 0:
			st.refuse(i, words.Text(ctx, "grid.is_fixed"))
		case s.Other.ID != 0:
			st.refuse(i, words.Text(ctx, "grid.is_other"))
		}
		if p := st.steps[i].Problem; p != "" {
			say("", st.steps[i].Initiative+" → "+st.steps[i].Principle+": "+p)
		}
	}
	if len(st.steps) > norms.MaxBatch {
		say("", words.Text(ctx, "grid.too_many", "N", len(st.steps), "Max", norms.MaxBatch))
	}
	if len(st.steps)+len(st.done) == 0 && st.gone == 0 {
		say("", words.Text(ctx, "grid.nothing_staged"))
	}
	problems = append(problems, st.missing(typed)...)
	switch {
	case len(problems) > 0:
		return &norms.Error{Kind: norms.Invalid, Problems: problems}
	case st.stale:
		return norms.Errorf(norms.Stale, "cells of the grid were changed meanwhile")
	}
	return nil
}

// missing tells what is wrong with the texts that go with all that is staged.
// A preview needs no reason yet.
func (st *staging) missing(typed url.Values) []norms.Problem {
	var out []norms.Problem
	for _, e := range st.edits(typed) {
		put, adds := e.(norms.PutLink)
		if wrong, ok := errors.AsType[*norms.Error](put.Check()); adds && ok {
			out = append(out, wrong.Problems...)
			break // it is the rationale, which all share
		}
	}
	if typed.Get("step") == "preview" {
		return out
	}
	if wrong, ok := errors.AsType[*norms.Error](norms.CheckReason(form.ReasonOf(typed))); ok {
		out = append(out, wrong.Problems...)
	}
	return out
}

func (st *staging) refuse(i int, why string) {
	st.steps[i].Problem = why
	s := st.grid.Cells[st.steps[i].Cell]
	s.Wrong = true
	st.grid.Cells[st.steps[i].Cell] = s
}

// problemPath is the path of a problem of one of several edits.
var problemPath = regexp.MustCompile(`^edits\[(\d+)\]\.`)

// blame puts what was wrong with a save beside the steps that it is about.
func (st *staging) blame(err error) {
	e, ok := errors.AsType[*norms.Error](err)
	if !ok {
		return
	}
	for _, p := range e.Problems {
		if m := problemPath.FindStringSubmatch(p.Field); m != nil {
			if i, err := strconv.Atoi(m[1]); err == nil && i < len(st.steps) {
				st.refuse(i, p.Message)
			}
		}
	}
}
