package ui

import "net/url"

// Figure is a number of the record with what it counts.
type Figure struct {
	Value int
	Label string
	Href  string // where the number can be followed, "" = nowhere
}

// host is what a link to the outside shows when nothing else is known.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

func labelOr(label, address string) string {
	if label == "" {
		return host(address)
	}
	return label
}
