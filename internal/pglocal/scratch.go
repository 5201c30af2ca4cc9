package pglocal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
)

const scratchMark = "-pg-" // in the folder name of a throw-away cluster

// scratchRoot is where throw-away clusters go: memory where there is a GiB of
// it (making and dropping databases is mostly file system work; containers
// often have 64 MiB only), else the folder for temporary files.
func scratchRoot() string {
	const memory, enough = "/dev/shm", 1 << 30
	if freeBytes(memory) >= enough {
		return memory
	}
	return os.TempDir()
}

// scratchDir makes a folder for a throw-away cluster, with its lock taken. The
// lock gets its name only once it is held, so that sweep never sees a free
// lock in a folder that is being set up.
func scratchDir(root, name string) (dir string, lock *os.File, err error) {
	if dir, err = os.MkdirTemp(root, name+scratchMark); err != nil {
		return "", nil, fmt.Errorf("making a throw-away data directory: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	if err = os.Chmod(dir, 0o755); err != nil { // the server's user walks through it
		return "", nil, fmt.Errorf("making a throw-away data directory: %w", err)
	}
	if dir, err = realPath(dir); err != nil {
		return "", nil, err
	}
	held, path := filepath.Join(dir, "lock.new"), filepath.Join(dir, lockName)
	if lock, err = tryLock(held, os.O_CREATE); err != nil {
		return "", nil, err
	}
	if err = os.Rename(held, path); err != nil {
		return "", nil, errors.Join(fmt.Errorf("locking %s: %w", dir, err), lock.Close())
	}
	return dir, lock, nil
}

// sweep removes throw-away clusters whose program was killed. It does what it
// can: another user's are left alone, and no failure matters.
func sweep(ctx context.Context, root, name string) {
	dirs, _ := filepath.Glob(filepath.Join(root, name+scratchMark+"*"))
	for _, dir := range dirs {
		f, err := tryLock(filepath.Join(dir, lockName), 0)
		if err != nil {
			continue
		}
		if stopOrphan(ctx, filepath.Join(dir, "data"), slog.New(slog.DiscardHandler)) == nil {
			_ = os.RemoveAll(dir)
		}
		_ = f.Close()
	}
}
