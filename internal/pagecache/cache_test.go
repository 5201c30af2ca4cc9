package pagecache_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"normmap/internal/coding"
	"normmap/internal/pagecache"
)

func at(revision int64) pagecache.Version { return pagecache.Version{Revision: revision} }

// page is one of about so many bytes that do not become fewer by a coding.
func page(revision int64, size int) *pagecache.Page {
	body := make([]byte, size)
	random := rand.NewChaCha8([32]byte{byte(revision)})
	_, _ = random.Read(body)
	return pagecache.New(at(revision), "/", nil, body, coding.Identity)
}

func TestOnlyTheVersionAskedForIsGiven(t *testing.T) {
	t.Parallel()
	c := pagecache.NewCache(1 << 20)
	key := []byte("/agreements")
	c.Put(key, page(7, 100))
	for asked, want := range map[pagecache.Version]bool{
		{Revision: 7}: true, {Revision: 6}: false, {Revision: 8}: false,
		{Revision: 7, Names: 1}: false, {Revision: 7, Epoch: 1}: false, {Revision: 7, Day: 1}: false,
	} {
		if got := c.Get(key, asked) != nil; got != want {
			t.Errorf("%+v: %v", asked, got)
		}
	}
	c.Put(key, page(8, 100))
	if c.Get(key, at(7)) != nil || c.Get(key, at(8)) == nil || c.Get([]byte("/other"), at(8)) != nil {
		t.Error("a newer page did not take the place of the older one")
	}
	if st := c.Stats(); st.Hits != 2 || st.Misses != 2 || st.Pages != 1 {
		t.Errorf("%+v", st)
	}
}

// What is kept never takes up more than was allowed, whatever comes.
func TestBoundedInBytes(t *testing.T) {
	t.Parallel()
	const most = 300_000
	c := pagecache.NewCache(most)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 1500 {
		key := fmt.Appendf(nil, "/%d", random.IntN(400))
		if c.Get(key, at(1)) == nil {
			c.Put(key, page(1, random.IntN(25_000)))
		}
		if st := c.Stats(); st.Bytes > most || st.Pages == 0 || st.Bytes < 0 {
			t.Fatalf("after %d pages: %+v", i, st)
		}
	}
	c.Put([]byte("/large"), page(1, most/5))
	if c.Get([]byte("/large"), at(1)) != nil {
		t.Error("one page takes up a fifth of the room")
	}
}

// Whoever walks through everything once does not push out what is asked for
// often.
func TestACrawlerLeavesPopularPages(t *testing.T) {
	t.Parallel()
	c := pagecache.NewCache(100 * 3000)
	popular := func(i int) []byte { return fmt.Appendf(nil, "/popular/%d", i) }
	for range 3 {
		for i := range 20 {
			if c.Get(popular(i), at(1)) == nil {
				c.Put(popular(i), page(1, 1000))
			}
		}
	}
	for i := range 1500 {
		c.Put(fmt.Appendf(nil, "/crawled/%d", i), page(1, 1000))
	}
	for i := range 20 {
		if c.Get(popular(i), at(1)) == nil {
			t.Errorf("popular page %d is gone", i)
		}
	}
	if c.Get([]byte("/crawled/0"), at(1)) != nil {
		t.Error("the room is not bounded: the first crawled page is there")
	}
}

// A body comes in the coding asked for, whichever it is kept in, under tags
// that differ by coding.
func TestBodies(t *testing.T) {
	t.Parallel()
	plain := []byte(strings.Repeat("<li>norms of responsible behaviour</li>\n", 200))
	for first := range coding.Coding(coding.Count) {
		c := pagecache.NewCache(1 << 20)
		key := []byte("/")
		c.Put(key, pagecache.New(at(1), "/", nil, plain, first))
		tags := map[string]bool{}
		for range 3 {
			for _, as := range []coding.Coding{coding.Gzip, coding.Identity, coding.Brotli} {
				b := c.Body(key, c.Get(key, at(1)), as)
				got, err := coding.Decode(as, b.Bytes)
				if err != nil || !bytes.Equal(got, plain) || b.Length[0] != fmt.Sprint(len(b.Bytes)) {
					t.Fatalf("first %q, then %q: %v, %d bytes, length %v", first.Name(), as.Name(), err, len(got), b.Length)
				}
				tags[b.Tag] = true
			}
		}
		if st := c.Stats(); len(tags) != 3 || st.Bytes > 2000 {
			t.Errorf("first %q: tags %v; %d bytes are kept of %d", first.Name(), tags, st.Bytes, len(plain))
		}
	}
	small := pagecache.New(at(1), "/", nil, []byte("ok\n"), coding.Brotli)
	if b := pagecache.NewCache(1<<20).Body([]byte("/"), small, coding.Brotli); b.Encoding != nil || string(b.Bytes) != "ok\n" {
		t.Errorf("three bytes are sent as %v: %q", b.Encoding, b.Bytes)
	}
}

func TestMadeOnceForAllWhoAsk(t *testing.T) {
	t.Parallel()
	c := pagecache.NewCache(1 << 20)
	key := []byte("/")
	first, leads, _ := c.Join(key, at(1))
	if !leads {
		t.Fatal("nobody leads")
	}
	if _, leads, _ := c.Join(key, at(2)); !leads {
		t.Error("who asks for a newer version waits for an older one")
	}
	var joined, all sync.WaitGroup
	var got atomic.Int64
	for range 20 {
		joined.Add(1)
		all.Go(func() {
			f, leads, p := c.Join(key, at(1))
			joined.Done()
			if leads || p != nil {
				t.Error("made twice, or there before it is made")
				return
			}
			if p, again := f.Wait(context.Background()); p != nil && !again {
				got.Add(1)
			}
		})
	}
	joined.Wait()
	first.Land(page(1, 100))
	first.Fail(true) // too late to matter
	all.Wait()
	if _, _, p := c.Join(key, at(1)); got.Load() != 20 || p == nil {
		t.Errorf("%d of 20 got the page; kept %v", got.Load(), p != nil)
	}
}

func TestAFlightWithoutAPageEnds(t *testing.T) {
	t.Parallel()
	c := pagecache.NewCache(1 << 20)
	f, _, _ := c.Join([]byte("/"), at(1))
	waiting, _, _ := c.Join([]byte("/"), at(1))
	gone, leave := context.WithCancel(t.Context())
	leave()
	if p, again := waiting.Wait(gone); p != nil || again {
		t.Error("who leaves gets something")
	}
	f.Fail(true)
	if p, again := waiting.Wait(t.Context()); p != nil || !again {
		t.Errorf("%v, again %v", p, again)
	}
	if _, leads, _ := c.Join([]byte("/"), at(1)); !leads {
		t.Error("a failed flight goes on")
	}
}

// Nobody is given a page that is older than what was written before they asked.
func TestNeverOlderThanWhatWasWrittenBefore(t *testing.T) {
	t.Parallel()
	c := pagecache.NewCache(40_000)
	var written atomic.Int64
	var readers sync.WaitGroup
	for r := range 8 {
		readers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(r), 1))
			for range 500 {
				key := fmt.Appendf(nil, "/%d", random.IntN(12))
				newest := written.Load()
				f, leads, p := c.Join(key, at(newest))
				switch {
				case leads:
					p = page(written.Load(), 1000+random.IntN(1000))
					f.Land(p)
				case p == nil:
					p, _ = f.Wait(context.Background())
				}
				if p == nil || p.Version.Revision < newest {
					t.Errorf("%+v for revision %d", p, newest)
					return
				}
				_ = c.Body(key, p, coding.Coding(random.IntN(coding.Count)))
				if random.IntN(20) == 0 {
					written.Add(1)
				}
			}
		})
	}
	readers.Wait()
}

func TestNilKeepsNothing(t *testing.T) {
	t.Parallel()
	if c := pagecache.NewCache(0); c != nil || c.Stats() != (pagecache.Stats{}) {
		t.Errorf("%+v", c)
	}
}

func BenchmarkGet(b *testing.B) {
	c := pagecache.NewCache(1 << 20)
	key := []byte("text/html/agreements/paris-call/principles/1")
	c.Put(key, page(1, 6000))
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if c.Get(key, at(1)) == nil {
				b.Error("gone")
			}
		}
	})
}

func BenchmarkFill(b *testing.B) {
	plain := []byte(strings.Repeat("<li><a href=\"/agreements/paris-call\">norms</a> of responsible behaviour</li>\n", 330))
	for c := range coding.Coding(coding.Count) {
		b.Run(c.Name(), func(b *testing.B) {
			cache := pagecache.NewCache(1 << 20)
			for b.Loop() {
				cache.Put([]byte("/"), pagecache.New(at(1), "/", nil, plain, c))
			}
		})
	}
}
