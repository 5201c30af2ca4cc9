// Package site is the door for people: every page, and each page's data.
//
// A request passes the middlewares in the order in which [New] lists them,
// then one line of the table in routes.go, which names what the visitor must
// be allowed to do, then a handler. A handler reads the request, asks the
// store and answers with show in whichever form was asked for, or returns an
// error. Errors become answers in errors.go and nowhere else.
//
// What a visitor reads who is not signed in is a pure function of the address,
// the form asked for, the state of the record and the day. Such an answer is
// kept (asked.go says what of a request counts, send.go what of an answer) and
// given out again by observe, before anything else is done for a request, as
// long as it shows the newest state; which the store knows without asking (see
// store.Follow). A route's pages are kept when it is registered with browse or
// public, and nobody is signed in.
package site
