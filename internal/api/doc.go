// Package api is the door for programs: reads of the whole record, the reader
// of citations, and every edit and proposal, below /api/v1.
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
// reader's browser. A token does what both its scopes and the role of its
// account allow at that moment.
//
// Any list of edits is one changeset, all or nothing (changeset_write.go), or a
// proposal (proposal.go). The edits are those of package norms in their stable
// form; their schemas are made from its types (edit.go), and what they may say
// is left to their own checks. One thing at a time is put by the same edits:
// things.go is the table of kinds, and a new kind is one line there.
//
// A thing's ETag is its version and the revision that was shown, "12-345",
// since what is shown beside the thing changes with the record; If-Match
// compares the version only and takes "12", too. A link's ETag is its version
// alone, as it was promised first.
//
// Who sends Idempotency-Key may send a request again without harm: the answer
// is kept in the transaction of what it answers to, with everything that was
// written, so both are there or neither (write.go, store.Once).
package api
