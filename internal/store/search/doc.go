// Package search finds things by words and by the numbers of principles, and
// suggests the principles that a text may be about.
package search
