package coding_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"normmap/internal/coding"
)

func TestAcceptedCoding(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]coding.Coding{
		"":                               coding.Identity,
		"br":                             coding.Brotli,
		"gzip":                           coding.Gzip,
		"gzip, deflate, br, zstd":        coding.Brotli,
		"gzip, deflate":                  coding.Gzip,
		"GZIP;Q=0.5,BR;q=0.4":            coding.Gzip,
		"br;q=0":                         coding.Identity,
		"br;q=0, gzip":                   coding.Gzip,
		"br; q=0.0, *":                   coding.Gzip,
		"*":                              coding.Brotli,
		"*;q=0":                          coding.Identity,
		"identity":                       coding.Identity,
		"identity;q=0.5, gzip;q=0.2":     coding.Identity,
		"identity;q=0":                   coding.Identity, // nothing else is named, and an answer is due
		"identity;q=0, gzip;q=0.1":       coding.Gzip,
		"br;q=1.5, gzip":                 coding.Gzip,
		"br;q=, deflate":                 coding.Identity,
		"brotli, xgzip":                  coding.Identity,
		"deflate;q=1, gzip;q=0.999,br;v": coding.Brotli,
	} {
		if got := coding.Accepted([]string{header}); got != want {
			t.Errorf("%q: %q, want %q", header, got.Name(), want.Name())
		}
	}
	if got := coding.Accepted(nil); got != coding.Identity {
		t.Errorf("without the header: %q", got.Name())
	}
	if got := coding.Accepted([]string{"gzip", "br"}); got != coding.Brotli {
		t.Errorf("two lines: %q", got.Name())
	}
}

// Whatever is encoded comes back.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	word := strings.Fields("the norms of <li> behaviour in cyberspace </li> — “États” 第一 \x00\xff <a href=\"/agreements\">")
	for size := range 60 {
		var b bytes.Buffer
		for range size * size * 3 {
			b.WriteString(word[random.IntN(len(word))])
			b.WriteByte(byte(random.IntN(256)))
		}
		for _, c := range []coding.Coding{coding.Brotli, coding.Gzip, coding.Identity} {
			for _, e := range []coding.Effort{coding.Quick, coding.Once} {
				if e == coding.Once && size%20 != 19 {
					continue // takes its time
				}
				got, err := coding.Decode(c, coding.Encode(c, b.Bytes(), e))
				if err != nil || !bytes.Equal(got, b.Bytes()) {
					t.Errorf("%d bytes in %q: %v, %d bytes", b.Len(), c.Name(), err, len(got))
				}
			}
		}
	}
}

func TestWhatIsNotCodedIsAnError(t *testing.T) {
	t.Parallel()
	for _, c := range []coding.Coding{coding.Brotli, coding.Gzip} {
		whole := coding.Encode(c, []byte(strings.Repeat("norms ", 500)), coding.Quick)
		for what, body := range map[string][]byte{"text": []byte("<!DOCTYPE html>"), "half": whole[:len(whole)/2]} {
			if _, err := coding.Decode(c, body); err == nil {
				t.Errorf("%s: %s is taken for %s", c.Name(), what, c.Name())
			}
		}
	}
}
