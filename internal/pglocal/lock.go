package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const lockName = "lock"

// lockDir takes the lock of dir for this process. It asks for a moment, since
// Running looks at the lock by taking it, and an instance that is just ending
// deserves the time to end.
func lockDir(ctx context.Context, dir string) (*os.File, error) {
	const patience = 300 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	path := filepath.Join(dir, lockName)
	for {
		f, err := tryLock(path, os.O_CREATE)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return f, err
		}
		if pause(ctx) != nil {
			return nil, fmt.Errorf("%s is %w%s; stop that one first", dir, ErrInUse, holder(path))
		}
	}
}

// tryLock opens path and takes an exclusive lock that lives as long as the
// returned file: EWOULDBLOCK if another holds it. Who holds it is written in.
func tryLock(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|flag, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	_ = f.Truncate(0) // what is written is for messages only
	_, _ = f.WriteString(strconv.Itoa(os.Getpid()) + "\n")
	return f, nil
}

// locked says whether another instance holds the lock of dir.
func locked(dir string) bool {
	f, err := os.Open(filepath.Join(dir, lockName))
	if err != nil {
		return false
	}
	defer f.Close()
	return errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}

// Holder is an instance that uses a data directory.
type Holder struct {
	PID     string // its process number; "" when it did not write it yet
	Address string // what it announced; "" for nothing
	Metrics string // likewise; "" for none
}

func (h Holder) String() string {
	if h.PID == "" {
		return ""
	}
	return " (process " + h.PID + ")"
}

// holder reads what the instance that holds the lock wrote into it.
func holder(path string) Holder {
	b, err := os.ReadFile(path)
	if err != nil {
		return Holder{}
	}
	pid, said, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	address, metrics, _ := strings.Cut(said, "\n")
	return Holder{PID: pid, Address: address, Metrics: metrics}
}

// pause waits the step in which this package looks again at what it waits
// for, or until ctx ends, which is the error.
func pause(ctx context.Context) error {
	const step = 10 * time.Millisecond
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(step):
		return nil
	}
}
