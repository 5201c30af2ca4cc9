package site

import (
	"net/http"
	"net/url"

	"normmap/internal/account"
	"normmap/web/page"
)

// handler answers a request, or says by an error why not.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is one line of the table: who may do what where.
type route struct {
	method, pattern string
	needs           account.Action
	refill          handler    // of a form: shows it with what was typed; nil where that is kept to be sent again
	tells           tellsTyped // of a form; nil where nothing but the form itself can tell
	many            bool       // a form about many things at once
	past            bool       // takes as_of
}

// tellsTyped says what was typed into a form in the words of the form, and
// which fields that covers.
type tellsTyped func(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error)

// enterRoute notes which route a request takes, for all that answer it.
func enterRoute(o route) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			v := visitOf(r)
			v.route, v.needs = o, o.needs
			next.ServeHTTP(w, r)
		})
	}
}

// changesRecord tells whether a form of the route is about the record.
func (o route) changesRecord() bool { return o.method == http.MethodPost && ofRecord(o.needs) }

// ofRecord tells actions on the record from those on accounts, whose forms hold
// secrets.
func ofRecord(a account.Action) bool {
	switch a {
	case account.ProposeEdits, account.EditMappings, account.RevertChangesets, account.DecideProposals, account.AnswerForOrganization:
		return true
	}
	return false
}
