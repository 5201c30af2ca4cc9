package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// pidFile is what a server says about itself in postmaster.pid.
type pidFile struct {
	pid   int
	sock  string // folder of its socket
	ready bool   // takes connections
}

// readPIDFile reads the process file of the server on data. Lines are those of
// miscadmin.h in PostgreSQL's source: 1 the process, 5 the socket's folder,
// 8 the status; the last are missing while the server starts.
func readPIDFile(data string) (pidFile, error) {
	b, err := os.ReadFile(pidPath(data))
	if err != nil {
		return pidFile{}, err
	}
	lines := append(strings.Split(string(b), "\n"), make([]string, 8)...)
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 1 {
		return pidFile{}, fmt.Errorf("no process number in its first line: %q", lines[0])
	}
	return pidFile{pid: pid, sock: lines[4], ready: strings.TrimSpace(lines[7]) == "ready"}, nil
}

func pidPath(data string) string { return filepath.Join(data, "postmaster.pid") }

// stopOrphan ends a server that a killed instance left running on data, and
// removes a process file that names no server: its number may belong to some
// other program by now, in which case PostgreSQL refuses to start. The caller
// holds the lock, so a server found here is nobody's.
func stopOrphan(ctx context.Context, data string, log *slog.Logger) error {
	p, err := readPIDFile(data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && serves(p.pid, data) {
		log.Warn("stopping a server that a killed instance left running", "pid", p.pid, "data", data)
		err = stopServer(ctx, p.pid, data)
		if err != nil {
			return err
		}
	} else {
		log.Warn("removing the process file of a server that is gone", "pid", p.pid, "data", data)
	}
	removeSocketDir(p.sock)
	if err := os.Remove(pidPath(data)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing a left-over process file: %w", err)
	}
	return nil
}

// stopServer stops a server that is not our child.
func stopServer(ctx context.Context, pid int, data string) error {
	for _, s := range patience() {
		if err := syscall.Kill(pid, s.signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stopping the server left running (process %d): %w", pid, err)
		}
		if gone(ctx, pid, data, s) {
			return nil
		}
	}
	return fmt.Errorf("the server left running on %s (process %d) does not stop: stop it by hand", data, pid)
}

func gone(ctx context.Context, pid int, data string, s step) bool {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	for serves(pid, data) {
		if pause(ctx) != nil {
			return false
		}
	}
	return true
}
