package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

// What a line cites is corrected beside its text; whoever comes from the page of
// the proposal is led there, too.
func TestALineOfATextIsCorrectedBesideItFromEverywhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, _ := h.imports(h.signIn(account.Contributor), deskLetter)
	h.signIn(account.Reviewer)
	for _, from := range []string{href.ProposalEditForm(id, 4), href.ProposalEditFormBeside(id, 4, 3)} {
		h.get(from).status(http.StatusOK).has("main a[href='"+href.ProposalRegroup(id, 4)+"']", "Move, split or correct").lacks("[name=references]")
	}
	h.get(href.ProposalText(id)).button(h, "Reject edit 4", "code_4", "not_evidence", "note_4", "No").status(http.StatusSeeOther)
	form := href.ProposalEditForm(id, 4)
	a := h.get(form).status(http.StatusOK).has("textarea[name=references]", "Paris Call principles 1 and 5").lacks("main a[href$='/regroup']")
	h.post(form, a.typed()...).leads(http.StatusSeeOther, href.ProposalEdit(id, 4))
}

// A line that says where it stands in a text that nobody holds is corrected in the
// form of its fields.
func TestALineOfATextThatIsNotHeldIsCorrectedInItsFields(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	by := h.signIn(account.Contributor)
	line := norms.PutCitationLine{Initiative: "microsoft-newsguard", Text: "See (Paris Call 7)",
		References: []norms.Reference{{Text: "Paris Call 7", Start: 5, End: 17, Name: "Paris Call", Agreement: "paris-call", Labels: []string{"7"}}}}
	if err := h.pool.QueryRow(t.Context(), "select s.slug from initiative i join source s on s.id = i.source_id where i.slug = $1 and s.body is null", line.Initiative).Scan(&line.Source); err != nil {
		t.Fatal(err)
	}
	id, err := h.store.Propose(t.Context(), by, norms.Staging{Reason: "It was missing", From: "api", Edits: []norms.Edit{line}})
	if err != nil {
		t.Fatal(err)
	}
	h.signIn(account.Reviewer)
	form := href.ProposalEditForm(id, 1)
	a := h.get(form).has("textarea[name=references]", "Paris Call 7 | 5 | 17").lacks("main a[href$='/regroup']")
	h.post(form, a.typed("references", "Paris Call 7 | 5 | 17 | Paris Call | paris-call | 8")...).leads(http.StatusSeeOther, href.ProposalEdit(id, 1))
	h.get(href.Proposal(id)).has("main", "accepted as corrected")
}
