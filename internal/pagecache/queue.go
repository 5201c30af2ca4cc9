package pagecache

import "hash/maphash"

// queue holds entries, the eldest first.
type queue struct {
	first, last *entry
	bytes       int
}

func (q *queue) push(e *entry) {
	e.next = nil
	if q.last == nil {
		q.first = e
	} else {
		q.last.next = e
	}
	q.last = e
	q.bytes += e.size
}

// pop takes out the eldest; there must be one.
func (q *queue) pop() *entry {
	e := q.first
	q.first, e.next = e.next, nil
	if q.first == nil {
		q.last = nil
	}
	q.bytes -= e.size
	return e
}

// past remembers which pages were last let go without having been asked for
// again. Two keys with the same hash do no harm.
type past struct {
	seed   maphash.Seed
	hashes map[uint64]int // with where it stands in order
	order  []uint64
	at     int
}

// remembered is how many pages past knows.
const remembered = 8192

func newPast() past {
	return past{seed: maphash.MakeSeed(), hashes: map[uint64]int{}}
}

func (p *past) add(key string) {
	h := maphash.String(p.seed, key)
	if len(p.order) < remembered {
		p.order = append(p.order, h)
		p.hashes[h] = len(p.order) - 1
		return
	}
	if old := p.order[p.at]; p.hashes[old] == p.at {
		delete(p.hashes, old)
	}
	p.order[p.at] = h
	p.hashes[h] = p.at
	p.at = (p.at + 1) % remembered
}

// take tells whether a key is remembered, and forgets it.
func (p *past) take(key string) bool {
	h := maphash.String(p.seed, key)
	_, found := p.hashes[h]
	delete(p.hashes, h)
	return found
}
