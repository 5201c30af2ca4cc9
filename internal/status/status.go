// Package status is the one place from the domain's kinds of error to statuses
// of HTTP (RFC 9110), for every door that speaks it.
package status

import (
	"net/http"

	"normmap/internal/document"
	"normmap/internal/norms"
)

// Of is the status for a kind of error; 0 for none of them, which is a fault of
// the program's own. Where a version is named by If-Match, a stale one is a
// failed precondition (412) instead.
func Of(k norms.Kind) int {
	switch k {
	case norms.NotFound:
		return http.StatusNotFound
	case norms.Gone:
		return http.StatusGone
	case norms.Invalid:
		return http.StatusUnprocessableEntity
	case norms.Conflict, norms.Stale:
		return http.StatusConflict
	case norms.Forbidden:
		return http.StatusForbidden
	case norms.Unauthenticated:
		return http.StatusUnauthorized
	case norms.Malformed:
		return http.StatusBadRequest
	case norms.TooMany:
		return http.StatusTooManyRequests
	case norms.Unavailable:
		return http.StatusServiceUnavailable
	}
	return 0
}

// OfRefusal is the status for a file that is not read.
func OfRefusal(r document.Reason) int {
	switch r {
	case document.TooLarge, document.TooLong, document.TooMany, document.Bomb:
		return http.StatusRequestEntityTooLarge
	case document.Unsupported:
		return http.StatusUnsupportedMediaType
	default:
		return http.StatusUnprocessableEntity
	}
}
