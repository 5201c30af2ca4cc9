// Package proposals is edits that wait for somebody else: proposing and revising
// them, talking about them, deciding about each, and applying what was decided,
// or what nobody objected to in time.
package proposals
