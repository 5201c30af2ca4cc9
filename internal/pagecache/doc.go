// Package pagecache keeps finished pages in memory, in the codings in which they
// are sent.
//
// A page is a pure function of its address, the form asked for, and a Version:
// the state of the record, the program and the day. It is kept under the first
// two, which are its key, together with the version that it shows; and it is
// given out only to whoever asks for exactly that version, which is the newest
// that was known when the request came. So a page whose making began before
// something was written is not given to anybody who asks after that.
//
// What is kept is bounded in bytes. What goes when room is needed is decided as
// in S3-FIFO (Yang et al., 2023): a page has to be asked for again before it may
// displace pages that are asked for often, so that a crawler who walks through
// all pages once leaves the popular ones where they are.
//
// A page that is asked for by many at once is made once. The package runs no
// goroutine.
package pagecache
