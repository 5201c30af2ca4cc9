package site

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
)

// alikeHouse is one in which a letter is recorded, and its changed form was sent
// as a file to be proposed, without a word on what it is.
func alikeHouse(t *testing.T) (h *house, asked answer) {
	t.Helper()
	h = newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "text", letterOnce, "reason", "It came", "do", "propose").leads(http.StatusSeeOther, "/proposals/1/text")
	h.publish(1)
	return h, h.upload("again.md", letterAgain, "organization", "microsoft", "reason", "It came again", "do", "propose")
}

// What looks like a new version of a recorded letter is not proposed before its
// sender has said whether it is; the file waits for the answer.
func TestAChangedLetterAsksWhetherItIsANewVersion(t *testing.T) {
	t.Parallel()
	h, asked := alikeHouse(t)
	asked.status(http.StatusConflict).has("#errors a[href='#field-replaces']", "new version").
		has("form fieldset", "A new version of “What we do”").has("form fieldset", "% of its words stand in it").
		has("form fieldset", "microsoft-contribution").
		has("input[type=radio][name=replaces][value=of_its_own] + label", "A document of its own").lacks("input[name=replaces][checked]").
		has("#kept-file", "again.md").lacks("#field-file-hint:contains('chosen again')").
		lacks("select[name=replaces]")
	if h.left() != "1 proposals, 1 documents" {
		t.Errorf("asking leaves %s", h.left())
	}
	kept := asked.page().Find("input[type=hidden][name=sent]").AttrOr("value", "")
	answers := func(more ...string) answer {
		return h.upload("", "", append([]string{"sent", kept, "organization", "microsoft", "reason", "It came again", "do", "propose"}, more...)...)
	}
	again := answers().status(http.StatusConflict).has("form fieldset", "A document of its own")
	if to := again.page().Find("input[type=hidden][name=sent]").AttrOr("value", ""); to != kept {
		t.Errorf("asked again it waits under %q, not %q", to, kept)
	}
	answers("replaces", "microsoft-contribution").leads(http.StatusSeeOther, "/proposals/2/text")
	h.get("/proposals/2/text").status(200).has("main", "A new version of the source").lacks("#own-document")
	answers("replaces", "of_its_own").status(http.StatusUnprocessableEntity).has("#errors a[href='#field-file']", "choose it again")
}

// A document of its own is one because its sender says so; whoever reviews it
// sees first that it looks otherwise.
func TestADocumentOfItsOwnThatLooksLikeAnotherSaysSoOnItsDesk(t *testing.T) {
	t.Parallel()
	h, asked := alikeHouse(t)
	kept := asked.page().Find("input[type=hidden][name=sent]").AttrOr("value", "")
	own := []string{"sent", kept, "organization", "microsoft", "replaces", "of_its_own", "reason", "It came again", "do", "propose"}
	mine := maps.Clone(h.cookies)
	h.signIn(account.Contributor)
	h.upload("", "", own...).status(http.StatusUnprocessableEntity).has("#errors", "choose it again") // it is somebody else's
	h.get("/import/table/" + kept).status(http.StatusNotFound)
	h.cookies = mine
	h.get("/import/table/" + kept).status(http.StatusNotFound) // and no table
	h.upload("", "", own...).leads(http.StatusSeeOther, "/proposals/2/text")
	h.get("/proposals/2/text").status(200).has("#own-document", "a document of its own").has("#own-document", "What we do")
	h.get("/proposals/1/text").status(200).lacks("#own-document")
}

// A pasted text is asked about as well, and is in the form again.
func TestAPastedTextAsksWhetherItIsANewVersion(t *testing.T) {
	t.Parallel()
	h, _ := alikeHouse(t)
	pasted := []string{"organization", "microsoft", "text", letterAgain, "reason", "It came again", "do", "propose"}
	h.upload("", "", pasted...).status(http.StatusConflict).has("textarea[name=text]", "We teach children").has("form fieldset", "A document of its own").lacks("input[name=sent]")
	h.upload("", "", append(pasted, "replaces", "of_its_own")...).leads(http.StatusSeeOther, "/proposals/2/text")
}

// citesNothing is a document in which nothing is found.
const citesNothing = `# Our year

The harbour of the old town was cold this winter, and many ships stayed away from its long stone piers until the ice had melted in the spring.

The library bought new shelves of oak, and the children of both schools painted them green, blue and a very bright orange in the first week of May.

The choir sang in the evening, and the band of the fire brigade played until late; nobody wanted to go home before the last lamp was put out.
`

// Whoever has said that a document is one of its own is not asked again because
// something else is wrong with the form.
func TestADocumentOfItsOwnStaysOneWhateverElseIsWrong(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "text", citesNothing, "reason", "It came", "do", "propose", "text_alone", "true").leads(http.StatusSeeOther, "/proposals/1/text")
	h.publish(1)
	again := []string{"organization", "microsoft", "text", citesNothing + "\nThe mill was mended.\n", "replaces", "of_its_own"}
	const said = "input[type=radio][name=replaces][value=of_its_own][checked]"
	h.upload("", "", append(again, "reason", "It came again", "do", "propose")...).status(http.StatusUnprocessableEntity).has("#errors a[href='#field-text-alone']", "").has(said, "").has("form fieldset", "A new version of")
	h.upload("", "", append(again, "do", "read")...).status(http.StatusOK).has(said, "")
	h.upload("", "", append(again, "reason", "", "do", "propose")...).status(http.StatusUnprocessableEntity).
		has("select[name=replaces] option[value=of_its_own][selected]", "A document of its own")
}

// A document that is looked at again and again waits once, and what waits of documents
// pushes out no table whose columns somebody fills in.
func TestReadingADocumentPushesOutNoTable(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Contributor)
	table := h.sendTable("t.csv", "title,summary\nHelp desk,We help\n")
	for range 3 {
		h.upload("letter.md", letterOnce, "organization", "microsoft", "do", "read").status(http.StatusOK)
	}
	if h.work() != "2 waiting, 0 learned" {
		t.Errorf("a letter that was read three times leaves %s", h.work())
	}
	for i := range 11 {
		h.upload("letter.md", letterOnce+strings.Repeat("More.\n", i+1), "organization", "microsoft", "do", "read").status(http.StatusOK)
	}
	if h.work() != "11 waiting, 0 learned" {
		t.Errorf("twelve letters leave %s", h.work())
	}
	h.get(table).status(http.StatusOK)
	h.get("/import/table/99").status(http.StatusNotFound).has("main", "o document 99 of yours waits here")
}
