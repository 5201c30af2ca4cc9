package app

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// letProgramGo takes the parts of the program itself that were read so far out
// of this process's memory: most of them only starting needed. The system has
// them at hand, and gives those back that are run again. Where that cannot be
// done, they stay.
func letProgramGo() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, m := range unchanged(string(text), program) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.from, m.to-m.from, syscall.MADV_DONTNEED) // they stay
	}
}

// mapping is a piece of a file in memory.
type mapping struct{ from, to uintptr }

// unchanged are the pieces of a file that cannot be written to and were not,
// by the text of /proc/self/smaps: none of their pages is a copy that differs.
func unchanged(smaps, file string) (all []mapping) {
	var m mapping
	candidate := false
	for line := range strings.Lines(smaps) {
		fields := strings.Fields(line)
		switch {
		case len(fields) > 0 && !strings.HasSuffix(fields[0], ":"):
			_, err := fmt.Sscanf(fields[0], "%x-%x", &m.from, &m.to)
			candidate = err == nil && len(fields) == 6 && fields[5] == file && !strings.Contains(fields[1], "w")
		case len(fields) > 1 && (fields[0] == "Anonymous:" || fields[0] == "Swap:") && fields[1] != "0":
			candidate = false
		case len(fields) > 0 && fields[0] == "VmFlags:" && candidate:
			all = append(all, m)
		}
	}
	return all
}
