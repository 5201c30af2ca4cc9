// Package coding knows the content codings (RFC 9110, section 8.4) in which
// answers are sent: which of them a client takes, and how to get from one to
// another. It is for bodies that are whole and in memory, and sent many times.
package coding

import (
	"strconv"
	"strings"
)

// Coding is a content coding.
type Coding uint8

// The codings, in the order in which ties are settled.
const (
	Brotli Coding = iota
	Gzip
	Identity

	Count = 3
)

// Name is what Content-Encoding calls it; "" for Identity, which is not named.
func (c Coding) Name() string { return [Count]string{"br", "gzip", ""}[c] }

// Accepted chooses a coding by the values of Accept-Encoding (RFC 9110, section
// 12.5.3). A client who says nothing, or refuses everything, gets Identity.
func Accepted(header []string) Coding {
	if len(header) == 0 {
		return Identity
	}
	wanted := [Count]int{unsaid, unsaid, unsaid}
	others := unsaid
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			name, q := preference(part)
			switch {
			case strings.EqualFold(name, "br"):
				wanted[Brotli] = q
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				wanted[Gzip] = q
			case strings.EqualFold(name, "identity"):
				wanted[Identity] = q
			case name == "*":
				others = q
			}
		}
	}
	return best(wanted, others)
}

// unsaid is the weight of what the client does not name.
const unsaid = -1

// best is the coding with the greatest weight. Identity that is not named is
// taken when there is nothing else.
func best(wanted [Count]int, others int) Coding {
	chosen, weight := Identity, 0
	for c := range Coding(Count) {
		q := wanted[c]
		if q == unsaid && c != Identity {
			q = others
		}
		if q > weight {
			chosen, weight = c, q
		}
	}
	return chosen
}

// preference reads one part of the header; the weight is in thousandths.
func preference(part string) (name string, q int) {
	name, params, weighted := strings.Cut(part, ";")
	name = strings.TrimSpace(name)
	if !weighted {
		return name, 1000
	}
	key, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(strings.TrimSpace(key), "q") {
		return name, 1000
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || f < 0 || f > 1 {
		return name, 0
	}
	return name, int(f * 1000)
}
