package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultDir is where the private cluster lives when nobody says otherwise:
// the usual place for data of a system service (root) or of a user. home is
// the user's home directory; env reads one environment variable.
//
// Root's own home will not do: the server runs as another user, who cannot
// enter it.
func DefaultDir(euid int, env func(string) string, home string) string {
	xdg := env("XDG_DATA_HOME")
	switch {
	case euid == 0:
		return filepath.Join("/var/lib", defaultName)
	case filepath.IsAbs(xdg): // the XDG specification: relative ones are ignored
		return filepath.Join(xdg, defaultName)
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", defaultName)
	}
	return filepath.Join(home, ".local", "share", defaultName)
}

// DefaultCacheDir is where downloaded server programs stay: the usual place
// for what can be fetched again, of a system service (root) or of a user; ""
// where the user has none.
func DefaultCacheDir(euid int, env func(string) string, home string) string {
	xdg := env("XDG_CACHE_HOME")
	switch {
	case euid == 0:
		return filepath.Join("/var/cache", defaultName)
	case filepath.IsAbs(xdg):
		return filepath.Join(xdg, defaultName)
	case home == "":
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Caches", defaultName)
	}
	return filepath.Join(home, ".cache", defaultName)
}

// claim makes the directory ours: it exists, the server's user can reach it,
// and no other instance uses it.
func (s *Server) claim(ctx context.Context) error {
	err := s.take(ctx)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w; choose a data directory that you can write to", err)
	}
	return err
}

func (s *Server) take(ctx context.Context) (err error) {
	switch {
	case s.opt.Dir != "":
		s.opt.Dir, err = openDir(s.opt.Dir)
	case s.opt.Ephemeral:
		sweep(ctx, scratchRoot(), s.opt.Name)
		s.opt.Dir, s.lock, err = scratchDir(scratchRoot(), s.opt.Name)
		s.scratch = err == nil
	default:
		err = errors.New("no data directory was given")
	}
	if err != nil {
		return err
	}
	s.data = filepath.Join(s.opt.Dir, "data")
	if s.user, err = serverUser(s.data); err != nil {
		return err
	}
	if err := s.user.canEnter(s.opt.Dir); err != nil {
		return fmt.Errorf("%w; choose a data directory that it can enter (for root: /var/lib/%s)", err, defaultName)
	}
	if s.lock == nil {
		s.lock, err = lockDir(ctx, s.opt.Dir)
	}
	return err
}

// openDir makes dir if it is missing and returns its path as the server will
// report it: absolute, without symbolic links.
func openDir(dir string) (string, error) {
	if err := makeDir(dir); err != nil {
		return "", fmt.Errorf("making the data directory: %w", err)
	}
	return realPath(dir)
}

// makeDir makes dir if it is missing. Whatever the umask is, the server's user
// must be able to walk in; what is inside has narrower modes of its own.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.Chmod(dir, 0o755)
}

func realPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the data directory %s: %w", dir, err)
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return "", fmt.Errorf("finding the data directory %s: %w", dir, err)
	}
	if fi, err := os.Stat(abs); err == nil && !fi.IsDir() {
		return "", fmt.Errorf("the data directory %s is a file; name a folder", abs)
	}
	return abs, nil
}
