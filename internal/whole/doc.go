// Package whole has net/http send a finished answer in one piece.
//
// A server of net/http writes to its connection each time that four kilobytes
// have come together, and again for the rest. Each write is a system call that
// wakes up the client, which is half of what a page out of memory costs. It also
// copies, sorts and checks all header fields of each answer, though most are the
// same every time. A Conn lets whoever answers say what is to come: the lines of
// the header that go unchanged into this answer, and the length of its body; so
// it is sent when it is complete.
//
// An answer of which nothing was said goes its usual way.
package whole
