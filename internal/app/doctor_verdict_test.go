package app

import (
	"testing"
	"time"
)

// What no test can bring about on a real machine.
func TestVerdictsOnSpaceAndClocks(t *testing.T) {
	t.Parallel()
	for free, want := range map[uint64]verdict{10 << 20: ill, 500 << 20: doubt, 5 << 30: well} {
		d := &doctor{}
		d.checkSpace(free, "data")
		if got := d.findings[0].Verdict; got != want {
			t.Errorf("%d bytes free: %s, want %s", free, got, want)
		}
	}
	for ahead, want := range map[time.Duration]verdict{time.Second: well, -10 * time.Second: doubt, 2 * time.Minute: ill, -time.Hour: ill} {
		d := &doctor{}
		d.checkClock(ahead)
		if got := d.findings[0].Verdict; got != want {
			t.Errorf("%s apart: %s, want %s", ahead, got, want)
		}
	}
}
