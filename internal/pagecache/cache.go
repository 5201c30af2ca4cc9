package pagecache

import (
	"sync"
	"sync/atomic"

	"normmap/internal/coding"
)

// Cache keeps pages. It is safe for concurrent use. A nil *Cache keeps nothing.
type Cache struct {
	hits, misses atomic.Int64

	mu          sync.RWMutex
	most        int // bytes
	pages       map[string]*entry
	fresh, main queue // pages that were not yet, and that were, asked for again
	gone        past
	flights     map[flightKey]*Flight
}

// NewCache makes a cache of at most so many bytes; nil with none.
func NewCache(most int) *Cache {
	if most <= 0 {
		return nil
	}
	return &Cache{most: most, pages: map[string]*entry{}, flights: map[flightKey]*Flight{}, gone: newPast()}
}

// entry is a page in a queue.
type entry struct {
	key  string
	page atomic.Pointer[Page]
	size int          // as it is counted in its queue
	uses atomic.Int32 // since it was last looked at, up to mostUses
	next *entry
	main bool // which queue it stands in
}

const mostUses = 3

// Get finds the page of a key, if it shows exactly that version.
func (c *Cache) Get(key []byte, v Version) *Page {
	c.mu.RLock()
	e := c.pages[string(key)]
	c.mu.RUnlock()
	if e == nil {
		return nil
	}
	p := e.page.Load()
	if p == nil || p.Version != v {
		return nil
	}
	if n := e.uses.Load(); n < mostUses {
		e.uses.CompareAndSwap(n, n+1)
	}
	c.hits.Add(1)
	return p
}

// Put keeps a page in place of the one that was there. One that would take up
// more than a tenth of the room is not kept.
func (c *Cache) Put(key []byte, p *Page) {
	c.misses.Add(1)
	c.keep(string(key), p)
}

func (c *Cache) keep(key string, p *Page) {
	size := p.size() + len(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	e, was := c.pages[key]
	switch {
	case size > c.most/10:
		return
	case was: // it stays in its place: a popular page stays so when the record changes
		c.of(e).bytes += size - e.size
		e.size = size
		e.page.Store(p)
	default:
		e = &entry{key: key, size: size, main: c.gone.take(key)}
		e.page.Store(p)
		c.pages[key] = e
		c.of(e).push(e)
	}
	c.makeRoom()
}

func (c *Cache) of(e *entry) *queue {
	if e.main {
		return &c.main
	}
	return &c.fresh
}

// makeRoom lets pages go until the others fit. Nine tenths of the room are for
// pages that were asked for again.
func (c *Cache) makeRoom() {
	for c.fresh.bytes+c.main.bytes > c.most {
		if c.fresh.bytes > c.most/10 || c.main.first == nil {
			c.fromFresh()
		} else {
			c.fromMain()
		}
	}
}

// fromFresh takes the eldest of the fresh pages away, or among the others.
func (c *Cache) fromFresh() {
	e := c.fresh.pop()
	if e.uses.Load() > 0 {
		e.uses.Store(0)
		e.main = true
		c.main.push(e)
		return
	}
	delete(c.pages, e.key)
	c.gone.add(e.key)
}

// fromMain takes away the eldest of the others, unless it was used since it was
// looked at last.
func (c *Cache) fromMain() {
	e := c.main.pop()
	if n := e.uses.Load(); n > 0 {
		e.uses.Store(n - 1)
		c.main.push(e)
		return
	}
	delete(c.pages, e.key)
}

// Body is the body of a page that was found under key, in a coding; which is
// kept, if it was not there yet.
func (c *Cache) Body(key []byte, p *Page, as coding.Coding) *Body {
	b, more := p.in(as)
	if more != p {
		c.add(key, p, more)
	}
	return b
}

// add puts more in the place of p, if that is still there.
func (c *Cache) add(key []byte, p, more *Page) {
	c.mu.RLock()
	e := c.pages[string(key)]
	c.mu.RUnlock()
	if e != nil && e.page.Load() == p {
		c.keep(string(key), more)
	}
}

// Stats are figures of a cache.
type Stats struct {
	Hits, Misses int64 // so far: pages that were there, and that had to be made
	Pages, Bytes int   // that are kept
	Most         int   // bytes that may be kept
}

// Stats tells how the cache is used.
func (c *Cache) Stats() Stats {
	if c == nil {
		return Stats{}
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return Stats{Hits: c.hits.Load(), Misses: c.misses.Load(), Pages: len(c.pages), Bytes: c.fresh.bytes + c.main.bytes, Most: c.most}
}
