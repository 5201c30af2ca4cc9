package store_test

import (
	"fmt"
	"testing"

	"normmap/internal/norms"
)

// nameless is an edit that nothing knows: it cannot be told from others when the
// changeset is opened, which is a fault of the program.
type nameless struct{}

func (nameless) Check() error { return nil }

// comes lets one more write who may panic.
func (c *crowd) comes(name string, waiting int, edit norms.Edit) {
	c.t.Helper()
	c.all.Go(func() {
		done, err := c.applyOrPanic(name, edit)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.done[name], c.errs[name] = done, err
	})
	until(c.t, fmt.Sprintf("%d wait", waiting), func() bool { return c.s.Waiting() == waiting })
}

func (c *crowd) applyOrPanic(name string, edit norms.Edit) (done norms.Applied, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panicked: %v", p)
		}
	}()
	return c.s.Apply(c.t.Context(), c.by, "Crowd "+name, []norms.Edit{edit})
}

// Whoever writes for others when the program fails leaves nobody waiting, and
// tells nobody that something was written which was not.
func TestAPanicWhileWritingForOthersIsToldToAll(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	for i, name := range []string{"leads", "good", "bad", "too"} {
		var edit norms.Edit = plain(name)
		if name == "bad" {
			edit = nameless{}
		}
		c.comes(name, i+1, edit)
	}
	c.unlock()
	c.all.Wait()
	for _, name := range []string{"leads", "good", "bad", "too"} {
		recorded := count(t, c.pool, "select count(*) from organization where slug = 'crowd-"+name+"'")
		if c.errs[name] == nil || c.done[name].Revision != 0 || recorded != 0 {
			t.Errorf("%s was told of revision %d and %v; %d are recorded", name, c.done[name].Revision, c.errs[name], recorded)
		}
	}
	if done := apply(t, c.s, c.by, plain("next")); done.Written != 1 || c.errs["first"] != nil {
		t.Errorf("the first was told %v, the next wrote %d", c.errs["first"], done.Written)
	}
}
