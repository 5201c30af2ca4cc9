package serve

import (
	"net/http"
	"net/url"
)

// WouldLoseCookie refuses to sign someone in whose browser would drop the
// session's Secure cookie without a word: the page came over plain http from
// another machine. Browsers say so in the Origin of a form; programs send none.
func WouldLoseCookie(r *http.Request) error {
	from, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || from.Scheme != "http" || loopback(from.Host) {
		return nil
	}
	return Refused(http.StatusForbidden, "your browser would not keep you signed in over plain http; nothing was changed. "+
		"Open this page over https, or on the machine itself at http://127.0.0.1")
}
