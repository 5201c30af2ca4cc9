package synth

import (
	"math"
	"math/rand/v2"
	"slices"
)

// The kinds of things that are left to chance, each with numbers of its own.
const (
	kindOrder = iota + 1
	kindAgreement
	kindPrinciple
	kindOrganization
	kindSource
	kindAdherence
	kindInitiative
	kindLine
	kindLink
	kindCrosswalk
	kindStatement
	kindAssessment
	kindChange
)

// rand is the chance of the thing number i of a kind: always the same.
func (w *world) rand(kind, i int) *rand.Rand {
	return rand.New(rand.NewPCG(scramble(w.seed), scramble(uint64(kind)<<48^uint64(i))))
}

// scramble makes neighbouring numbers look unrelated (SplitMix64).
func scramble(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// one chooses one of several.
func one[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// percent is true in so many cases of a hundred.
func percent(r *rand.Rand, n int) bool { return r.IntN(100) < n }

// zipf chooses ranks from 0 by Zipf's law.
type zipf struct{ upTo []float64 } // the share of all ranks up to each

// exponent is that of the distribution of links over principles.
const exponent = 1.05

func newZipf(n int) *zipf {
	z := &zipf{make([]float64, n)}
	sum := 0.0
	for i := range z.upTo {
		sum += math.Pow(float64(i+1), -exponent)
		z.upTo[i] = sum
	}
	for i := range z.upTo {
		z.upTo[i] /= sum
	}
	return z
}

func (z *zipf) one(r *rand.Rand) int {
	at, _ := slices.BinarySearch(z.upTo, r.Float64())
	return min(at, len(z.upTo)-1)
}

// several chooses n different ranks, or all when there are not as many.
func (z *zipf) several(r *rand.Rand, n int) []int {
	out := make([]int, 0, n)
	for n = min(n, len(z.upTo)); len(out) < n; {
		if rank := z.one(r); !slices.Contains(out, rank) {
			out = append(out, rank)
		}
	}
	return out
}
