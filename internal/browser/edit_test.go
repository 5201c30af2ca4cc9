package browser

import "testing"

// signIn goes through the sign-in page.
func (b *tab) signIn(email string) *tab {
	b.t.Helper()
	return b.open("/login").fill("E-mail address", email).fill("Password", password).press("Sign in")
}

// search finds what the form's search says: scripts do that while one types,
// without them there is a button.
func (b *tab) search(scripts bool) *tab {
	b.t.Helper()
	if !scripts {
		b.press("Find")
	}
	return b
}

func TestFirstAdministratorOpensTheOneTimeLink(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.open(s.setup).heading("Create the administrator account")
		b.fill("E-mail address", "grace@example.org").fill("Name", "Grace Hopper")
		b.fill("New password", password).fill("New password, once more", password)
		b.press("Create the administrator account").says("you are signed in", "Grace Hopper")
		b.press("Sign out").lacks("Grace Hopper")
		b.open("/account").heading("Sign in")
		b.signIn("grace@example.org").follow("Accounts").row("Grace Hopper", "grace@example.org")
		newTab(t, s, scripts).refused(s.setup, 410).heading("This link no longer works")
	})
}

func TestEditorLinksAndWithdraws(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/initiatives/microsoft-newsguard").follow("Add or withdraw curator's links")
		b.fill("Number or words", "hack back").search(scripts).tick("checkbox", "Paris Call principle 8")
		b.fill("Number or words", "").choose("Agreement", "Paris Call").search(scripts).tick("checkbox", "Paris Call principle 4")
		b.choose("Relation", "supports").fill("Rationale", "It names who is behind a site").fill("Reason", "Read its web page")
		b.press("Add the ticked links").heading("NewsGuard")
		for _, principle := range []string{"Paris Call principle 4", "Paris Call principle 8"} {
			b.row(principle, "It names who is behind a site")
		}
		b.open("/agreements/paris-call/principles/4").says("by curators 1", "contributors' links 0").row("NewsGuard", "It names who is behind a site")

		b.follow("Change or withdraw").heading("Change a link").fill("Reason", "It is about news, not secrets").press("Withdraw this link")
		b.heading("NewsGuard").row("Paris Call principle 8")
		b.open("/agreements/paris-call/principles/4").says("by curators 0").lacks("NewsGuard")
		b.open("/initiatives/microsoft-newsguard").follow("History of this record")
		b.says("Ada editor", "Read its web page", "It is about news, not secrets", "Paris Call principle 4", "Paris Call principle 8")
		b.open("/agreements/paris-call/principles/4").follow("History of this record").says("It is about news, not secrets", "Ada editor")
		b.press("Sign out").says("Sign in")
	})
}

func TestEditorTypesACitationLine(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/initiatives/microsoft-newsguard").follow("Add a citation line")
		b.fill("Citation line as printed", "(Tech Accord principle 3, Paris Call principles 4 and 77)").fill("Reason", "From the letter")
		b.press("Read the line").heading("Add citations as printed").says("Understood like this", "2 references, 3 citations", "tech-accord/3", "paris-call/4", "out of range")
		if got := s.figures(); got.Citations != 38 {
			t.Fatalf("reading a line recorded %+v", got)
		}
		b.press("Save as understood").heading("NewsGuard").says("(Tech Accord principle 3, Paris Call principles 4 and 77)")
		b.row("Paris Call principle 4", "Paris Call principles 4 and 77", "self-reported").row("Tech Accord principle 3")
		if got := s.figures(); got.Citations != 41 || got.Links != 36 || got.Unresolved != 5 {
			t.Errorf("a line of three citations makes the figures %+v", got)
		}
		b.open("/gaps").lacks("Paris Call principle 4").row("Paris Call principle 8")
	})
}

func TestEditorResolvesACitationAndTakesItBack(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/initiatives/microsoft-cvd-policy").follow("Decide what GCSC 5").heading("What does this citation mean?").says("GCSC norm 5", "ambiguous")
		b.tick("radio", "gcsc/6").fill("Note", "It is about disclosure").fill("Reason", "The letter counts from the public core")
		b.press("Resolve to the chosen principle")
		b.open("/").says("links 35", "unresolved 3")
		b.open("/agreements/gcsc/principles/6").says("contributors' links 1").row("Coordinated vulnerability disclosure policy", "GCSC norm 5")
		b.follow("History of this record").says("The letter counts from the public core", "Ada editor", "Coordinated vulnerability disclosure policy")

		b.open("/changes").follow("2").heading("The letter counts from the public core").says("It is about disclosure").follow("Take this changeset back").says("The letter counts from the public core")
		b.fill("Reason", "Microsoft has not confirmed it").press("Take it back").says("Microsoft has not confirmed it")
		b.open("/").says("links 34", "unresolved 4")
		b.open("/agreements/gcsc/principles/6").says("possibly cited", "contributors' links 0")
	})
}
