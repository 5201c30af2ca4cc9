package pglocal

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

func TestSecondInstanceIsRefused(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	_, err := Start(t.Context(), Options{Dir: dir})
	has(t, err, dir, "another running instance", strconv.Itoa(os.Getpid()))
	if !errors.Is(err, ErrInUse) {
		t.Errorf("%v is not ErrInUse", err)
	}
	if h, held := HeldBy(dir); !held || h != (Holder{PID: strconv.Itoa(os.Getpid())}) {
		t.Errorf("held %v by %+v, want this process", held, h)
	}
	if err := s.Announce("http://127.0.0.1:8080", "http://127.0.0.1:9464"); err != nil {
		t.Fatal(err)
	}
	if h, _ := HeldBy(dir); h.Address != "http://127.0.0.1:8080" || h.Metrics != "http://127.0.0.1:9464" {
		t.Errorf("held by %+v, want its addresses", h)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if h, held := HeldBy(dir); held {
		t.Errorf("still held by %+v after the end", h)
	}
}

func TestResetRefusesWhileRunning(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	write(t, s.URL(""))
	err := Reset(t.Context(), dir)
	has(t, err, dir, "another running instance")
	if n := written(t, s.URL("")); n != 1 {
		t.Errorf("after a refused reset there are %d rows, want 1", n)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := Reset(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	again := start(t, Options{Dir: dir})
	if query[bool](t, again.URL(""), `select to_regclass('note') is not null`) {
		t.Error("after a reset the table is still there")
	}
}

func TestResetOfNothing(t *testing.T) {
	t.Parallel()
	if err := Reset(t.Context(), filepath.Join(newDir(t), "never-made")); err != nil {
		t.Error(err)
	}
}

// A cluster that these binaries cannot open stays as it is.
func TestOtherVersionIsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, version string
		want          []string
	}{
		{"too old", "14\n", []string{"made by PostgreSQL 14", "needs 15", "nothing was changed"}},
		{"newer", "99\n", []string{"made by PostgreSQL 99", "postgresql-99", "NORMMAP_PG_BIN", "nothing was changed"}},
		{"no version", "", []string{"PG_VERSION", "nothing was changed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir, mark := strangeCluster(t, tt.version)
			_, err := Start(t.Context(), Options{Dir: dir})
			has(t, err, tt.want...)
			if _, err := os.Stat(mark); err != nil {
				t.Errorf("a file of the cluster is gone: %v", err)
			}
		})
	}
}

func TestForeignFolderIsRefused(t *testing.T) {
	t.Parallel()
	dir, mark := strangeCluster(t, "15\n")
	if err := os.Remove(filepath.Join(dir, "data", "PG_VERSION")); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Dir: dir})
	has(t, err, "no PostgreSQL cluster", "move it away")
	has(t, Reset(t.Context(), dir), "no PostgreSQL cluster", "move it away")
	if _, err := os.Stat(mark); err != nil {
		t.Errorf("a file of the folder is gone: %v", err)
	}
}

// strangeCluster makes a folder that claims to be a cluster of a version, with
// a file that must survive.
func strangeCluster(t *testing.T, version string) (dir, mark string) {
	t.Helper()
	dir = newDir(t)
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	u, err := newClusterUser()
	if err != nil {
		t.Fatal(err)
	}
	if err := u.own(data); err != nil {
		t.Fatal(err)
	}
	mark = filepath.Join(data, "precious")
	for path, text := range map[string]string{mark: "x", filepath.Join(data, "PG_VERSION"): version} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, mark
}

func TestNoBinariesListsEveryWayOut(t *testing.T) {
	t.Parallel()
	empty := newDir(t)
	for name, o := range map[string]Options{
		"asked for": {Dir: newDir(t), BinDir: empty},
		"searched":  {Dir: newDir(t), folders: []string{empty}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Start(t.Context(), o)
			has(t, err, "version 15 or newer", "apt-get install postgresql", "brew install",
				"NORMMAP_PG_BIN", "DATABASE_URL", empty+": no initdb")
		})
	}
}

func TestFolderWithoutBinariesIsNamed(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), Options{Dir: newDir(t), BinDir: "/nonexistent"})
	has(t, err, "NORMMAP_PG_BIN names /nonexistent, a folder without initdb")
}

func TestTooOldBinariesAreNamed(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), searching(Options{Dir: newDir(t), MinMajor: 99}))
	has(t, err, "is older than 99")
}

func TestServerThatDoesNotStartIsQuoted(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), searching(Options{Ephemeral: true, Settings: map[string]string{"no_such_setting": "1"}}))
	has(t, err, "did not start", "no_such_setting")
}

func TestUnusableDirectorySaysWhatToDo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(newDir(t), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Dir: filepath.Join(file, "below")})
	has(t, err, "data directory", file)
	_, err = Start(t.Context(), Options{Dir: file})
	has(t, err, "the data directory "+file+" is a file; name a folder")
	_, err = Exists(file)
	has(t, err, "is a file")
	_, err = Start(t.Context(), Options{})
	has(t, err, "no data directory was given")
}
