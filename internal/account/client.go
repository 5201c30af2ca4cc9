package account

import "net/netip"

// ClientKey names the client of a request for counting what it does. ip is its
// address as found behind trusted proxies, "" if they told none; then peer, the
// address and port of the connection, stands for it. An IPv6 client is its /64,
// since it has as many addresses there as it likes. Clients of which neither is
// readable share the key "".
func ClientKey(ip, peer string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		port, err := netip.ParseAddrPort(peer)
		if err != nil {
			return ""
		}
		addr = port.Addr()
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}
