// Package metrics counts what one running service does, in the form that
// Prometheus reads.
//
// The names follow its conventions: base units, _total on what only grows,
// everything of our own begins with normmap_. Each service has a registry of
// its own, so two of them in one process, as in tests, do not meet.
//
// Labels hold nothing that a client makes up, because each new value is kept
// for ever and scraped by others: routes are the patterns of the route table
// ("/setup/{secret}"), never addresses; unknown methods and addresses share
// one value.
package metrics
