package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/contribution"
)

// guesses are edits that would attach a file and cite a word that may stand in it.
func guesses(sum, word string) string {
	return batch("curious", `{"edit":"put_source","with":{"slug":"loot","title":"Loot","kind":"contribution","exhaustiveness":"unknown"}}`,
		fmt.Sprintf(`{"edit":"put_source_text","with":{"source":"loot","file_sha256":%q}}`, sum),
		fmt.Sprintf(`{"edit":"put_citation_line","with":{"source":"loot","initiative":"microsoft-newsguard","place":"","text":%[1]q,"references":[{"text":%[1]q,"name":"x","agreement":"","labels":["1"],"start":%[2]d,"end":%[3]d}]}}`,
			word, strings.Index(imported, "help desk"), strings.Index(imported, "help desk")+len(word)))
}

// Whoever knows the SHA-256 of a file that waits tries word after word at a
// place: what is answered is the same, whichever stands there.
func TestAWaitingTextIsNotFoundOutByTryingEdits(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := func(role account.Role) []string { return []string{"Authorization", "Bearer " + s.token(t, role)} }
	thief, editor := bearer(account.Contributor), bearer(account.Editor)
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), bearer(account.Contributor)...).wants(t, http.StatusCreated)
	digest := sha256.Sum256([]byte(imported))
	sum := hex.EncodeToString(digest[:])
	tries := func(by []string, sum, word string) (problems []string) {
		t.Helper()
		dry := strings.Replace(guesses(sum, word), `"edits"`, `"dry_run":true,"edits"`, 1)
		for _, o := range s.ask(t, http.MethodPost, "/proposals", dry, by...).wants(t, http.StatusOK).body["outcomes"].([]any) {
			problems = append(problems, o.(map[string]any)["problem"].(string))
		}
		return problems
	}
	right, wrong, never := tries(thief, sum, "help desk"), tries(thief, sum, "hemp dusk"), tries(thief, strings.Repeat("0", 64), "help desk")
	if d := cmp.Diff(right, wrong) + cmp.Diff(right, never); d != "" || !strings.Contains(right[1], "no file with this SHA-256 was received from you") {
		t.Errorf("what stands there can be told from what does not, or a file that waits from none: %q\n%s", right, d)
	}
	s.ask(t, http.MethodPost, "/proposals", guesses(sum, "help desk"), thief...).wants(t, http.StatusUnprocessableEntity)
	if p := tries(editor, sum, "hemp dusk"); p[1] != "" || !strings.Contains(p[2], "is not where") {
		t.Errorf("an editor, who reads what waits, is told %q", p)
	}
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), thief...).wants(t, http.StatusOK)
	if p := tries(thief, sum, "help desk"); p[1] != "" || p[2] != "" {
		t.Errorf("who has sent the same file meanwhile is told %q", p)
	}
}

// A document whose sender is away with a key waits for others outside of any
// transaction. Reading it is held up until the next in the queue is another one.
func TestAnImportWithAKeyWaitsForItsTurnBeforeItsTransaction(t *testing.T) {
	t.Parallel()
	turns := contribution.NewTurns(1, time.Minute)
	s := startWith(t, turns)
	owner, err := pgx.Connect(t.Context(), s.url)
	if err == nil {
		_, err = owner.Exec(t.Context(), "begin; lock table source in access exclusive mode")
	}
	if err != nil {
		t.Fatal(err)
	}
	bearer, answered := "Bearer "+s.token(t, account.Contributor), make(chan reply)
	go func() {
		answered <- s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), "Authorization", bearer, "Idempotency-Key", "letter-1")
	}()
	s.until(t, "1", "select count(*)::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
	next := make(chan func())
	go func() {
		_, release, err := contribution.Reader{Turns: turns}.Turn(t.Context())
		if err != nil {
			t.Error(err)
		}
		next <- release
	}()
	time.Sleep(200 * time.Millisecond) // until it stands in the queue
	if err := owner.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	release := <-next
	time.Sleep(200 * time.Millisecond)
	s.until(t, "0", "select count(*)::text from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
	select {
	case r := <-answered:
		t.Errorf("it does not wait: %s", r.Body)
	default:
	}
	release()
	(<-answered).wants(t, http.StatusCreated)
}

// until waits for what a statement answers the owner, who sees what others do.
func (s *service) until(t *testing.T, want, statement string) {
	t.Helper()
	owner, err := pgx.Connect(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	got := ""
	for range 100 {
		if err := owner.QueryRow(t.Context(), statement).Scan(&got); err != nil || got == want {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if got != want {
		t.Fatalf("%s answers %s, want %s", statement, got, want)
	}
}

// One letter in two formats is one contribution.
func TestTheSameTextInAnotherFileIsProposedOnce(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), bearer...).wants(t, http.StatusCreated)
	page := strings.NewReplacer("# What we do\n", "<h1>What we do</h1>", "- ", "<li>", "\n", "\n<br>").Replace(imported)
	other := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"text": page, "name": "letter.html"}), bearer...).wants(t, http.StatusOK)
	if other.body["again"] != true || other.body["same_text"] != true || other.body["proposal"] != 1.0 || s.kept(t) != "1 proposals, 1 documents" {
		t.Errorf("it answers %v, and there are %s", other.body, s.kept(t))
	}
	more := importJSON(t, map[string]any{"text": imported + "\n- We train teachers (Paris Call principle 2).\n"})
	s.ask(t, http.MethodPost, "/imports", more, bearer...).wants(t, http.StatusCreated)
}

// What was not understood is told to the sender, and stays with the proposal for
// whoever may read the document; others are told how much it is.
func TestAProposalKeepsWhatWasNotRead(t *testing.T) {
	t.Parallel()
	s := start(t)
	own := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	const views = "\n# Views\n\nAsk ada@example.org about Paris Call principle 5.\n"
	done := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"text": imported + views}), own...).wants(t, http.StatusCreated)
	if p, left := done.body["problems"].([]any), done.body["left_out"].([]any); len(p) != 1 || len(left) != 1 {
		t.Fatalf("the sender is told %v and %v", p, left)
	}
	read := func(by []string) (count float64, kinds string) {
		body := s.ask(t, http.MethodGet, "/proposals/1", "", by...).wants(t, http.StatusOK).body
		for _, p := range body["problems"].([]any) {
			kinds += fmt.Sprintf("%v %v; ", p.(map[string]any)["kind"], p.(map[string]any)["line"])
		}
		return body["problem_count"].(float64), kinds
	}
	for name, want := range map[string]string{"its sender": "unknown_agreement 7; outside_initiatives 11; ", "an editor": "unknown_agreement 7; outside_initiatives 11; ", "another contributor": ""} {
		by := map[string][]string{"its sender": own, "an editor": {"Authorization", "Bearer " + s.token(t, account.Editor)},
			"another contributor": {"Authorization", "Bearer " + s.token(t, account.Contributor)}}[name]
		if n, kinds := read(by); n != 2 || kinds != want {
			t.Errorf("%s reads %v: %s", name, n, kinds)
		}
	}
}

func TestATextWithoutInitiativesIsAttachedOnlyWhenThatIsSaid(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	essay := map[string]any{"text": "# Views\n\nWe think a lot.\n"}
	refused := s.ask(t, http.MethodPost, "/imports", importJSON(t, essay), bearer...).wants(t, http.StatusUnprocessableEntity)
	if got := strings.Join(refused.locations(), " "); got != "body.text_alone" || s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("it is refused at %q, and leaves %s: %s", got, s.kept(t), refused.Body)
	}
	essay["text_alone"] = true
	if done := s.ask(t, http.MethodPost, "/imports", importJSON(t, essay), bearer...).wants(t, http.StatusCreated); done.body["edits"] != 2.0 {
		t.Errorf("%v", done.body)
	}
	delete(essay, "text_alone")
	if again := s.ask(t, http.MethodPost, "/imports", importJSON(t, essay), bearer...).wants(t, http.StatusOK); again.body["again"] != true {
		t.Errorf("while that waits it is answered %v", again.body)
	}
}
