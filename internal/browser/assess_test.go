package browser

import "testing"

// speaker makes a contributor's account that answers for an organization.
func (s *service) speaker(organization string) (email string) {
	s.t.Helper()
	email = s.account("contributor")
	if err := run(s.t.Context(), s.databaseURL, "", "user", "bind", "--email", email, "--organization", organization); err != nil {
		s.t.Fatal(err)
	}
	return email
}

// A curator disagrees with a claim, the organization answers, and whoever reads
// the matrix finds both beside the claim, which stays as it was.
func TestAnAssessmentIsAnsweredAndShows(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/links?principle=paris-call%2F4&origin=contributor").says("None recorded that match")
		b.open("/links?principle=tech-accord%2F4").follow("unassessed").says("The claim", "Nobody has recorded a view of this link")
		link := b.path()
		digest := eval[string](b, `document.querySelector("code.digest").textContent`)
		b.follow("Assess this link").heading("Assess a link")
		b.choose("Assessed by", "A curator").choose("View", "disagrees").fill("Rationale", "It teaches users, it does not empower them.").fill("Reason", "Read the page")
		b.press("Save the assessment").says("Ada editor disagrees", "It teaches users", "Not answered by Microsoft")
		b.press("Sign out")

		b.signIn(s.speaker("microsoft")).open(link).follow("Answer").heading("Answer an assessment")
		b.fill("Answer", "Knowing is half of it.").fill("Reason", "Our view").press("Save the answer")
		b.says("Answer of Microsoft", "Knowing is half of it.").press("Sign out")

		b.open("/coverage?agreement=tech-accord").says("contested").follow("1 contested").row("disagreed 1 · answered")
		b.follow("disagreed 1 · answered").says("It teaches users", "Knowing is half of it.")
		if now := eval[string](b, `document.querySelector("code.digest").textContent`); now != digest || len(digest) != 64 {
			t.Errorf("the claim's digest was %s and is %s", digest, now)
		}
	})
}
