package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
)

// Trying edits out costs the database; one account cannot keep it busy.
func TestTryingEditsOutIsLimitedByAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	for range looksPerMinute {
		h.get("/proposals/999").status(http.StatusNotFound)
	}
	h.get("/proposals/999").status(http.StatusTooManyRequests)
	h.get("/proposals").status(http.StatusOK)
	h.signIn(account.Contributor) // another one
	h.get("/proposals/999").status(http.StatusNotFound)
}
