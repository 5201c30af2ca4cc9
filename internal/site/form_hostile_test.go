package site

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
)

// hostile are texts that do harm where a page does not treat them as text.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' autofocus onfocus='alert(1)`,
	`</textarea></title><svg onload=alert(1)>`,
	`javascript:alert(1)`,
	`{{constructor.constructor('alert(1)')()}}`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	`<!--<a href="data:text/html,x">-->`,
}

// harmless fails the test if a page holds an element or attribute that only a
// text could have brought in.
func (a answer) harmless(where string) {
	a.t.Helper()
	a.page().Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, attr := range e.Nodes[0].Attr {
			script := strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr.Val)), "javascript:") && (attr.Key == "href" || attr.Key == "src" || attr.Key == "action")
			if strings.HasPrefix(attr.Key, "on") || attr.Key == "style" || script {
				a.t.Errorf("%s: <%s %s=%q>", where, goquery.NodeName(e), attr.Key, attr.Val)
			}
		}
	})
	if n := a.page().Find("script:not([src]), img, iframe, svg[onload]").Length(); n > 0 {
		a.t.Errorf("%s: %d elements came from a text", where, n)
	}
}

// TestHostileTextsStayTexts sends each through every text field of every form:
// it is shown again in its field unchanged, and harms neither that page nor,
// where it could be saved, the page of the thing.
func TestHostileTextsStayTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	link := h.apply(curatorLink("microsoft-newsguard", "paris-call/4")).IDs[0]
	for _, page := range append([]string{"/links/" + number(link) + "/edit"}, h.editingPages()...) {
		form := h.get(page).page().Find("form.edit")
		form.Find("input[type=text], textarea").Each(func(_ int, e *goquery.Selection) {
			name := e.AttrOr("name", "")
			text := strings.Join(hostile, " ")
			a := h.post(page, h.get(page).typed(name, text)...)
			if a.StatusCode == http.StatusSeeOther {
				a = h.get(a.Header.Get("Location"))
			} else if got := a.page().Find("main [name=" + name + "]"); !strings.Contains(got.AttrOr("value", "")+got.Text(), text) {
				t.Errorf("%s: field %s does not keep the text: %d", page, name, a.StatusCode)
			}
			a.harmless(page + " " + name)
		})
	}
}

func TestSavedHostileTextsStayTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	text := strings.Join(hostile, " ")
	form := h.get("/initiatives/new").typed("slug", "hostile", "title", hostile[1], "summary", text, "kind", "policy", "status", "planned", "organization", "microsoft",
		"reported_by", "microsoft", "status_note", text, "partners", hostile[0], "place", hostile[2], "heading", hostile[3], "reason", hostile[0])
	h.post("/initiatives/new", form...).status(http.StatusSeeOther)
	h.post("/organizations/new", h.get("/organizations/new").typed("slug", "hostile", "name", hostile[0], "kind", "body", "summary", text, "reason", text)...).status(http.StatusSeeOther)
	const links, cite = "/initiatives/hostile/links/edit", "/initiatives/hostile/cite"
	h.post(links, h.get(links).typed("principle", "paris-call/4", "relation", "supports", "rationale", text, "reason", text, "step", "save")...).status(http.StatusSeeOther)
	line := hostile[0] + " Paris Call principle 4 " + hostile[1]
	read := h.post(cite, h.get(cite).typed("source", "microsoft-bpf-2019", "text", line, "place", hostile[0], "reason", text, "step", "read")...).status(http.StatusOK)
	read.harmless("the reading")
	h.post(cite, read.typed("step", "save")...).status(http.StatusSeeOther)
	last := h.stats().Revision
	for _, page := range []string{"/initiatives/hostile", "/initiatives/hostile/edit", "/initiatives/hostile/history", links, cite, "/organizations/hostile",
		"/organizations/hostile/edit", "/organizations/hostile/adherences/new", "/agreements/paris-call/principles/4", "/sources/microsoft-bpf-2019",
		"/changes", "/changesets/" + number(last), "/changesets/" + number(last-1) + "/revert", "/changesets/2/revert", "/initiatives?q=script", "/organizations"} {
		h.get(page).status(http.StatusOK).harmless(page)
	}
}

// TestTextsThatDoNotFitAreRefusedAndKept sends through every text field what
// is too long, cannot be seen, or turns the reading direction.
func TestTextsThatDoNotFitAreRefusedAndKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	link := h.apply(curatorLink("microsoft-newsguard", "paris-call/4")).IDs[0]
	before := h.stats().Revision
	for _, text := range []string{strings.Repeat("é", 20_000), "a bell\a", "turned \u202e round"} {
		for _, page := range append(h.editingPages(), "/links/"+number(link)+"/edit") {
			shown := h.get(page)
			shown.page().Find("form.edit").Find("input[type=text], textarea").Each(func(_ int, e *goquery.Selection) {
				name := e.AttrOr("name", "")
				if name == "q" {
					return // it is looked for and not saved
				}
				a := h.post(page, shown.typed(name, text)...).status(http.StatusUnprocessableEntity)
				field := a.page().Find("[name=" + name + "]")
				if !strings.Contains(field.AttrOr("value", "")+field.Text(), strings.TrimSpace(text)) {
					t.Errorf("%s: field %s lost %.20q", page, name, text)
				}
			})
		}
	}
	if after := h.stats().Revision; after != before {
		t.Errorf("something was saved: revision %d became %d", before, after)
	}
}
