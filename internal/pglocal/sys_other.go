//go:build unix && !linux

package pglocal

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent does nothing: only Linux has a parent-death signal. The next
// start stops the server that stayed.
func dieWithParent(*syscall.SysProcAttr) {}

// freeBytes is only asked about memory file systems, which are Linux's.
func freeBytes(string) uint64 { return 0 }

// serves says whether pid is a PostgreSQL server on data, from the command
// line that we gave it.
func serves(pid int, data string) bool {
	out, err := exec.Command("ps", "-ww", "-o", "stat=,command=", "-p", strconv.Itoa(pid)).Output()
	line := strings.TrimSpace(string(out))
	return err == nil && !strings.HasPrefix(line, "Z") &&
		strings.Contains(line, "postgres -D "+data+" ")
}
