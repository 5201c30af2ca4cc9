package store_test

import (
	"testing"

	"normmap/internal/norms"
)

// A claim has the same digest whatever the things are called of which it
// speaks, now and in the past.
func TestRenamingLeavesTheDigestOfAClaim(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	before := assessedLink(t, s, link)
	var edition, agreement, label string
	must(t, pool.QueryRow(t.Context(), `select n.agreement, n.edition, p.label from link l join principle_name n on n.id = l.principle_id
join principle p on p.id = n.id where l.id = $1`, link).Scan(&agreement, &edition, &label))
	for _, r := range [][3]string{
		{"initiative", before.Initiative, "other-work"}, {"organization", before.Asserter, "other-body"}, {"source", before.References[0].Source, "aaa-letter"},
		{"principle", agreement + "@" + edition + "/" + label, "other-label"}, {"edition", agreement + "/" + edition, "other-edition"}, {"agreement", agreement, "other-agreement"},
	} {
		renamed(t, s, pool, by, r[0], r[1], r[2])
		if now := assessedLink(t, s, link); now.ClaimDigest != before.ClaimDigest {
			t.Errorf("with another name of the %s: digest %s, before %s", r[0], now.ClaimDigest, before.ClaimDigest)
		}
	}
	now := assessedLink(t, s, link)
	if now.Initiative != "other-work" || now.References[0].Source != "aaa-letter" || now.Claim().Digest() != before.ClaimDigest {
		t.Errorf("what the claim says: %+v, with names that hold today in %+v", now.Claim(), now.LinkRow)
	}
	if then := assessedLink(t, earlierToo(t, s, pool).AsOf(1), link); then.ClaimDigest != before.ClaimDigest {
		t.Errorf("in the past: %s", then.ClaimDigest)
	}
	rewrite(t, pool, "update link set rationale = 'Another.', version = (select max(id) from changeset) where id = "+number(link))
	if now := assessedLink(t, s, link); now.ClaimDigest == before.ClaimDigest {
		t.Error("the claim changed and its digest did not")
	}
}

// A reader can tell a decision for from one against when it comes and goes.
func TestHistorySaysWhatWasDecided(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	for outside, want := range map[bool]string{true: "yes", false: "no"} {
		made := apply(t, s, by, aRuling(map[bool]string{true: "paris-call/4", false: "un-norms/13-a"}[outside], outside))
		gone := apply(t, s, by, norms.WithdrawAddresseeRuling{ID: made.IDs[0], Version: made.Revision})
		for rev, field := range map[int64]norms.Changed{made.Revision: {Field: "outside", After: want}, gone.Revision: {Field: "outside", Before: want}} {
			found := false
			for _, f := range read[norms.Changeset](t)(s.Changeset(t.Context(), rev, norms.Page{})).Changes[0].Fields {
				found = found || f == field
			}
			if !found {
				t.Errorf("changeset %d does not say %+v", rev, field)
			}
		}
	}
}
