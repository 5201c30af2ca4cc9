package href

import "strconv"

// ImportTable is the form by which tables are sent in.
func ImportTable() string { return Import() + "/table" }

// SentTable is a table that was sent in, while it waits to be proposed.
func SentTable(id int64) string { return ImportTable() + "/" + strconv.FormatInt(id, 10) }
