package serve

import (
	"net/http"
	"net/url"

	"normmap/internal/account"
	"normmap/web/page"
)

// Handler answers a request, or says by an error why not.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line of the table: who may do what where.
type Route struct {
	Method, Pattern string
	Needs           account.Action
	Refill          Handler    // of a form: shows it with what was typed; nil where that is kept to be sent again
	Tells           TellsTyped // of a form; nil where nothing but the form itself can tell
	Many            bool       // a form about many things at once
	Past            bool       // takes as_of
	Files           bool       // a form that may hold a file
}

// TellsTyped says what was typed into a form in the words of the form, and
// which fields that covers.
type TellsTyped func(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error)

// EnterRoute notes which route a request takes, for all that answer it.
func EnterRoute(o Route) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			v := VisitOf(r)
			v.Route = o
			next.ServeHTTP(w, r)
		})
	}
}

// ChangesRecord tells whether a form of the route is about the record.
func (o Route) ChangesRecord() bool { return o.Method == http.MethodPost && ofRecord(o.Needs) }

// ofRecord tells actions on the record from those on accounts, whose forms hold
// secrets.
func ofRecord(a account.Action) bool {
	switch a {
	case account.ProposeEdits, account.EditMappings, account.RevertChangesets, account.DecideProposals, account.AnswerForOrganization:
		return true
	}
	return false
}
