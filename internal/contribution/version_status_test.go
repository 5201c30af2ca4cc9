package contribution_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/contribution"
)

// A new version that says another status of a recorded initiative is told so;
// nothing is changed by itself.
func TestANewVersionThatSaysAnotherStatusIsToldSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const before = `# What we do

- Transparency reports. We will publish the first one by June 2021 (Paris Call principle 5).
- Courses. We will train judges by the end of 2022 (Paris Call principle 3).
- Guides. We will write a guide for schools by May 2023 (Paris Call principle 1).
- Judges. We will train them. It is due by the end of 2022 (Paris Call principle 8).
- Fund. We pay for audits of small firms (Paris Call principle 6). It is open to all.
- Atlas. We will publish an atlas of attacks by May 2026 (Paris Call principle 4).
- Help desk. We run a help desk for hospitals in three counties (Paris Call principle 2).
`
	after := strings.NewReplacer("will publish the first one by June 2021", "published the first one in May 2021",
		"train judges by the end of 2022", "train judges by the end of 2023", "It is due by the end of 2022", "It is due by the end of 2026",
		"It is open to all", "It ended in 2023", "We run a help desk for hospitals in three counties", "We will run a help desk for hospitals in all counties by 2025").Replace(before)
	source := d.sends("letter.md", before)
	d.accepts(source.Proposal)
	r, c := d.looksAt("letter2.md", after, source.Source)
	edits, err := r.Edits(t.Context(), c, today)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range edits.Left {
		if p.Kind != contribution.StatusChanged {
			t.Errorf("left is %+v", p)
		}
		what, _, _ := strings.Cut(p.What, ": look")
		told = append(told, p.Text+" — "+what)
	}
	want := []string{
		"Transparency reports. We published the first one in May 2021 — “Transparency reports” is recorded as planned, due by 2021-06, and what the document now says of it promises nothing",
		"We will train — “Courses” is recorded as planned, due by 2022, and the document now says that it is planned, due by 2023",
		"We will train — “Judges” is recorded as planned, due by 2022, and the document now says that it is planned, due by 2026",
		"It ended in 2023 — “Fund” is recorded as ongoing, and the document says that it is ended",
		"We will run — “Help desk” is recorded as ongoing, and the document speaks of the future here",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("told (-want +got)\n%s", diff)
	}
	if len(edits.List) != 1 {
		t.Errorf("proposed are %d edits, want the text alone", len(edits.List))
	}
}
