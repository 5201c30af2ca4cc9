// Package intake reads what tables that people send are held against: the
// things that their cells name, as the edits that would leave them as they are.
package intake
