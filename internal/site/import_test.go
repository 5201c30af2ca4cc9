package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/document"
)

const sentLetter = "# What we do\n\n- We run a help desk (Paris Call principle 1).\n\n- We will open a school by the end of 2030 (Charter of Rome article 2).\n\n# Views\n\nWe think that Paris Call principle 5 is hard.\n"

// readsDocuments has the site read texts, in its own process.
func readsDocuments(d *Deps) {
	d.Contributions = contribution.Reader{Documents: document.Reader{Limits: document.DefaultLimits()}, Turns: contribution.NewTurns(2, time.Minute)}
}

// upload sends the form with a file, "" for none, and pairs of name and value.
func (h *house) upload(file, data string, pairs ...string) answer {
	h.t.Helper()
	return h.do(h.uploading(h.t.Context(), file, data, pairs...))
}

func (h *house) uploading(ctx context.Context, file, data string, pairs ...string) *http.Request {
	h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			h.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", file)
	if err == nil {
		_, err = part.Write([]byte(data))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/import", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

// left is how much was sent in.
func (h *house) left() string {
	h.t.Helper()
	var proposals, documents int
	err := h.pool.QueryRow(h.t.Context(), "select (select count(*) from proposal), (select count(*) from document)").Scan(&proposals, &documents)
	if err != nil {
		h.t.Fatal(err)
	}
	return fmt.Sprintf("%d proposals, %d documents", proposals, documents)
}

// TestAPastedContributionIsLookedAtThenProposed goes the way without scripts.
func TestAPastedContributionIsLookedAtThenProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.get("/organizations/microsoft").status(200).has(`nav.tools a[href="/import?organization=microsoft"]`, "Send in a contribution")
	h.get("/sources").status(200).has(`nav.tools a[href="/import"]`, "Send in a contribution")
	form := h.get("/import?organization=microsoft").status(200)
	form.has(`.who a[href="/import"]`, "Send in").has(`select[name=organization] option[selected]`, "Microsoft").has(`form[enctype="multipart/form-data"] button[value=propose]`, "Propose")
	letter := strings.ReplaceAll(sentLetter, "\n", "\r\n") // as browsers send it
	looked := h.upload("", "", "organization", "microsoft", "text", letter, "do", "read").status(200)
	looked.has("#found ~ h3", "2 initiatives").has("#found ~ ol", "We run a help desk").has("#found ~ ol", "line 3").has("#found ~ ol a", "paris-call/1").
		has("section.understood", `no agreement is recorded under the name`).has("section.understood", "outside of any initiative").has("textarea[name=text]", "We run a help desk")
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("looking leaves %s", h.left())
	}
	h.upload("", "", "organization", "microsoft", "text", letter, "reason", "It came by mail", "do", "propose").leads(http.StatusSeeOther, "/proposals/1/text")
	h.upload("letter.md", sentLetter, "organization", "microsoft", "reason", "It came by mail", "do", "propose").status(200).
		has(`section.understood a[href="/proposals/1"]`, "Proposal 1")
	if h.left() != "1 proposals, 1 documents" {
		t.Errorf("there are %s", h.left())
	}
}

// What does not fit its number is among what a person should look at, and an
// organization that only waits for review cannot send anything in.
func TestLookingTellsOfNumbersThatDoNotFit(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "do", "read",
		"text", "- A lab that follows principle 6 of the Paris Call (non-proliferation of malicious tools).\n").status(200).
		has("section.understood", "1 place to look at").has("section.understood", "another principle fits the words")
	form := h.get("/organizations/new")
	h.post("/organizations/new", form.typed("name", "Tarn Water", "kind", "body", "reason", "their letter")...).status(http.StatusSeeOther)
	h.get("/import").status(200).has("select[name=organization]", "Microsoft").lacks("select[name=organization] option[value=tarn-water]")
}

// Where nothing is amiss it says what was looked for, and not that all was read.
func TestLookingSaysWhatItLookedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	read := h.upload("", "", "organization", "microsoft", "do", "read", "text", "# What we do\n\nWe signed the Contract for the Web.\n\n- We run a help desk for schools (Paris Call principle 1).\n").status(200)
	read.has("section.understood", "0 places to look at").has("section.understood", "Nothing is amiss with the initiatives").has("section.understood", "what somebody has joined, was not looked for")
	if strings.Contains(read.body, "all was read") {
		t.Error("it claims that all was read")
	}
}

// A number of which somebody has to say what it means is one to look at.
func TestLookingCountsNumbersThatAreNotResolved(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "do", "read", "text", "# What we do\n\n- We run a help desk for schools (Paris Call principle 99).\n").status(200).
		has("section.understood", "out of range").has("section.understood", "1 place to look at").
		has("section.understood", "1 of them is a cited number").lacks("section.understood:contains('Nothing is amiss')")
}

func TestAFrenchFileIsRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	text := "# Nos actions\n\n- Nous aidons les écoles à se protéger (Appel de Paris, principe 1).\n- Nous formons les enseignants de la région (principes 2 et 5 de l’Appel de Paris).\n"
	h.upload("lettre.md", text, "organization", "microsoft", "do", "read").status(200).has("section.understood dl", "French").
		has("#found ~ ol a", "paris-call/5")
}

// A file that was read is proposed without choosing it again.
func TestAFileThatWasReadIsProposedWithoutChoosingItAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	read := h.upload("letter.md", sentLetter, "organization", "microsoft", "do", "read").status(200).has("#kept-file", "letter.md").has("#found ~ p", "Nothing is proposed yet").
		lacks("#field-file-hint:contains('chosen again')")
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("looking leaves %s", h.left())
	}
	kept := read.page().Find("input[type=hidden][name=sent]").AttrOr("value", "")
	h.upload("", "", "sent", kept, "organization", "microsoft", "reason", "It came by mail", "do", "propose").leads(http.StatusSeeOther, "/proposals/1/text")
	h.get("/proposals/1/text").status(200).has("main", "We run a help desk")
}

// What is to be said of many places is said once.
func TestWhatIsAmissWithManyPlacesIsSaidOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	const letter = "# What we do\n\n- We [train](#) teachers in [three towns](#) (Paris Call principle 1).\n\n- We run a [help desk](#) (Paris Call principle 5).\n"
	counts := func(a answer, list string) {
		t.Helper()
		said := a.status(200).page().Find(list)
		if n, of := strings.Count(said.Text(), "was lost"), strings.Count(said.Text(), "line "); n != 1 || of != 3 {
			t.Errorf("it is said %d times, of %d lines: %s", n, of, said.Text())
		}
	}
	counts(h.upload("", "", "organization", "microsoft", "text", letter, "do", "read").has("section.understood", "3 places to look at"), "section.understood h3 ~ ul.readings")
	h.upload("", "", "organization", "microsoft", "text", letter, "reason", "It came by mail", "do", "propose").status(http.StatusSeeOther)
	counts(h.get("/proposals/1").has("section[aria-labelledby=look] a[href^='/proposals/1/text?place=']", "three towns"), "section[aria-labelledby=look] ul.readings")
	counts(h.get("/proposals/1/text").has("#look a[href='#look-at-2']", "three towns"), "#look ul.readings")
}

func TestWhatCannotBeSentInKeepsTheForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	for _, c := range []struct {
		name, file, data string
		pairs            []string
		status           int
		says             string
	}{
		{"nothing", "", "", []string{"organization", "microsoft", "do", "read"}, 422, "paste a text, or choose a file"},
		{"nobody", "a.txt", "x", []string{"do", "read"}, 422, "choose who sent it in"},
		{"no reason", "a.txt", "x", []string{"organization", "microsoft"}, 422, "Reason"},
		{"an unknown organization", "a.txt", "x", []string{"organization", "nobody", "do", "read"}, 422, "there is no organization nobody"},
		{"both", "a.txt", "x", []string{"organization", "microsoft", "text", "kept text", "do", "read"}, 422, "send one at a time"},
		{"an empty file", "a.txt", "", []string{"organization", "microsoft", "do", "read"}, 422, "the file is empty"},
		{"an old file", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", []string{"organization", "microsoft", "do", "read"}, 415, "save it as .docx"},
		{"a broken encoding", "a.txt", "\xff\xfe\x00\x01\x80", []string{"organization", "microsoft", "do", "read"}, 422, "save it as UTF-8"},
		{"a large file", "a.txt", strings.Repeat("x", 10<<20+1), []string{"organization", "microsoft", "do", "read"}, 413, "larger than the 10 MiB"},
		{"more than is taken", "a.txt", strings.Repeat("x", 12<<20), []string{"organization", "microsoft", "text", "kept text", "do", "read"}, 413, "larger than the 10 MiB"},
	} {
		got := h.upload(c.file, c.data, c.pairs...).status(c.status).has("#errors", c.says)
		if strings.Contains(strings.Join(c.pairs, " "), "kept text") {
			got.has("textarea[name=text]", "kept text")
		}
	}
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("they leave %s", h.left())
	}
}

// TestAPastedTextOutlivesTheSession sends the form after signing out.
func TestAPastedTextOutlivesTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.upload("a.txt", strings.Repeat("x", 2<<20), "organization", "microsoft", "text", sentLetter, "do", "propose").status(http.StatusUnauthorized).
		has(".kept", "We run a help desk")
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("it leaves %s", h.left())
	}
}

func TestOtherBodiesThanFormsAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	for kind, status := range map[string]int{"text/plain": 415, "application/json": 415, "multipart/form-data": 422, "multipart/form-data; boundary=x": 422} {
		r := httptest.NewRequest(http.MethodPost, "/import", strings.NewReader("x"))
		r.Header.Set("Content-Type", kind)
		if got := h.do(r).StatusCode; got != status && got != http.StatusBadRequest {
			t.Errorf("%s: %d, want %d", kind, got, status)
		}
	}
	for data, status := range map[string]int{"x": http.StatusUnsupportedMediaType, strings.Repeat("x", 2<<20): http.StatusRequestEntityTooLarge} {
		r := h.uploading(t.Context(), "a.txt", data)
		r.URL.Path = "/sources/new" // which takes no files
		h.do(r).status(status)
	}
}

func TestContributionsOfOneAccountAreFew(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	for range 30 {
		h.upload("", "", "organization", "microsoft").status(http.StatusUnprocessableEntity)
	}
	if h.upload("", "", "organization", "microsoft").status(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
		t.Error("it is not said when to come again")
	}
}

func TestOnlySourcesHavePlaces(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get("/sources/microsoft-bpf-2019?place=x").status(http.StatusUnprocessableEntity)
	h.get("/sources/microsoft-bpf-2019?place=5").status(http.StatusOK)
	h.get("/organizations/microsoft?place=x").status(http.StatusOK)
}

// told are the lines that a script gets.
func (h *house) told(r *http.Request) (lines []map[string]string) {
	h.t.Helper()
	r.Header.Set("Accept", "application/x-ndjson, text/html;q=0.5")
	got := h.do(r).status(http.StatusOK)
	for one := range strings.Lines(got.body) {
		var l map[string]string
		if err := json.Unmarshal([]byte(one), &l); err != nil {
			h.t.Fatalf("%v: %s", err, one)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestAScriptIsToldHowFarItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	lines := h.told(h.uploading(t.Context(), "letter.md", sentLetter, "organization", "microsoft", "reason", "Mail", "do", "propose"))
	if lines[0]["says"] != "Waiting for a place" || lines[len(lines)-1]["location"] != "/proposals/1/text" {
		t.Errorf("it is told %v", lines)
	}
	refused := h.told(h.uploading(t.Context(), "", "", "organization", "microsoft", "do", "read"))
	if last := refused[len(refused)-1]["page"]; !strings.Contains(last, "paste a text") || !strings.Contains(last, "<main") {
		t.Errorf("of a refusal it is told %v", refused)
	}
}

// TestWhoCancelsAContributionLeavesNothing has the request end while its file is
// read.
func TestWhoCancelsAContributionLeavesNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	h := newHouse(t, readsDocuments, func(d *Deps) {
		d.Contributions.Documents.Command = func(ctx context.Context) *exec.Cmd {
			cancel()
			return exec.CommandContext(ctx, os.Args[0])
		}
	})
	h.signIn(account.Contributor)
	r := h.uploading(ctx, "letter.html", sentLetter, "organization", "microsoft", "reason", "Mail", "do", "propose")
	if lines := h.told(r); lines[len(lines)-1]["location"] != "" {
		t.Errorf("it is told %v", lines)
	}
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("it leaves %s", h.left())
	}
}

// What somebody sends who may not is kept only as far as other forms are.
func TestLittleIsKeptOfVisitors(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	a := h.upload("", "", "organization", "microsoft", "text", strings.Repeat("word ", 800_000))
	if len(a.body) > 1<<20 {
		t.Errorf("a page of %d bytes", len(a.body))
	}
	a = h.upload("", "", "organization", "microsoft", "text", "few words")
	if !strings.Contains(a.body, "few words") {
		t.Error("a short text is lost when its sender signs in")
	}
}

// A text in which nothing is found is not proposed before its sender has said
// that it is to be attached alone.
func TestATextWithoutInitiativesAsksFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	essay := []string{"organization", "microsoft", "text", "# Views\n\nWe think a lot.\n", "reason", "It came by mail", "do", "propose"}
	h.get("/import").lacks("input[name=text_alone]")
	h.upload("", "", essay...).status(http.StatusUnprocessableEntity).has("#errors a[href='#field-text-alone']", "no initiative was found").
		has("#found ~ h3", "0 initiatives").has("label", "Propose it all the same").has("textarea", "We think a lot")
	if h.left() != "0 proposals, 0 documents" {
		t.Errorf("asking leaves %s", h.left())
	}
	h.upload("", "", append(essay, "text_alone", "true")...).leads(http.StatusSeeOther, "/proposals/1/text")
}

// What could not be read stands on the desk beside its words and on the page of
// the proposal, and one click leads to the words.
func TestTheDeskShowsWhatWasNotRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	h.upload("", "", "organization", "microsoft", "text", "# What we do\n\n- We [train](#) teachers (Paris Call principle 1).\n\n- We run a help desk for schools.\n\n# Views\n\nWe think that Paris Call principle 5 is hard, ask ada@example.org.\n",
		"reason", "It came by mail", "do", "propose").leads(http.StatusSeeOther, "/proposals/1/text")
	h.queries.take()
	desk := h.get("/proposals/1/text").status(http.StatusOK).has("details summary", "3 places to look at").has("details a[href='#look-at-1']", "train").
		has("#look-2", "nothing is cited for this").has("#look-3", "outside of any initiative").has("a#look-at-3.cited-here[href='#look-3']", "Paris Call principle 5")
	if seen := h.queries.take(); len(seen) > maxStatements {
		t.Errorf("the desk runs %d statements", len(seen))
	}
	desk.page().Find("a[href^='#look']").Each(func(_ int, a *goquery.Selection) {
		if to := a.AttrOr("href", ""); desk.page().Find(to).Length() != 1 {
			t.Errorf("%s leads nowhere", to)
		}
	})
	const words = "section[aria-labelledby=look] a[href='/proposals/1/text?place=%d#look-at-3']"
	h.get("/proposals/1").status(http.StatusOK).has("#look", "3 places to look at").has(fmt.Sprintf(words, 124), "Paris Call principle 5")
	h.signIn(account.Contributor)
	h.get("/proposals/1").status(http.StatusOK).has("#look", "3 places to look at").lacks("section[aria-labelledby=look] a")
}
