package synth_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"normmap/internal/norms"
	"normmap/internal/synth"
)

// register stands for the record: it gives out numbers and remembers what
// was written.
type register struct {
	next       int64
	changesets []synth.Changeset
}

func (r *register) door() synth.Door {
	return synth.Door{
		Write: func(c synth.Changeset) (norms.Applied, error) {
			r.changesets = append(r.changesets, c)
			done := norms.Applied{Revision: int64(len(r.changesets)), Written: len(c.Edits)}
			for range c.Edits {
				r.next++
				done.IDs = append(done.IDs, r.next)
			}
			return done, nil
		},
		Links: func(initiative string) ([]norms.LinkRow, error) {
			return []norms.LinkRow{{ID: int64(len(initiative)), Initiative: initiative}}, nil
		},
	}
}

func made(t *testing.T, o synth.Options) *register {
	t.Helper()
	r := &register{}
	if err := synth.Run(o, r.door()); err != nil {
		t.Fatal(err)
	}
	return r
}

func digest(t *testing.T, r *register) string {
	t.Helper()
	h := sha256.New()
	for _, c := range r.changesets {
		edits, err := norms.MarshalEdits(c.Edits)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(h, c.By, c.Reason, string(edits))
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestTheSameSeedMakesTheSameEdits(t *testing.T) {
	t.Parallel()
	first := digest(t, made(t, synth.Options{Links: 2000, Seed: 7}))
	if again := digest(t, made(t, synth.Options{Links: 2000, Seed: 7})); again != first {
		t.Errorf("the same seed: %s, then %s", first, again)
	}
	if other := digest(t, made(t, synth.Options{Links: 2000, Seed: 8})); other == first {
		t.Error("another seed makes the same")
	}
}

func TestEveryEditIsAGoodOne(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for _, c := range made(t, synth.Options{Links: 4000, Seed: 1}).changesets {
		for _, e := range c.Edits {
			kinds[norms.EditName(e)]++
			if err := e.Check(); err != nil {
				t.Errorf("%s: %v", norms.EditName(e), err)
			}
		}
		if len(c.Edits) > 2000 || len(c.Edits) == 0 || c.Done > c.Of {
			t.Errorf("%q has %d edits and says that %d of %d are done", c.Reason, len(c.Edits), c.Done, c.Of)
		}
	}
	for _, kind := range []string{"put_agreement", "put_principle", "put_numbering", "put_organization", "put_source", "put_adherence", "put_initiative",
		"put_citation_line", "put_link", "put_crosswalk", "put_statement", "put_assessment", "put_answer", "withdraw_link", "withdraw_adherence", "rename"} {
		if kinds[kind] == 0 {
			t.Errorf("there is no %s", kind)
		}
	}
}

func TestTheRecordLooksLikeTheForums(t *testing.T) {
	t.Parallel()
	cited, citations, chinese, long, initiatives := map[string]int{}, 0, 0, 0, 0
	for _, c := range made(t, synth.Options{Links: 10_000, Seed: 3}).changesets {
		for _, e := range c.Edits {
			switch e := e.(type) {
			case norms.PutCitationLine:
				for _, r := range e.References {
					for _, l := range r.Labels {
						cited[r.Agreement+"/"+l]++
						citations++
					}
				}
			case norms.PutInitiative:
				if e.Version != 0 {
					continue
				}
				initiatives++
				if n := utf8.RuneCountInString(e.Summary); n > 500 && n < 900 {
					long++
				}
				if strings.Contains(e.Summary, "。") {
					chinese++
				}
			}
		}
	}
	most := 0
	for _, n := range cited {
		most = max(most, n)
	}
	if share := float64(most) / float64(citations); share < 0.10 || share > 0.15 {
		t.Errorf("the principle that is cited most has %.3f of all citations", share)
	}
	if len(cited) < 600 || initiatives != 2500 || chinese == 0 || long < initiatives*8/10 {
		t.Errorf("%d principles cited; %d initiatives, %d in Chinese, %d of the usual length", len(cited), initiatives, chinese, long)
	}
}

func TestTheDoorsErrorEndsIt(t *testing.T) {
	t.Parallel()
	shut := errors.New("shut")
	r := &register{}
	d := r.door()
	write := d.Write
	d.Write = func(c synth.Changeset) (norms.Applied, error) {
		if len(r.changesets) == 5 {
			return norms.Applied{}, shut
		}
		return write(c)
	}
	if err := synth.Run(synth.Options{Links: 1000}, d); !errors.Is(err, shut) || len(r.changesets) != 5 {
		t.Errorf("after %d changesets: %v", len(r.changesets), err)
	}
	if err := synth.Run(synth.Options{Links: 10}, r.door()); err == nil || !strings.Contains(err.Error(), "too few") {
		t.Errorf("a record that is too small: %v", err)
	}
}
