package browser

import "testing"

// A reviewer without mouse and scripts corrects what was proposed, accepts it,
// rejects another edit, and applies.
func TestKeysAloneReview(t *testing.T) {
	t.Parallel()
	s := start(t)
	proposer := newTab(t, s, false)
	proposer.signIn(s.account("contributor"))
	proposer.open("/initiatives/microsoft-newsguard/edit").fill("Title", "NewsGuard for readers").fill("Reason", "As the letter says")
	proposer.press("Propose").says("Proposed", "As the letter says", "for readers")
	at := proposer.path()

	b := newTab(t, s, false)
	b.show(wide)
	email := s.account("reviewer")
	b.open("/").tabTo("Sign in").enter()
	b.tabTo("E-mail address").keys(email)
	b.tabTo("Password").keys(password)
	b.enter().tabTo("Proposals (1)").enter().heading("Proposals").tabTo("1 As the letter says").enter().heading("As the letter says")
	b.tabTo("Correct edit 1").enter().heading("Correct edit 1 of proposal 1")
	b.tabTo("Title").keys(" of the news")
	b.tabTo("Note on the correction").keys("For whom it is")
	b.tabTo("Accept the edit as corrected").enter().says("accepted as corrected", "For whom it is")
	b.tabTo("Apply what is accepted").enter().says("Applied as changeset")
	b.open("/initiatives/microsoft-newsguard").says("of the news")
	proposer.open(at).says("accepted as corrected by Ada reviewer", "Approved")
}
