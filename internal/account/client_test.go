package account_test

import (
	"testing"

	"normmap/internal/account"
)

func TestClientKey(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, ip, peer, want string }{
		{"found behind a proxy", "203.0.113.9", "192.0.2.1:4711", "203.0.113.9"},
		{"the proxy told none", "", "192.0.2.1:4711", "192.0.2.1"},
		{"the proxy told nonsense", "unknown", "192.0.2.1:4711", "192.0.2.1"},
		{"IPv6 counts by its network", "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"},
		{"a neighbour in it", "2001:db8:1:2::1", "", "2001:db8:1:2::/64"},
		{"IPv6 peer", "", "[2001:db8::1]:4711", "2001:db8::/64"},
		{"IPv6 peer with a zone", "", "[fe80::1%eth0]:4711", "fe80::/64"},
		{"IPv4 written as IPv6", "::ffff:203.0.113.9", "", "203.0.113.9"},
		{"neither", "", "@", ""},
	}
	for _, test := range tests {
		if got := account.ClientKey(test.ip, test.peer); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
