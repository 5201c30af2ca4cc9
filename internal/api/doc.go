// Package api is the door for programs: reads of the whole record, the reader
// of citations, and edits of links, below /api/v1.
//
// Every operation is declared once, with the types that it takes and gives;
// routes, checks and the description at /api/v1/openapi.json follow from that
// and cannot drift apart. What is read are the read models of package norms.
//
// # The past
//
// Every read takes as_of, a revision, a day or an instant, and then answers
// with the record as it was recorded by then, dated by Memento-Datetime. What
// is read of the present is read from one snapshot, too. Nothing that writes
// takes as_of.
//
// # Errors
//
// Errors are problem documents (RFC 9457) with the content type
// application/problem+json. Their member errors names each wrong field by its
// location: body.principle, query.limit, header.If-Match. Their member
// reference is the request's number, under which the log has it; of faults of
// the program it is all that is told.
//
// # Writing
//
// Who writes sends an API token of an account (Authorization: Bearer nte_…).
// Cookies are not looked at, so no other site's page can write through a
// reader's browser. A link's ETag is its version; changes name it in If-Match.
package api
