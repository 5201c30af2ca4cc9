package pglocal

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shop is where a test's downloads come from: an npm that delivers a package,
// and a cache to keep it in.
type shop struct {
	dir, cache string
	bundle     *bundle
	told       chan string // lines of progress
}

const oneLink = `[{"source":"native/lib/initdb-1","target":"native/bin/initdb"}]`

// newShop delivers a package of these files. Its npm notes each call, and waits
// while there is a file "wait".
func newShop(t *testing.T, version string, files ...entry) *shop {
	t.Helper()
	s := &shop{dir: reachableDir(t), cache: filepath.Join(reachableDir(t), "cache"), told: make(chan string, 10)}
	pack := packed(t, files)
	if err := os.WriteFile(filepath.Join(s.dir, "server-1.tgz"), pack, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(pack)
	s.bundle = &bundle{name: "@example/server", version: version, digest: base64.StdEncoding.EncodeToString(sum[:]), megabytes: 1}
	s.npmDoes(t, `cp "$shop/server-1.tgz" "$to"`)
	return s
}

// npmDoes replaces what npm does when it was told to download into $to.
func (s *shop) npmDoes(t *testing.T, script string) {
	t.Helper()
	program(t, filepath.Join(s.dir, "npm"), fmt.Sprintf(`shop=%q
echo "$*" >>"$shop/calls"
while [ -e "$shop/wait" ]; do sleep 0.01; done
while [ "$1" != --pack-destination ]; do shift; done
to=$2
%s
`, s.dir, script))
}

// calls are the arguments of every call of npm.
func (s *shop) calls(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.dir, "calls"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.FieldsFunc(string(b), func(r rune) bool { return r == '\n' })
}

// options find nothing on the machine but in these folders.
func (s *shop) options(t *testing.T, folders ...string) Options {
	t.Helper()
	return Options{
		Dir: newDir(t), CacheDir: s.cache, Progress: s,
		folders: append([]string{}, folders...), npm: filepath.Join(s.dir, "npm"), bundle: s.bundle,
	}
}

// Write makes the shop what progress is told to.
func (s *shop) Write(line []byte) (int, error) {
	s.told <- string(line)
	return len(line), nil
}

// hear fails unless the next line of progress begins with want.
func (s *shop) hear(t *testing.T, want string) {
	t.Helper()
	select {
	case line := <-s.told:
		if !strings.HasPrefix(line, want) || !strings.HasSuffix(line, "\n") {
			t.Errorf("told %q, want %q", line, want)
		}
	case <-time.After(time.Minute):
		t.Fatalf("not told %q", want)
	}
}

// cached are the names in the cache but for the lock.
func (s *shop) cached(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(s.cache)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != cacheLock {
			names = append(names, e.Name())
		}
	}
	return names
}

// entry is what a package holds.
type entry struct {
	tar.Header
	text string
}

func file(name, text string) entry {
	return entry{tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}, text}
}

func script(name, text string) entry {
	f := file(name, "#!/bin/sh\n"+text)
	f.Mode = 0o755
	return f
}

// server is a package whose programs run those of dir.
func server(dir string) []entry {
	return []entry{
		script("package/native/bin/postgres", `exec `+dir+`/postgres "$@"`),
		script("package/native/lib/initdb-1", `exec `+dir+`/initdb "$@"`),
		file("package/native/pg-symlinks.json", oneLink),
	}
}

// claiming is a package whose programs can only say which version they are.
func claiming(version string) []entry {
	return []entry{
		script("package/native/bin/postgres", saying(version)),
		script("package/native/lib/initdb-1", saying(version)),
		file("package/native/pg-symlinks.json", oneLink),
	}
}

func saying(version string) string { return `echo "postgres (PostgreSQL) ` + version + `"` }

func packed(t *testing.T, files []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	tw := tar.NewWriter(gz)
	for _, e := range files {
		if err := tw.WriteHeader(&e.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// installed makes a folder on the machine with programs that claim a version.
func installed(t *testing.T, version string) string {
	t.Helper()
	dir := reachableDir(t)
	for _, name := range []string{"initdb", "postgres"} {
		program(t, filepath.Join(dir, name), saying(version))
	}
	return dir
}

// program writes a shell script. No process is started meanwhile, since it
// would hold the file open for writing, and the script could not be run.
func program(t *testing.T, path, text string) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// reachableDir is like newDir where programs may be run, which is not so of
// memory in some containers.
func reachableDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pglocal-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
