package pattern_test

import (
	"testing"

	"normmap/internal/pattern"
)

func TestAWrongPatternDoesNotPassATest(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a bracket that nobody closed was taken")
		}
	}()
	pattern.New(`(principle`)
}

func TestAPatternFinds(t *testing.T) {
	t.Parallel()
	if got := pattern.New(`(\w+) (\d)`).ReplaceAllString("principle 4", "$2. $1"); got != "4. principle" {
		t.Error(got)
	}
}
