package browser

import "testing"

// eachWay runs a journey with scripts and without, since every page must do
// without.
func eachWay(t *testing.T, journey func(t *testing.T, scripts bool)) {
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			journey(t, scripts)
		})
	}
}

func TestReaderFollowsAFigureToItsSource(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		b := newTab(t, start(t), scripts)
		b.open("/").says("initiatives 17", "citations 38", "links 34", "unresolved 4")
		b.follow("Paris Call").heading("Paris Call for Trust and Security in Cyberspace")
		b.follow("principle 1: Protect individuals").heading("Principle 1 Protect individuals and infrastructure")
		b.says("contributors' links 10").row("Digital Crimes Unit", "Microsoft", "Paris Call principles 1 and 5")
		b.follow("Digital Crimes Unit").heading("Digital Crimes Unit").row("Paris Call principle 5", "self-reported")
		b.follow("Microsoft contribution to the 2019 IGF").heading("Microsoft contribution to the 2019 IGF Best Practice Forum on Cybersecurity")
		b.says("text not held", "gives examples only", "Paris Call principles 1 and 5")
	})
}

func TestReaderSeesWhatIsNotOnRecord(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		b := newTab(t, start(t), scripts)
		b.open("/gaps").heading("Gaps in the record").says("it never says that nothing was done")
		b.row("Paris Call principle 4", "not reviewed").row("Paris Call principle 8", "not reviewed")
		b.lacks("Paris Call principle 1", "Paris Call principle 9")
		b.open("/organizations/microsoft").row("MANRS", "endorsed", "none recorded").row("Paris Call", "via Cybersecurity Tech Accord", "22 links")
		b.open("/agreements/manrs").row("Microsoft", "endorsed", "none recorded")
		b.open("/agreements/gcsc/principles/6").says("possibly cited", "contributors' links 0").row("GCSC norm 5", "ambiguous")
	})
}
