package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// links lets several new links wait, by the principles to which they lead.
func (c *crowd) links(principles ...string) {
	c.t.Helper()
	for i, p := range principles {
		c.come(c.t.Context(), fmt.Sprint("link ", i), c.link(p))
	}
}

func (c *crowd) counted() {
	c.t.Helper()
	if wrong := read[[]string](c.t)(c.s.WrongTallies(c.t.Context())); len(wrong) != 0 {
		c.t.Errorf("these are wrong: %v", wrong)
	}
}

func TestNewLinksThatWaitAreWrittenTogether(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	c.links("paris-call/6", "paris-call/8", "paris-call/9", "gcsc/2")
	c.writes(map[string]norms.Kind{})
	c.counted()
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want 2", n)
	}
	for i := range 4 {
		done := c.done[fmt.Sprint("link ", i)]
		var version int64
		must(t, c.pool.QueryRow(t.Context(), "select version from link where id = $1", done.IDs[0]).Scan(&version))
		if version != done.Revision || done.Written != 1 {
			t.Errorf("told %+v of a link of version %d", done, version)
		}
	}
}

func TestAMistakeAmongNewLinksIsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]struct {
		principle string
		kind      norms.Kind
	}{
		"the same link again": {"paris-call/6", norms.Conflict},
		"no such principle":   {"paris-call/77", norms.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := waiting(t)
			c.links("paris-call/6", "paris-call/8", wrong.principle, "paris-call/9")
			c.writes(map[string]norms.Kind{"link 2": wrong.kind})
			c.counted()
		})
	}
}

// Whoever adds a link while others do is told it as it can be read.
func TestNewLinksAreToldAsTheyAreRecorded(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	told := make([]norms.AssessedLink, 3)
	for i, p := range []string{"paris-call/6", "gcsc/2", "paris-call/9"} {
		link := c.link(p)
		c.all.Go(func() {
			var err error
			if told[i], err = c.s.AddLink(t.Context(), c.by, "Crowd", link); err != nil {
				t.Error(err)
			}
		})
		until(t, "one more waits", func() bool { return c.s.Waiting() == i+1 })
	}
	c.unlock()
	c.all.Wait()
	for _, got := range told {
		if d := cmp.Diff(read[norms.AssessedLink](t)(c.s.AssessedLink(t.Context(), got.ID)), got); d != "" {
			t.Errorf("recorded (-) and told (+):\n%s", d)
		}
	}
}
