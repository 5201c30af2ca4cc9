package browse

import (
	"sync"
	"sync/atomic"

	"normmap/internal/norms"
	"normmap/internal/store/news"
)

// memory is what an instance keeps in memory of what hardly changes while the
// evidence does: texts, and names. What was kept of an earlier version of them
// is dropped as a whole.
type memory struct{ newest atomic.Pointer[texts] }

// textsAt says of when texts are: those of the same are the same.
type textsAt struct{ version, epoch int64 }

// texts are those of one version, as far as somebody asked for them. Nothing
// that was put in is changed later.
type texts struct {
	at textsAt

	mu            sync.RWMutex
	principles    map[norms.Ref]*keptPrinciple
	lines         int // of the principles
	ranked        map[int64]rankedName
	organizations map[int64]called
	sources       map[int64]called
}

// called is how an organization or a source is named.
type called struct{ slug, name string }

// How much is kept at most, which is some megabytes of each.
const (
	mostLines = 20_000
	mostNames = 20_000
)

func newTexts(at textsAt) *texts {
	return &texts{at: at, principles: map[norms.Ref]*keptPrinciple{}, organizations: map[int64]called{}, sources: map[int64]called{}}
}

// guess is what was kept last. Whether it is of the moment that is looked at,
// that moment's state tells: see [memory.of].
func (k *memory) guess() *texts {
	if t := k.newest.Load(); t != nil {
		return t
	}
	return newTexts(textsAt{version: -1})
}

// of is what is kept of a state.
func (k *memory) of(st news.State) *texts {
	at := textsAt{st.Texts, st.Epoch}
	for {
		t := k.newest.Load()
		if t != nil && t.at == at {
			return t
		}
		next := newTexts(at)
		if t != nil && t.at.epoch == at.epoch && t.at.version > at.version {
			return next // what others look at is newer
		}
		if k.newest.CompareAndSwap(t, next) {
			return next
		}
	}
}

func (t *texts) principle(ref norms.Ref) *keptPrinciple {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.principles[ref]
}

func (t *texts) keepPrinciple(ref norms.Ref, p *keptPrinciple) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lines > mostLines {
		t.principles, t.lines = map[norms.Ref]*keptPrinciple{}, 0
	}
	t.principles[ref] = p
	t.lines += p.lines()
}

func (t *texts) ranks() map[int64]rankedName {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ranked
}

// keepNames adds names of organizations and sources, while there is room, and
// those of all principles, of which there are no more than texts have.
func (t *texts) keepNames(rows []nameRow) {
	ranked := rankedNames(rows)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(ranked) > 0 {
		t.ranked = ranked
	}
	for _, r := range rows {
		into := t.organizations
		switch r.Kind {
		case principle:
			continue
		case source:
			into = t.sources
		}
		if len(into) < mostNames {
			into[r.ID] = called{r.Slug, r.Name}
		}
	}
}
