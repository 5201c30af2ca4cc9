package app

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How the memory of the service is kept small.
const (
	restAfter   = 300 * time.Millisecond // what only starting needed is given back so long after it
	lookAtHeap  = time.Second            // how often its size is looked at
	spareHeap   = 20 << 20               // bytes that it may grow by before it is collected, if that is
	leastGrowth = 40                     // no less than so much of a hundred,
	mostGrowth  = 200                    // and no more than this
	usualGrowth = 100                    // is Go's own
)

// saveMemory gives back what only starting needed, and then lets the heap grow
// by about as much, however much is alive: little is looked through for every
// few dozen pages otherwise, and finished pages, which are most of a large one,
// would make it twice their size. An operator's GOGC is left alone.
func saveMemory(ctx context.Context) {
	tick := time.NewTicker(lookAtHeap)
	defer tick.Stop()
	select {
	case <-ctx.Done():
		return
	case <-time.After(restAfter):
		debug.FreeOSMemory()
	}
	growth := debug.SetGCPercent(usualGrowth)
	if growth != usualGrowth {
		debug.SetGCPercent(growth)
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			metrics.Read(live)
			if next := growthOf(live[0].Value.Uint64()); next != growth {
				debug.SetGCPercent(next)
				growth = next
			}
		}
	}
}

// growthOf is how much of a hundred a heap with so many live bytes may grow
// before it is collected, in steps, since to set it stops the world.
func growthOf(live uint64) int {
	return int(min(mostGrowth, max(leastGrowth, 100*spareHeap/max(live, 1)/10*10)))
}
