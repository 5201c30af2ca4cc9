// Package site is the door for people: every page, and each page's data.
//
// A request passes the middlewares in the order in which [New] lists them,
// then one line of the table in routes.go, which names what the visitor must
// be allowed to do, then a handler. A handler reads the request, asks the
// store and answers with show in whichever form was asked for, or returns an
// error. Errors become answers in errors.go and nowhere else.
package site
