// Package app is the program: its commands, how its parts are put together,
// and how they start and stop.
//
// [Main] is the whole of it, given arguments, environment and streams; so
// tests start the very same program. Each command is a file. They share the
// database of database.go: the one that was named, or the private one, whose
// server a running serve lends to the other commands.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage. An error is one line on stderr
// that says what was wrong and what to do.
package app
