// Package proposals is where proposed edits are read, corrected in forms made
// from the edits themselves, talked about and decided.
package proposals
