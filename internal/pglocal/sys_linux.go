package pglocal

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// dieWithParent has the kernel send a fast shutdown when we die, however.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGINT }

// freeBytes is the free space of the file system of dir; 0 if there is none.
func freeBytes(dir string) uint64 {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return 0
	}
	return st.Bavail * uint64(st.Bsize)
}

// serves says whether pid is a PostgreSQL server on data, which is then its
// working directory. A zombie has none, and serves nothing.
func serves(pid int, data string) bool {
	wd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil || wd != data {
		return false
	}
	comm, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return err == nil && strings.TrimSpace(string(comm)) == "postgres"
}
