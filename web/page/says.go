package page

import (
	"context"
	"strconv"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// StatementList is what the list of statements shows. Choices are those of its
// filter, by kind.
type StatementList struct {
	norms.List[norms.StatementRow]
	Filter  norms.StatementFilter
	Choices map[string][]norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l StatementList) Address() string {
	f := l.Filter
	return href.With(href.Statements(), "kind", f.Kind, "stance", f.Stance, "element", f.Element, "agreement", f.Agreement,
		"principle", f.Principle, "organization", f.Organization, "source", f.Source, "question", f.Question)
}

// CrosswalkList is what the page of the crosswalk shows: a page of its rows
// and the first of what is cited together. Agreements are the choices of its
// filter.
type CrosswalkList struct {
	norms.List[norms.CrosswalkRow]
	Filter     norms.CrosswalkFilter
	Cited      norms.List[norms.CocitationRow]
	Agreements []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l CrosswalkList) Address() string {
	return href.With(pairAddress(href.Crosswalk(), l.Filter.PairFilter), "relation", l.Filter.Relation, "origin", l.Filter.Origin)
}

// allCited is the address of all that is cited together under the filter.
func (l CrosswalkList) allCited() string {
	return pairAddress(href.CitedTogether(), l.Filter.PairFilter)
}

// CocitationList is what the list of principles that are cited together shows.
type CocitationList struct {
	norms.List[norms.CocitationRow]
	Filter     norms.PairFilter
	Agreements []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l CocitationList) Address() string { return pairAddress(href.CitedTogether(), l.Filter) }

func pairAddress(address string, f norms.PairFilter) string {
	var pairs []string
	for _, a := range f.Agreements {
		pairs = append(pairs, "agreement", a)
	}
	return href.With(address, append(pairs, "principle", f.Principle)...)
}

// agreementPair are the rows of the crosswalk between two agreements.
type agreementPair struct {
	From, To string // titles
	Rows     []norms.CrosswalkRow
}

// byPair groups rows, which come pair by pair, by their two agreements.
func byPair(rows []norms.CrosswalkRow) []agreementPair {
	var out []agreementPair
	for i, r := range rows {
		if i == 0 || rows[i-1].SubjectAgreement != r.SubjectAgreement || rows[i-1].ObjectAgreement != r.ObjectAgreement {
			out = append(out, agreementPair{From: r.SubjectAgreementTitle, To: r.ObjectAgreementTitle})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, r)
	}
	return out
}

// ends is which columns of pairs of principles are shown: on the page of the
// one only the other.
type ends int

const (
	bothEnds ends = iota
	otherEnd
)

// statementWord says of which kind a statement is, what the organization wants
// and which question it answers, if any.
func statementWord(ctx context.Context, s norms.StatementRow) string {
	kind, stance := words.Capital(ui.StatementKind(ctx, s.Kind)), ui.Stance(ctx, s.Stance)
	if s.Question == 0 {
		return words.Text(ctx, "statements.mark", "Kind", kind, "Stance", stance)
	}
	return words.Text(ctx, "statements.mark_question", "Kind", kind, "Stance", stance, "Question", ui.Number(s.Question))
}

// questionOptions are the questions of the forum's call.
func questionOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, q := range norms.Questions {
		out = append(out, ui.Option{Value: q, Label: ui.Question(ctx, q)})
	}
	return out
}

// rowPlace is the id of a row of the crosswalk in its page.
func rowPlace(id int64) string { return "row-" + strconv.FormatInt(id, 10) }

// twoOf are the two agreements of a filter, "" where it names none.
func twoOf(agreements []string) (first, second string) {
	if len(agreements) > 0 {
		first = agreements[0]
	}
	if len(agreements) > 1 {
		second = agreements[1]
	}
	return first, second
}
