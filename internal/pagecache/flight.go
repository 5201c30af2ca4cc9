package pagecache

import "context"

// flightKey says that a page is made at least at a version.
type flightKey struct {
	key     string
	version Version
}

// Flight is a page on its way: one request makes it, others wait for it.
type Flight struct {
	cache  *Cache
	key    flightKey
	landed chan struct{}
	page   *Page
	again  bool
}

// Join takes part in the making of a page that shows a version or a newer one.
// The first who joins leads: it makes the page and must end the flight. A page
// that was kept meanwhile is returned instead.
func (c *Cache) Join(key []byte, v Version) (f *Flight, leads bool, p *Page) {
	if p := c.Get(key, v); p != nil {
		return nil, false, p
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k := flightKey{string(key), v}
	if f := c.flights[k]; f != nil {
		return f, false, nil
	}
	if e := c.pages[k.key]; e != nil { // it may have landed between the two looks
		if p := e.page.Load(); p.Version == v {
			return nil, false, p
		}
	}
	f = &Flight{cache: c, key: k, landed: make(chan struct{})}
	c.flights[k] = f
	return f, true, nil
}

// Land ends the flight with a page, which is kept.
func (f *Flight) Land(p *Page) {
	f.page = p
	f.cache.Put([]byte(f.key.key), p)
	f.end()
}

// Fail ends the flight without a page, unless it has landed. With again it was
// for a reason that concerns the leader alone, so somebody else should lead.
func (f *Flight) Fail(again bool) {
	select {
	case <-f.landed:
	default:
		f.again = again
		f.end()
	}
}

func (f *Flight) end() {
	f.cache.mu.Lock()
	delete(f.cache.flights, f.key)
	f.cache.mu.Unlock()
	close(f.landed)
}

// Wait returns the page, or nil when none came of it. With again it is worth to
// join anew.
func (f *Flight) Wait(ctx context.Context) (p *Page, again bool) {
	select {
	case <-f.landed:
		if f.page != nil {
			f.cache.hits.Add(1)
		}
		return f.page, f.again
	case <-ctx.Done():
		return nil, false
	}
}
