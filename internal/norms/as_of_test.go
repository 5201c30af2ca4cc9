package norms_test

import (
	"testing"
	"time"

	"normmap/internal/norms"
)

func TestAQuestionAboutThePastIsARevisionADayOrAMoment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		asked string
		want  norms.AsOf
	}{
		{"12", norms.AsOf{Revision: 12}},
		{"2026", norms.AsOf{Revision: 2026}},
		{"2026-11-22", norms.AsOf{At: time.Date(2026, 11, 22, 23, 59, 59, 999999999, time.UTC)}},
		{"2024-02-29", norms.AsOf{At: time.Date(2024, 2, 29, 23, 59, 59, 999999999, time.UTC)}},
		{"2026-11-22T09:30:00Z", norms.AsOf{At: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}},
		{"2026-11-22T09:30:00.5+02:00", norms.AsOf{At: time.Date(2026, 11, 22, 7, 30, 0, 5e8, time.UTC)}},
	}
	for _, tt := range tests {
		got, err := norms.ParseAsOf(tt.asked)
		if err != nil || got.Revision != tt.want.Revision || !got.At.Equal(tt.want.At) {
			t.Errorf("ParseAsOf(%q) = %v, %v; want %v", tt.asked, got, err, tt.want)
		}
	}
}

func TestWhatIsYetToComeCannotBeAsked(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	for asked, want := range map[string]norms.Kind{
		"2026-11-22": 0, "2026-11-22T09:30:00Z": 0, "2026-11-22T10:30:00+01:00": 0, "999": 0, "2001-09-09": 0,
		"2026-11-23": norms.NotFound, "2026-11-22T09:30:01Z": norms.NotFound, "2999-01-01": norms.NotFound, "x": norms.Malformed,
	} {
		if _, err := norms.AskedAsOf([]string{asked}, now); norms.KindOf(err) != want {
			t.Errorf("%s: %v, want kind %d", asked, err, want)
		}
	}
	for _, asked := range [][]string{nil, {"1", "2"}, {"1", "1"}} {
		if _, err := norms.AskedAsOf(asked, now); norms.KindOf(err) != norms.Malformed {
			t.Errorf("%v: %v, want it refused", asked, err)
		}
	}
}

func TestWhatIsNoMomentIsRefused(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{"", "0", "-3", "+3", "1.5", "yesterday", "2026-11", "2026-13-01", "2025-02-29", "22.11.2026", "99999999999999999999", " 12"} {
		if got, err := norms.ParseAsOf(asked); norms.KindOf(err) != norms.Malformed {
			t.Errorf("ParseAsOf(%q) = %v, %v; want it refused", asked, got, err)
		}
	}
}
