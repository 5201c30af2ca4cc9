package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// field goes on to a field and types into it; in a menu what is typed chooses.
func (b *tab) field(label, text string) *tab {
	b.t.Helper()
	b.tabTo(label).keys(text)
	return b
}

// A whole new agreement, and an initiative that serves it, by the keyboard and
// without scripts.
func TestKeysAloneRecordAnAgreementAndWhoServesIt(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, false)
	b.show(wide)
	b.signIn(s.account("editor")).open("/agreements").tabTo("Add an agreement").enter().heading("New agreement")
	b.field("Title", "Harbor Call for Quiet Networks").field("Short title", "Harbor Call").field("Legal nature", "volu").field("Made", "between")
	b.field("Reason", "A new text").tabTo("Save the agreement").enter().heading("Harbor Call for Quiet Networks").says("Saved as changeset")

	b.tabTo("Add an edition").enter().heading("New edition of Harbor Call")
	b.field("Title", "Harbor Call 2024").field("Its own word", "princ").field("Published", "12/11/2024").field("Reason", "Its first text")
	b.tabTo("Save the edition").expect("the server responded with a status of 422")
	b.load(http.StatusUnprocessableEntity, chromedp.KeyEvent(kb.Enter))
	b.says("ould be 12 November 2024 or 11 December 2024: write 2024-11-12 or 2024-12-11")
	b.tabTo("Published:").field("Published", "12 Nov 2024") // past what is said about it
	b.tabTo("Save the edition").enter().heading("Harbor Call 2024").says("“12 Nov 2024” was read as Published: 12 November 2024")

	b.tabTo("Add many principles").enter().heading("Add many principles to Harbor Call 2024")
	b.field("Principles", strings.Join([]string{"1. Keep quiet", "2 | Sound no horn", "3) Mind the gap"}, kb.Enter)).field("Reason", "As printed")
	b.tabTo("Read the list").enter().says("3 principles would be added").row("2", "Sound no horn", "is added")
	b.tabTo("Save what was read").enter().heading("Harbor Call 2024").says("Keep quiet", "Sound no horn", "Mind the gap")

	b.open("/initiatives").tabTo("Add an initiative").enter()
	b.field("Title", "Night watch").field("Kind", "pro").field("Carried out by", "Microsoft").field("Reported by", "Microsoft")
	b.field("Due", "planned for 2027").field("Reason", "Its web page").tabTo("Save the initiative").enter()
	b.heading("Night watch").says("“planned for 2027” was read as status planned, due 2027")
	b.tabTo("Add a part").enter().field("Title", "Lanterns").field("Kind", "pro").field("Status", "ongo").field("Reason", "The same page")
	b.tabTo("Save the initiative").enter().heading("Lanterns").says("Night watch", "Microsoft")

	b.tabTo("Add or withdraw curator's links").enter().field("Number or words", "horn").enter()
	b.tabTo("Harbor Call principle 2").keys(" ")
	b.tabTo("Relation").keys("supports")
	b.field("Rationale", "It is quiet").field("Reason", "Read it").tabTo("Add the ticked links").enter()
	b.heading("Lanterns").row("Harbor Call principle 2", "It is quiet")
	b.open("/agreements/harbor-call/principles/2").row("Lanterns", "It is quiet")
}
