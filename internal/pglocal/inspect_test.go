package pglocal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInspectLooksAndTouchesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "there")
	found := Inspect(t.Context(), Options{Dir: dir, BinDir: t.TempDir()})
	if found.Exists || found.Held || found.Problem != nil {
		t.Errorf("%+v", found)
	}
	if found.Missing == nil || !strings.Contains(found.Missing.Error(), "version 15 or newer") {
		t.Errorf("an empty folder has programs: %v", found.Missing)
	}
	if _, err := os.Stat(filepath.Dir(dir)); err == nil {
		t.Error("it made the folder")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found := Inspect(t.Context(), Options{Dir: file}); found.Problem == nil {
		t.Error("a file passes for a data directory")
	}
}
