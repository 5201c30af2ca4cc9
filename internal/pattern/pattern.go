// Package pattern compiles regular expressions when they are first used. What
// reads contributions has some hundred of them; a service that starts to show
// pages should not wait for those, nor hold them.
package pattern

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// Pattern is a regular expression in the syntax of package regexp, safe for use
// by many at once. Its methods are those of regexp.Regexp.
type Pattern struct {
	compiled func() *regexp.Regexp
}

// inTest has every pattern compiled at once, so that no test can miss a wrong one.
var inTest = strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New keeps an expression. One that is wrong panics as in regexp.MustCompile: in
// the service when it is first used, in a test binary at once.
func New(expression string) *Pattern {
	p := &Pattern{compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
	if inTest {
		p.compiled()
	}
	return p
}

// MatchString tells whether the expression is found in s.
func (p *Pattern) MatchString(s string) bool { return p.compiled().MatchString(s) }

// FindString is the first match, or "".
func (p *Pattern) FindString(s string) string { return p.compiled().FindString(s) }

// FindStringIndex is where the first match begins and ends, in bytes, or nil.
func (p *Pattern) FindStringIndex(s string) []int { return p.compiled().FindStringIndex(s) }

// FindStringSubmatch is the first match and its groups, or nil.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex is where the first match and its groups begin and end,
// in bytes, or nil.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}

// FindAllString are the first n matches, all with a negative n.
func (p *Pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }

// FindAllStringSubmatchIndex is where each of the first n matches and its groups
// begin and end.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString puts the replacement, in which $1 is a group, where the
// expression is found.
func (p *Pattern) ReplaceAllString(s, replacement string) string {
	return p.compiled().ReplaceAllString(s, replacement)
}

// Split cuts s where the expression is found, into at most n parts, all with a
// negative n.
func (p *Pattern) Split(s string, n int) []string { return p.compiled().Split(s, n) }
