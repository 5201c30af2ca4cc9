package document_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/document"
)

var update = flag.Bool("update", false, "write what is read into testdata")

// TestMain lets the test program be its own child.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "child" {
		if err := document.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// reader reads in children as a program does.
func reader(t *testing.T) document.Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Logf("%v: PDFs are read by the library alone", err)
	}
	limits := document.DefaultLimits()
	limits.Memory = 1 << 50 // the race detector lays claim to most of the address space
	return document.Reader{
		Command: func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, self, "child") },
		Limits:  limits,
		Tools:   document.Tools{PDFToText: tool},
	}
}

func TestFormatsReadAsTyped(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sample.docx", "sample.odt", "sample.html", "sample.pdf"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			got, err := reader(t).Read(t.Context(), name, data)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got.Text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.Text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
