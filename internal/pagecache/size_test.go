package pagecache_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"normmap/internal/coding"
	"normmap/internal/pagecache"
)

// alive is how many bytes of the heap are in use.
func alive() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools held goes with the second
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// What a cache says that it takes up is what it takes up: with keys, header
// fields, tags, and what finds them. It looks at the whole heap, so no other
// test may run beside it.
func TestSizeIsWhatIsTakenUp(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, kept := range []struct{ pages, largest, key int }{{20000, 100, 30}, {8000, 1500, 60}, {3000, 12000, 40}, {3000, 3000, 900}} {
		before := alive()
		c := pagecache.NewCache(1 << 30)
		for i := range kept.pages {
			body := make([]byte, 1+random.IntN(kept.largest))
			for at := range body {
				body[at] = byte(random.Uint32())
			}
			key := fmt.Appendf(nil, "text/html/initiatives/%0*d", kept.key, i)
			fields := []pagecache.Field{
				{Name: "Content-Type", Values: []string{"text/html; charset=utf-8"}},
				{Name: "Vary", Values: []string{strings.Clone("Accept, Cookie, Accept-Encoding")}},
				{Name: "Link", Values: []string{fmt.Sprintf(`</initiatives/%d.json>; rel="alternate"; type="application/json"`, i)}},
			}
			c.Put(key, pagecache.New(at(1), "/initiatives/{initiative}", fields, body, coding.Brotli))
		}
		taken, says := alive()-before, c.Stats().Bytes
		if ratio := float64(taken) / float64(says); ratio < .8 || ratio > 1.05 {
			t.Errorf("%d pages of up to %d bytes under keys of %d take up %d bytes, and it says %d: %.2f of that", kept.pages, kept.largest, kept.key, taken, says, ratio)
		}
		runtime.KeepAlive(c)
	}
}
