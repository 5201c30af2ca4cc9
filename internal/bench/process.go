package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of processor times in /proc on Linux, on all machines.
const tick = time.Second / 100

// process is what /proc/PID/stat says of one.
type process struct {
	pid, parent int
	used        time.Duration // of the processors, with children that have ended
}

// parseStat reads /proc/PID/stat. The second field is a name in parentheses,
// which may hold anything.
func parseStat(text string) (process, error) {
	pid, rest, _ := strings.Cut(text, " ")
	end := strings.LastIndexByte(rest, ')')
	fields := strings.Fields(rest[end+1:])
	if end < 0 || len(fields) < 15 {
		return process{}, fmt.Errorf("this is no line about a process: %.80q", text)
	}
	var numbers [6]int64
	for i, field := range []string{pid, fields[1], fields[11], fields[12], fields[13], fields[14]} {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return process{}, fmt.Errorf("this is no line about a process: %.80q", text)
		}
		numbers[i] = n
	}
	ticks := numbers[2] + numbers[3] + numbers[4] + numbers[5]
	return process{pid: int(numbers[0]), parent: int(numbers[1]), used: time.Duration(ticks) * tick}, nil
}

// processes are all that run on this machine.
func processes() ([]process, error) {
	paths, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, errors.New("there is no /proc: processor times are read from it, which Linux has")
	}
	var all []process
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
			continue // it ended meanwhile
		}
		if err != nil {
			return nil, err
		}
		p, err := parseStat(string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// below are the processes with these numbers and all their descendants.
func below(all []process, roots ...int) []process {
	in := map[int]bool{}
	for _, root := range roots {
		in[root] = true
	}
	for grown := true; grown; {
		grown = false
		for _, p := range all {
			if !in[p.pid] && in[p.parent] {
				in[p.pid], grown = true, true
			}
		}
	}
	var out []process
	for _, p := range all {
		if in[p.pid] {
			out = append(out, p)
		}
	}
	return out
}

// used is the processor time of processes and their descendants until now.
func used(roots ...int) (time.Duration, error) {
	all, err := processes()
	if err != nil {
		return 0, err
	}
	var sum time.Duration
	for _, p := range below(all, roots...) {
		sum += p.used
	}
	return sum, nil
}

// statusBytes reads a size, such as VmRSS, out of the text of /proc/PID/status.
func statusBytes(text, name string) (int64, error) {
	for line := range strings.Lines(text) {
		value, found := strings.CutPrefix(line, name+":")
		if !found {
			continue
		}
		kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s is %q", name, value)
		}
		return kib << 10, nil
	}
	return 0, fmt.Errorf("there is no %s", name)
}

// memory is the size of a process in bytes: VmRSS now, VmHWM at its largest.
func memory(pid int, name string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	return statusBytes(string(text), name)
}

// ownTime is the processor time of this process alone.
func ownTime() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}
