package app

import "testing"

// A small heap grows to three times its size, a large one by as much as is spare, and the
// largest never by so little that it is collected all the time.
func TestGrowthOfTheHeap(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{0: 200, 1: 200, 8 << 20: 200, 20 << 20: 100, 25 << 20: 80, 40 << 20: 50, 42 << 20: 40, 1 << 40: 40} {
		if got := growthOf(live); got != want {
			t.Errorf("%d bytes may grow by %d %%, want %d", live, got, want)
		}
	}
}
