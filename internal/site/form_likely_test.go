package site

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
)

func (a answer) likely() *goquery.Selection {
	return a.page().Find("fieldset.likely input[name=principle]")
}

func TestLikelyPrinciplesAreOfferedWithReasonsAndNotChosen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-accountguard/links/edit"
	a := h.get(edit).status(http.StatusOK).says("Likely principles").says("none is chosen until you choose it").
		says("Cited in 1 of the 5 initiatives whose summaries are nearest to its own").has(".why a[href='/initiatives/microsoft-defending-democracy']", "Defending Democracy Program").
		says("Words in common")
	boxes := a.likely()
	if boxes.Length() != 5 || boxes.Filter("[checked]").Length() > 0 {
		t.Fatalf("%d are offered, %d are chosen; want 5 and none", boxes.Length(), boxes.Filter("[checked]").Length())
	}
	boxes.Each(func(_ int, box *goquery.Selection) {
		why := a.page().Find("#" + box.AttrOr("aria-describedby", "none"))
		if why.Find("li").Length() == 0 {
			t.Errorf("%s has no reasons", box.AttrOr("value", ""))
		}
	})
	if to := a.page().Find(".likely .hint a").AttrOr("href", ""); to != "/method#suggestions" {
		t.Errorf("how they are found is told at %q", to)
	}
	first := boxes.First().AttrOr("value", "")
	h.post(edit, a.typed("principle", first, "relation", "supports", "rationale", "It serves it", "reason", "r", "step", "save")...).leads(http.StatusSeeOther, "/initiatives/microsoft-accountguard")
	if links := h.curatorLinks("microsoft-accountguard"); len(links) != 1 || links[0].Principle != first {
		t.Errorf("recorded: %+v", links)
	}
	if left := h.get(edit).likely(); left.Filter("[value='"+first+"']").Length() > 0 || left.Length() == 0 {
		t.Errorf("%s is linked and still offered, or nothing is", first)
	}
}

// What was ticked among the likely ones is there once, with its tick, after
// every search: with a script, without, and when the answer is refused.
func TestTickedLikelyPrinciplesAreListedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-accountguard/links/edit"
	form := h.get(edit)
	second := form.likely().Eq(1).AttrOr("value", "")
	once := func(a answer, where string) {
		t.Helper()
		all := a.page().Find("input[name=principle][value='" + second + "']")
		if all.Length() != 1 || all.Filter(".likely [checked]").Length() != 1 {
			t.Errorf("%s it is there %d times:\n%.600s", where, all.Length(), a.body)
		}
	}
	once(h.post(edit, form.typed("principle", second, "agreement", "paris-call", "step", "find")...).status(http.StatusOK), "after a search")
	once(h.post(edit, form.typed("principle", second, "step", "save")...).status(http.StatusUnprocessableEntity), "when it is refused")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, edit+"?agreement=paris-call&q=&likely=paris-call%2F1&likely=paris-call%2F7&principle=paris-call%2F7&principle=gcsc%2F1", nil)
	r.Header.Set("HX-Request", "true")
	part := h.do(r).status(http.StatusOK).page()
	if n := part.Find("input[value='paris-call/1'], input[value='paris-call/7']").Length(); n > 0 {
		t.Errorf("the found part lists %d that stand above it already", n)
	}
	if id := part.Find("input[name=principle]").First().AttrOr("id", ""); id != "field-principle-3" {
		t.Errorf("below two choices the found part begins with the box %q, so that a label may be that of another", id)
	}
	if part.Find("input[value='gcsc/1'][checked]").Length() != 1 || part.Find("input[value='paris-call/2']").Length() != 1 {
		t.Error("the found part lacks what was chosen before, or what was found")
	}
}
