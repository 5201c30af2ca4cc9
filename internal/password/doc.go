// Package password hashes passwords, verifies them and refuses those that are
// easy to guess.
//
// Hashes are argon2id in the PHC string form, with 19 MiB, two passes and one
// lane (OWASP's recommendation for servers that also have other work). A
// [Hasher] runs only a few at once: each costs memory and tens of milliseconds
// of a core, so a flood of sign-ins must queue, and then be turned away,
// instead of starving readers.
//
// Rules for new passwords follow ASVS 5.0 §6.2: at least 8 characters, long
// ones welcome, no rule of composition, and neither a common password nor one
// made of words that go with this service or the account ([Check]).
//
// Passwords are brought into Unicode normal form C everywhere, so that the
// same keys on another keyboard driver give the same password.
package password
