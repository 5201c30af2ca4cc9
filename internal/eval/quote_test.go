package main

import (
	"os"
	"strings"
	"testing"

	"normmap/internal/seed"
	"normmap/seeds"
)

func TestHintsAreRightAndRarelyMissing(t *testing.T) {
	t.Parallel()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := quoteReport(os.DirFS("../quote/testdata"), edits, &out); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	t.Log(out.String())
}
