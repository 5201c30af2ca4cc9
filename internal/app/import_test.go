package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/api"
	"normmap/internal/pgtest"
)

// recorded is a database with the seeds.
func recorded(t *testing.T) vars {
	t.Helper()
	return vars{"DATABASE_URL": pgtest.Founding(t)}
}

func TestImportPrintsWhatItReads(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	file := filepath.Join(t.TempDir(), "letter.md")
	letter := "# What we do\n\n- We run a help desk.\n\n(Paris Call principles 1 and 5, GCSC norm 5)\n\n- We [train](#) people, and will open a school by the end of 2030.\n\n(Charter of Trust principle 2)\n"
	if err := os.WriteFile(file, []byte(letter), 0o600); err != nil {
		t.Fatal(err)
	}
	out := ok(t, command(t, env, "", "import", file, "--organization", "microsoft", "--dry-run"))
	for _, says := range []string{
		"letter.md: What we do\n", "no source with this file is recorded",
		"2 initiatives, 0 parts of them, 3 references, 4 citations: 2 resolved, 1 ambiguous, 0 out of range, 1 of unknown agreements", "1 links without an address",
		"letter.md:3: We run a help desk (ongoing)\n", "letter.md:5:   Paris Call principles 1 and 5, 5: paris-call/5\n",
		"letter.md:5:   GCSC norm 5, 5: ambiguous: gcsc/5 or gcsc/6 or gcsc@singapore-2018/5\n", "(planned, due 2030)",
		"letter.md:7: train: the address of this link was lost", `letter.md:9: Charter of Trust principle 2: no agreement is recorded under the name "Charter of Trust"`,
	} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
}

// A letter that puts the wrong number to a principle's name is told so, in both
// formats; the one that has it right is not.
func TestImportHintsAtNumbersThatDoNotFitTheirWords(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	file := filepath.Join(t.TempDir(), "letter.md")
	letter := "# What we do\n\n- A lab that follows principle 6 of the Paris Call (non-proliferation of malicious tools).\n- A code of conduct that follows principle 9 of the Paris Call (international norms).\n"
	if err := os.WriteFile(file, []byte(letter), 0o600); err != nil {
		t.Fatal(err)
	}
	line := []string{"import", file, "--organization", "microsoft", "--dry-run"}
	out := ok(t, command(t, env, "", line...))
	says := "letter.md:3: principle 6 of the Paris Call: another principle fits the words beside this better: paris-call/5 “Non-proliferation” (shares: non, proliferation, malicious, tools)"
	if !strings.Contains(out, says) || strings.Count(out, "another principle") != 1 || !strings.Contains(out, "6: paris-call/6\n") {
		t.Errorf("it says %s", out)
	}
	var read api.ReadContribution
	if err := json.Unmarshal([]byte(ok(t, command(t, env, "", append(line, "--format", "json")...))), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Problems) != 1 || read.Problems[0].Kind != "fits_another" || read.Problems[0].Text != "principle 6 of the Paris Call" || read.Problems[0].Line != 3 {
		t.Errorf("the problems are %+v", read.Problems)
	}
}

func TestImportProposesWhatItReads(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	file := filepath.Join(t.TempDir(), "letter.md")
	if err := os.WriteFile(file, []byte("# What we do\n\n- We run a help desk (Paris Call principle 1).\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	line := []string{"import", file, "--organization", "microsoft"}
	if r := command(t, env, "", line...); r.code != 2 || !strings.Contains(r.err, "there are 0 administrators: say by --email") {
		t.Errorf("without an account: %d %q", r.code, r.err)
	}
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	out := ok(t, command(t, env, "", line...))
	if !strings.Contains(out, "letter.md: proposal 1, 4 edits: http://127.0.0.1:8080/proposals/1\n") {
		t.Errorf("it says %q", out)
	}
	again := ok(t, command(t, env, "", append(line, "--email", "ada@example.org")...))
	if !strings.Contains(again, "letter.md: no change: proposal 1 of this document waits for review") {
		t.Errorf("the second time it says %q", again)
	}
	var done api.ProposedContribution
	if err := json.Unmarshal([]byte(ok(t, command(t, env, "", append(line, "--format", "json")...))), &done); err != nil || done.Proposal != 1 || !done.Again || done.Edits != 4 {
		t.Errorf("as JSON it is %+v, %v", done, err)
	}
}

func TestImportRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	good, empty := filepath.Join(t.TempDir(), "a.txt"), filepath.Join(t.TempDir(), "b.txt")
	if err := os.WriteFile(good, []byte("Paris Call principle 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, organization, says string }{
		{good, "nobody", `a.txt: there is no organization "nobody"`},
		{empty, "microsoft", "b.txt: the file is empty"},
		{filepath.Join(t.TempDir(), "c.txt"), "microsoft", "c.txt: no such file or directory"},
		{t.TempDir(), "microsoft", ": is a directory"},
		{"../document/testdata/locked.pdf", "microsoft", "locked.pdf: the PDF is protected by a password"},
	} {
		r := command(t, env, "", "import", c.file, "--organization", c.organization, "--dry-run")
		if r.code != 1 || !strings.Contains(r.err, c.says) || r.out != "" {
			t.Errorf("%s: %d %q %q, want 1 and %q", c.file, r.code, r.err, r.out, c.says)
		}
	}
}

// TestImportReadsOtherFormats goes through the child process.
func TestImportReadsOtherFormats(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	out := ok(t, command(t, env, "", "import", "../intake/testdata/university.docx", "../intake/testdata/telco.xlsx", "--organization", "microsoft", "--dry-run"))
	for _, says := range []string{"university.docx: ", "telco.xlsx: ", "wordprocessingml.document, 10475 bytes"} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
}

// TestImportOfTheFoundingLetter reads the letter with which the project began.
// It is not part of the repository: NORMMAP_FIXTURES names the folder that
// holds it.
func TestImportOfTheFoundingLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: only documents of our own were read")
		return
	}
	out := ok(t, command(t, recorded(t), "", "import", filepath.Join(folder, "seeds", "000_f9facc0529999f02.txt"), "--organization", "microsoft", "--dry-run", "--format", "json"))
	var read api.ReadContribution
	if err := json.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{"initiatives": len(read.Initiatives)}
	for _, i := range read.Initiatives {
		got["parts"] += len(i.Parts)
		got["references"] += len(i.Cites)
		for _, r := range i.Cites {
			for _, c := range r.Citations {
				got["citations"]++
				got[string(c.Status)]++
			}
		}
	}
	for _, p := range read.Problems {
		got[string(p.Kind)]++
	}
	want := map[string]int{"initiatives": 13, "parts": 4, "references": 29, "citations": 38, "resolved": 34, "ambiguous": 4, "address_missing": 21}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if s := read.Source; s.Slug != "microsoft-bpf-2019" || !s.Known || s.TextHeld || s.Dated != "2019-09-20" || s.Language != "en" {
		t.Errorf("the source is %+v", s)
	}
}
