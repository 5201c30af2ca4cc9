package norms

import (
	"strings"
	"time"
)

// MaxReason is the longest reason of a changeset, in code points.
const MaxReason = 2000

// CheckReason says what is wrong with the reason of a changeset, which
// everybody can read.
func CheckReason(reason string) error {
	var c checks
	if strings.TrimSpace(reason) == "" {
		c.add("reason", "is missing: say why, in a few words")
	} else {
		c.text("reason", reason, MaxReason)
	}
	return c.err()
}

// Revert asks to take one changeset back: every row that it wrote gets the
// values from before, unless someone changed that row since.
type Revert struct {
	Changeset int64 `json:"changeset"`
}

// Check implements Edit.
func (e Revert) Check() error {
	if e.Changeset <= 0 {
		return Field("changeset", "is missing")
	}
	return nil
}

// Thing names one recorded row in words, for reports, histories and diffs.
type Thing struct {
	Kind string `json:"kind"` // the table's word: link, initiative, adherence …
	ID   int64  `json:"id"`
	Name string `json:"name"` // as people would say it
	Key  string `json:"key"`  // slug, ref or number under which its page is found
}

// Changed is one field's difference.
type Changed struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Change is what one changeset did to one row.
type Change struct {
	Thing  Thing     `json:"thing"`
	Action string    `json:"action"` // added, changed or withdrawn
	Fields []Changed `json:"fields"`
}

// ChangesetRow is a changeset in lists.
type ChangesetRow struct {
	ID         int64     `json:"id"`
	By         string    `json:"by"` // a name; "seed files" for the seeds
	ByID       int64     `json:"-"`  // of the account, 0 for the seeds
	Reason     string    `json:"reason"`
	At         time.Time `json:"at"`
	Rows       int       `json:"rows"` // rows added, changed or withdrawn
	Reverts    int64     `json:"reverts"`
	RevertedBy int64     `json:"reverted_by"`
	RestoredBy int64     `json:"-"` // took back the one that had taken it back

	// Of a changeset that was made of a proposal; By is then who decided.
	Proposal   int64  `json:"proposal,omitempty"`
	ProposedBy string `json:"proposed_by,omitempty"`
	BySilence  bool   `json:"by_silence,omitempty"` // nobody objected until a day set before; By had set it
	Approved   string `json:"approved,omitempty"`   // SHA-256 of the edits that were approved, in hexadecimal
}

// Changeset is one changeset with its rows before and after, a page of them at
// a time: Next is the cursor of the following page or nil on the last.
type Changeset struct {
	ChangesetRow
	Changes []Change `json:"changes" db:"-"`
	More    int      `json:"more" db:"-"` // changes after those listed
	Next    *string  `json:"next" db:"-"`
}

// Limits of a page of a history: rows of one changeset, and rows in all.
const (
	HistoryRowsEach = 50
	HistoryRows     = 200
)

// History is what happened to one thing, newest first. Its Next leads to what
// is older.
type History struct {
	Thing   Thing          `json:"thing"`
	Total   int            `json:"total"` // changesets
	Entries []HistoryEntry `json:"entries"`
	Next    *string        `json:"next"`
}

// HistoryEntry is one changeset's part in a thing's history.
type HistoryEntry struct {
	Changeset ChangesetRow `json:"changeset"`
	Rows      int          `json:"rows"`    // that it wrote of the thing
	Changes   []Change     `json:"changes"` // the first of them
}

// Outcome is what one edit would do if it were applied now, on top of the
// edits before it.
type Outcome struct {
	Changes   []Change `json:"changes"`    // rows that it would write; none when it has nothing to change
	LeftAlone []Thing  `json:"left_alone"` // reverts only: rows changed since
	Problem   *Error   `json:"-"`          // why it cannot be applied; nil when it can
}

// Applied reports what a list of edits did.
type Applied struct {
	Revision  int64   `json:"revision"`  // the new changeset, 0 when nothing had to change
	Written   int     `json:"written"`   // edits that changed something
	Kept      []Thing `json:"kept"`      // seeds only: things last changed by a person, left alone
	Conflicts []Thing `json:"conflicts"` // reverts only: rows changed since, left alone
	IDs       []int64 `json:"ids"`       // per edit: the row it wrote, 0 when it has none
}
