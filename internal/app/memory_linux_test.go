package app

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const smaps = `00400000-01640000 r-xp 00000000 fe:00 100 /usr/bin/normmap
Rss:               13432 kB
Anonymous:             0 kB
Swap:                  0 kB
VmFlags: rd ex mr mw me
01640000-02730000 r--p 01240000 fe:00 100 /usr/bin/normmap
Anonymous:             4 kB
Swap:                  0 kB
VmFlags: rd mr mw me
02730000-02742000 r--p 02330000 fe:00 100 /usr/bin/normmap
Anonymous:             0 kB
Swap:                  8 kB
VmFlags: rd mr mw me
02742000-02842000 rw-p 02430000 fe:00 100 /usr/bin/normmap
Anonymous:             0 kB
Swap:                  0 kB
VmFlags: rd wr mr mw me
7f0000000000-7f0000001000 r-xp 00000000 fe:00 200 /usr/lib/libc.so.6
Anonymous:             0 kB
VmFlags: rd ex mr mw me
7f0000002000-7f0000003000 r--p 00000000 00:00 0
Anonymous:             0 kB
VmFlags: rd mr mw me
02842000-02843000 r--p 02430000 fe:00 100 /usr/bin/normmap
Anonymous:             0 kB
Swap:                  0 kB
VmFlags: rd mr mw me
`

// Nothing is let go that could not be read from the file again.
func TestOnlyWhatIsAsInTheFileIsLetGo(t *testing.T) {
	t.Parallel()
	want := []mapping{{0x400000, 0x1640000}, {0x2842000, 0x2843000}}
	if diff := cmp.Diff(want, unchanged(smaps, "/usr/bin/normmap"), cmp.AllowUnexported(mapping{})); diff != "" {
		t.Error(diff)
	}
	if got := unchanged(smaps, "/usr/bin/other"); got != nil {
		t.Errorf("of another program: %v", got)
	}
}

// The text of the running program is found, and it runs on without it.
func TestTheProgramRunsOnWhenItWasLetGo(t *testing.T) {
	t.Parallel()
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	var size uintptr
	for _, m := range unchanged(string(text), program) {
		size += m.to - m.from
	}
	if size < 1<<20 {
		t.Errorf("%d bytes of %s may be let go", size, program)
	}
	letProgramGo()
	if all := slices.Sorted(strings.SplitSeq("c a b", " ")); !slices.Equal(all, []string{"a", "b", "c"}) {
		t.Errorf("%v", all)
	}
}
