package main

import (
	"cmp"
	"math"
	"slices"
)

// series are the measurements of one thing, one for each round.
type series []float64

// percentile is the smallest measurement that at least so large a share of all
// is not above; 0 of none.
func percentile[T cmp.Ordered](all []T, share float64) T {
	if len(all) == 0 {
		var none T
		return none
	}
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	at := int(math.Ceil(share*float64(len(sorted)))) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}

// median is the one in the middle, or the mean of the two there.
func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

func (s series) least() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Min(s)
}

func (s series) most() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Max(s)
}

// over are the ratios of two series, round by round.
func (s series) over(limit series) series {
	var ratios series
	for i := range min(len(s), len(limit)) {
		if limit[i] != 0 {
			ratios = append(ratios, s[i]/limit[i])
		}
	}
	return ratios
}
