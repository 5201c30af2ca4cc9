// Package serve is what every page of the site needs.
//
// A request passes the middlewares in the order in which [Server.Around] lists
// them, then its route. What the parts that handle it tell each other is its
// [Visit]: who asks, in which form, about which time, and what is read. A
// [Handler] reads the request (list.go, text.go), asks the store and answers
// with [Server.Show] in whichever form was asked for, or returns an error.
// Errors become answers in errors.go and nowhere else; what was typed into a
// form is kept then (kept.go), and is there again after signing in (resume.go).
//
// What a visitor reads who is not signed in is a pure function of the address,
// the form asked for, the state of the record and the day. Such an answer is
// kept (asked.go says what of a request counts, send.go what of an answer) and
// given out again by observe, before anything else is done for a request, as
// long as it shows the newest state; which the store knows without asking (see
// store.Follow). A handler's pages are kept when [Server.Keeping] is around it,
// and nobody is signed in.
//
// The package knows no page: those are in the packages beside it.
package serve
