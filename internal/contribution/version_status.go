package contribution

import (
	"fmt"
	"unicode"

	"normmap/internal/intake"
	"normmap/internal/norms"
	kept "normmap/internal/store/intake"
)

// StatusChanged is the kind of problem of an initiative of which a new version says
// another status than the recorded one.
const StatusChanged intake.ProblemKind = "status_changed"

// compareStatus tells whoever reviews a new version that it speaks otherwise of how
// far a recorded initiative is. Nothing is proposed: what promises nothing any more
// may have been done, or given up.
func (m *making) compareStatus(i intake.Initiative, of kept.Told) {
	if m.unchanged(i) {
		return
	}
	was, now := of.Status == "planned", i.Planned
	recorded := fmt.Sprintf("“%s” is recorded as %s", of.Title, of.Status)
	if was {
		recorded += dueBy(of.DueOn)
	}
	switch {
	case now != nil && was && now.Due != of.DueOn:
		m.look(now.Span, recorded+", and the document now says that it is planned"+dueBy(now.Due)+": look whether the day is to be changed by hand")
	case now != nil && !was && !m.Version.back.Same(now.Start):
		m.look(now.Span, recorded+", and the document speaks of the future here: look whether its status is to be changed by hand")
	case now == nil && i.Ended != nil && of.Status != i.Ended.Status:
		m.look(i.Ended.Span, recorded+fmt.Sprintf(", and the document says that it is %s: look whether its status is to be changed by hand", i.Ended.Status))
	case now == nil && was:
		m.look(m.told(i), recorded+", and what the document now says of it promises nothing: look whether it was done, goes on or was given up, and change its status by hand")
	}
}

// told is what the first line of a candidate tells before it cites anything: what is
// cited has a mark of its own.
func (m *making) told(i intake.Initiative) intake.Span {
	_, end := m.lines.around(i.Start, i.Start+1)
	at := intake.Span{Start: i.Start, End: min(end, i.End)}
	for _, r := range i.References {
		if r.Start > at.Start && r.Start < at.End {
			at.End = r.Start
		}
	}
	for at.End > at.Start && !tells(m.lines.runes[at.End-1]) {
		at.End--
	}
	for at.Start < at.End && !tells(m.lines.runes[at.Start]) {
		at.Start++
	}
	if at.Start == at.End {
		return intake.Span{Start: i.Start, End: min(end, i.End)}
	}
	return at
}

func tells(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// look adds a place that somebody should look at, at which nothing is lost.
func (m *making) look(at intake.Span, what string) {
	m.Left = append(m.Left, intake.Problem{Span: at, Kind: StatusChanged, Text: m.words(at), What: what})
}

// dueBy is by when something that is planned is due.
func dueBy(d norms.Date) string {
	if d == "" {
		return ", with no day by which it is due"
	}
	return ", due by " + string(d)
}

// unchanged tells whether every sentence of a candidate stood in the earlier text in
// the same words.
func (m *making) unchanged(i intake.Initiative) bool {
	for at := i.Start; at < i.End; at++ {
		if tells(m.lines.runes[at]) && (at == i.Start || !tells(m.lines.runes[at-1])) && !m.Version.back.Same(at) {
			return false
		}
	}
	return true
}
