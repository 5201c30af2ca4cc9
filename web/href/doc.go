// Package href holds every address of the service as a plain function, so that
// no page, handler or test writes one by hand and a renamed address is renamed
// once.
//
// All functions return an absolute path on this host. They never fail: values
// are escaped, and what cannot be an address leads to the nearest list.
package href
