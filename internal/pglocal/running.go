package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// Running says whether an instance serves dir at this moment, and how another
// program of the same user (or root) reaches its database. It is for commands
// that are used beside the service; when it says no, they call Start. It knows
// only servers under the default Name.
func Running(dir string) (url string, ok bool) {
	dir, err := realPath(dir)
	if err != nil || !locked(dir) {
		return "", false
	}
	p, err := readPIDFile(filepath.Join(dir, "data"))
	if err != nil || !p.ready {
		return "", false
	}
	return socketURL(p.sock, defaultName, defaultName), true
}

// HeldBy says whether an instance uses dir at this moment, and which.
func HeldBy(dir string) (h Holder, held bool) {
	dir, err := realPath(dir)
	if err != nil || !locked(dir) {
		return Holder{}, false
	}
	return holder(filepath.Join(dir, lockName)), true
}

// Exists says whether dir holds a cluster, or what stands in its place.
func Exists(dir string) (bool, error) {
	dir, err := realPath(dir)
	if err == nil {
		_, err = os.Lstat(filepath.Join(dir, "data"))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Reset deletes the cluster in dir, and nothing else there; the next Start
// makes a new one. It refuses (ErrInUse) while an instance runs, and stops a
// server that a killed one left behind. A missing dir is a done reset.
func Reset(ctx context.Context, dir string) error {
	dir, err := realPath(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	if _, err := serverUser(data); err != nil {
		return err
	}
	lock, err := lockDir(ctx, dir)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := stopOrphan(ctx, data, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	return deleteCluster(dir, data)
}

// deleteCluster renames before it deletes, so that being killed midway leaves
// no half of a cluster under its name.
func deleteCluster(dir, data string) error {
	if _, err := clusterMajor(data); err != nil {
		return err
	}
	removeHalfMade(dir)
	tmp, err := os.MkdirTemp(dir, halfMade)
	if err != nil {
		return fmt.Errorf("deleting the cluster: %w", err)
	}
	err = os.Rename(data, filepath.Join(tmp, "data"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("deleting the cluster: %w", err)
	}
	if err := os.RemoveAll(tmp); err != nil {
		return fmt.Errorf("deleting the cluster: %w", err)
	}
	return nil
}
