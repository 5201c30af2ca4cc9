package postgres

import "testing"

func TestPlansShowNoValues(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		`(slug = 'hunter2'::text)`:                      `(slug = ?::text)`,
		`(name = 'O''Hara, 7 Elm St'::text)`:            `(name = ?::text)`,
		`(name = E'a\\b'::text)`:                        `(name = E?::text)`,
		`(id = ANY ('{1,2}'::bigint[]))`:                `(id = ANY (?::bigint[]))`,
		`((link_1.id = 4711) AND (s.position < -12.5))`: `((link_1.id = ?) AND (s.position < -?))`,
		`(lower(l."where 2") ~~ '%x%'::text)`:           `(lower(l."where 2") ~~ ?::text)`,
	} {
		if got := masked(condition); got != want {
			t.Errorf("%s became %s, want %s", condition, got, want)
		}
	}
}
