package site

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/web/href"
)

const cvd = "/initiatives/microsoft-cvd-policy/edit"

// proposes saves the form of an initiative as a contributor, and returns the
// address of the proposal.
func (h *house) proposes(pairs ...string) string {
	h.t.Helper()
	h.signIn(account.Contributor)
	a := h.post(cvd, h.get(cvd).typed(pairs...)...).status(http.StatusSeeOther)
	to := a.Header.Get("Location")
	if !strings.HasPrefix(to, "/proposals/") {
		h.t.Fatalf("a contributor's save leads to %q", to)
	}
	return to
}

// button sends the form of a page that holds a button, with more.
func (a answer) button(h *house, label string, more ...string) answer {
	a.t.Helper()
	found := a.page().Find("button").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Text()) == label })
	if found.Length() != 1 {
		a.t.Fatalf("%d buttons %q on\n%.3000s", found.Length(), label, a.body)
	}
	form := found.Closest("form")
	pairs := []string{}
	for _, input := range form.Find("input[type=hidden]").EachIter() {
		pairs = append(pairs, input.AttrOr("name", ""), input.AttrOr("value", ""))
	}
	if name, ok := found.Attr("name"); ok {
		pairs = append(pairs, name, found.AttrOr("value", ""))
	}
	return h.post(form.AttrOr("action", ""), append(pairs, more...)...)
}

// A reviewer is not offered to put words into what somebody says by name, and
// is told why; whoever said it may change it.
func TestWhatIsSaidByNameIsNotOfferedForCorrection(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	form := href.AssessmentNew(h.claim().ID)
	to := h.post(form, h.get(form).typed("assessor", "curator", "view", "partly", "rationale", "In part", "reason", "r")...).status(http.StatusSeeOther).Header.Get("Location")
	h.get(to).has("a[href='"+to+"/edits/1']", "Change edit 1")
	h.signIn(account.Reviewer)
	shown := h.get(to).status(http.StatusOK).has("#edit-1 .hint", "says by name, so it is not corrected").has("#edit-1 button", "Reject edit 1").
		lacks("a[href='" + to + "/edits/1']")
	h.get(to+"/edits/1").status(http.StatusConflict).has("main", "record your own")
	shown.button(h, "Accept edit 1").status(http.StatusSeeOther)
	other := h.proposes("title", "Another title", "reason", "r")
	h.signIn(account.Reviewer)
	h.get(other).has("a[href='"+other+"/edits/1']", "Correct edit 1").lacks("#edit-1 > .hint")
}

func TestAContributorsSaveIsReviewedAndApplied(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.get(to).status(http.StatusOK).has(".notice", "Proposed").has("h1", "as printed").has("ins", "better").has(".passages", "Microsoft").has(".notice", "your own")
	if h.get("/initiatives/microsoft-cvd-policy").page().Find("h1").Text() == "A better title" {
		t.Fatal("the save was published")
	}
	h.signIn(account.Reviewer)
	h.get("/").has(".who", "Proposals (1)")
	a := h.get(to).status(http.StatusOK)
	a.button(h, "Accept edit 1").leads(http.StatusSeeOther, to+"#edit-1")
	h.get(to).has("#edit-1", "accepted by Ada reviewer").button(h, "Apply what is accepted").leads(http.StatusSeeOther, to)
	h.get(to).has(".notice", "Applied as changeset 2").has("main code.hash", "")
	h.cookies = map[string]*http.Cookie{}
	h.get("/initiatives/microsoft-cvd-policy").has("h1", "A better title")
	h.get("/changesets/2").has(".meta", "proposed by Ada contributor").has(".meta", "decided by Ada reviewer").has("code.hash", "")
	h.get("/changes.json").says(`"proposed_by":"Ada contributor"`, `"approved":"`)
	h.get("/changes?as_of=2").has("main", "proposed by Ada contributor")
}

func TestNothingUnreviewedIsPublic(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.cookies = map[string]*http.Cookie{}
	for _, address := range []string{"/proposals", "/proposals.json", to, to + ".json", to + "/edits/1"} {
		if a := h.get(address); a.StatusCode == http.StatusOK || strings.Contains(a.body, "A better title") {
			t.Errorf("%s answers a visitor with %d", address, a.StatusCode)
		}
	}
	h.signIn(account.Contributor)
	h.get("/proposals.json").status(http.StatusOK).says(`"reason":"as printed"`)
	a := h.get(to+".json").status(http.StatusOK).says(`"state":"ready"`, `"edit":"put_initiative"`)
	if got := a.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("others may keep it: %q", got)
	}
}

func TestFourEyesByPost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Reviewer)
	to := h.post(cvd, h.get(cvd).typed("title", "Own title", "reason", "r", "do", "propose")...).status(http.StatusSeeOther).Header.Get("Location")
	own := h.get(to).status(http.StatusOK)
	if own.page().Find("button[value=accept]").Length() != 0 {
		t.Error("the proposer is offered to accept")
	}
	for _, do := range []string{"accept", "apply", "accept_all"} {
		h.post(to, "do", do, "position", "1", "edit_version", "1", "seen", "0", "version", "1").status(http.StatusForbidden)
	}
	h.signIn(account.Editor)
	h.post(to, "do", "accept", "position", "1", "edit_version", "1", "seen", "0").status(http.StatusForbidden)
	h.post(to, "do", "withdraw").status(http.StatusForbidden)
	h.post(to, "do", "nonsense").status(http.StatusBadRequest)
	h.signIn(account.Reviewer) // another one
	h.post(to, "do", "accept", "position", "1", "edit_version", "1", "seen", "0").leads(http.StatusSeeOther, to+"#edit-1")
}

func TestRejectionNeedsACodeAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.signIn(account.Reviewer)
	a := h.get(to)
	a.button(h, "Reject edit 1", "note_1", "Which programme is meant?").status(http.StatusUnprocessableEntity).
		has("#field-code-1-problem", "").has("#field-note-1", "Which programme is meant?")
	a.button(h, "Reject edit 1", "note_1", "Which programme is meant?", "code_1", "too_vague").status(http.StatusSeeOther)
	h.get(to).has("#edit-1", "too vague").has("#edit-1", "Which programme is meant?").button(h, "Take the decision on edit 1 back").status(http.StatusSeeOther)
	h.get(to).has("#edit-1", "undecided")
}

func TestChangedMeanwhileIsCorrectedInPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "Proposed title", "reason", "as printed")
	h.signIn(account.Editor)
	h.post(cvd, h.get(cvd).typed("title", "Title of an editor", "summary", "Summary of an editor.", "reason", "r")...).status(http.StatusSeeOther)
	h.signIn(account.Reviewer)
	a := h.get(to).has("#edit-1 .clash", "Changed meanwhile").has("#edit-1 .clash td", "Title of an editor")
	if a.page().Find("button[value=accept]").Length() != 0 {
		t.Error("an edit that would overwrite can be accepted")
	}
	h.post(to, "do", "accept", "position", "1", "edit_version", "1", "seen", "0").status(http.StatusConflict)
	form := h.get(to + "/edits/1").status(http.StatusOK)
	form.has("#field-title-hint", "Recorded now: Title of an editor").has("textarea[name=summary]", "Summary of an editor.")
	h.post(to+"/edits/1", form.typed("kind", "nonsense")...).status(http.StatusUnprocessableEntity).has("#field-kind-problem", "")
	h.post(to+"/edits/1", form.typed("title", "Corrected title", "decision_note", "both")...).leads(http.StatusSeeOther, to+"#edit-1")
	h.get(to).has("#edit-1 [aria-label='As proposed, and as corrected'] del", "Proposed").has("#edit-1 ins", "Corrected")
	h.get(to).has("#edit-1", "accepted as corrected").button(h, "Apply what is accepted").status(http.StatusSeeOther)
	h.get("/initiatives/microsoft-cvd-policy").has("h1", "Corrected title").says("Summary of an editor.")
	h.get("/changesets/3").has("main a[href='"+to+"']", "proposal 1").says("1 edit was corrected")
	h.get(to).has("#edit-1 del", "Proposed")
	clear(h.cookies)
	if a := h.get("/changesets/3"); a.page().Find("a[href='"+to+"']").Length() != 0 {
		t.Error("a visitor is led to a proposal")
	}
}

func TestEditorsStageAndAddToTheirOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get(cvd).has("button[value=propose]", "Propose")
	to := h.post(cvd, form.typed("title", "Staged", "reason", "r", "do", "propose")...).status(http.StatusSeeOther).Header.Get("Location")
	const other = "/initiatives/microsoft-newsguard/edit"
	into := h.get(other).page().Find("select[name=into] option").Last().AttrOr("value", "")
	h.post(other, h.get(other).typed("title", "Staged, too", "reason", "the second", "into", into, "do", "propose")...).leads(http.StatusSeeOther, to)
	a := h.get(to).has("#edit-2", "Edit 2").has("main", "the second")
	a.button(h, "Take edit 2 out").status(http.StatusSeeOther)
	form = h.get(to + "/edits/1")
	h.post(to+"/edits/1", form.typed("title", "Staged better")...).leads(http.StatusSeeOther, to+"#edit-1")
	h.get(to).has("#edit-1", "Version 2").has("#edit-1 ins", "better").has("#edit-2", "taken out")
	h.get("/proposals?of=mine").has("table", "r")
	h.get(to).button(h, "Withdraw the proposal").status(http.StatusSeeOther)
	h.get("/proposals?state=withdrawn").has("table", "withdrawn")
	h.get(to + "/edits/1").status(http.StatusConflict)
}

func TestSilenceIsAnnouncedAndObjectedTo(t *testing.T) {
	t.Parallel()
	now := time.Date(2030, 3, 1, 12, 0, 0, 0, time.UTC)
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.post(to, "do", "adopt", "adopt_on", "2030-05-01").status(http.StatusForbidden)
	h.signIn(account.Reviewer)
	h.get(to).button(h, "Announce the day", "adopt_on", "soon").status(http.StatusUnprocessableEntity).has("#field-adopt-on-problem", "").has("[name=adopt_on][value=soon]", "")
	far := h.site.Now().AddDate(0, 0, 9).UTC().Format(time.DateOnly)
	h.get(to).button(h, "Announce the day", "adopt_on", far).leads(http.StatusSeeOther, to+"#silence")
	h.signIn(account.Contributor)
	h.get("/proposals").has("table", "unless someone objects")
	h.get(to).button(h, "Object").status(http.StatusUnprocessableEntity)
	h.get(to).button(h, "Object", "objection", "Not what the letter says.").status(http.StatusSeeOther)
	if done, err := h.store.AdoptDue(t.Context(), now.AddDate(10, 0, 0)); err != nil || len(done) != 0 {
		t.Errorf("adopted %+v, %v in spite of an objection", done, err)
	}
	h.signIn(account.Reviewer)
	h.get(to).has("main", "Not what the letter says.").button(h, "Set the objection aside", "ruling_1", "It does, on page 3.").status(http.StatusSeeOther)
	if done, err := h.store.AdoptDue(t.Context(), now.AddDate(10, 0, 0)); err != nil || len(done) != 1 {
		t.Errorf("adopted %+v, %v", done, err)
	}
	h.get(to).has("main", "Set aside by Ada reviewer").has("main", "adopted by silence")
	h.get("/changesets/2").has(".meta", "adopted by silence")
}
