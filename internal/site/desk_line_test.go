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

// Of an initiative that takes a line it is said whose it is, where it is another
// organization's; those of the document's own come first.
func TestALineGivenToAnotherOrganizationsInitiativeSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutOrganization{Slug: "aaa-water", Name: "Aaa Water", Kind: "body"},
		norms.PutInitiative{Slug: "aaa-pumps", Organization: "aaa-water", ReportedBy: "aaa-water", Title: "Aaa pumps", Kind: "programme", Status: "ongoing", Source: "microsoft-bpf-2019"})
	id, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	line := href.ProposalRegroup(id, 4)
	a := h.get(line).has("option[value=aaa-pumps]", "Aaa pumps (Aaa Water)").has("option[value=microsoft-newsguard]", "NewsGuard").lacks("option:contains('(Microsoft)')")
	last := a.page().Find("select[name=into] option").Last()
	if last.AttrOr("value", "") != "aaa-pumps" {
		t.Errorf("last stands %q", last.Text())
	}
	edit := []string{"position", "4", "edit_version", "1", "seen", "0", "do", "move"}
	h.post(line, append(edit, "into", "aaa-pumps")...).status(http.StatusSeeOther)
	h.get(desk).has("main", "“Aaa pumps” is an initiative of another organization: Aaa Water.")
	edit[3] = "2"
	h.post(line, append(edit, "into", "microsoft-newsguard")...).status(http.StatusSeeOther)
}

// What is accepted and names what is rejected cannot be applied: the desk says so, and
// what to do, before anybody tries.
func TestTheDeskSaysWhatNamesSomethingRejected(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, desk := h.imports(h.signIn(account.Contributor), deskLetter)
	h.signIn(account.Reviewer)
	h.get(desk).lacks("#orphans").button(h, "Accept edit 4").status(http.StatusSeeOther)
	h.get(desk).has("main", "Apply what is accepted: on the page of the proposal").button(h, "Reject edit 3", "code_3", "not_evidence", "note_3", "No").status(http.StatusSeeOther)
	h.get(desk).has("#orphans", "1 edit cannot be applied").has("#orphans a[href='#edit-4']", "Edit 4").
		has("#edit-4 .problem", "which edit 3 was to add, and that was rejected: correct this edit, or take that decision back").
		lacks("main p:contains('Apply what is accepted: on')").lacks("#edit-3 .problem")
	h.get(desk).button(h, "Take the decision on edit 3 back").status(http.StatusSeeOther)
	h.get(desk).lacks("#orphans").lacks("#edit-4 .problem")
}
