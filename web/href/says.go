package href

// Statements lists what organizations say about elements, agreements and
// principles.
func Statements() string { return "/statements" }

// Statement is one of them.
func Statement(id int64) string { return Statements() + "/" + number(id) }

// StatementNew is the form for a new statement.
func StatementNew() string { return Statements() + "/new" }

// StatementEdit is the form that changes or withdraws a statement.
func StatementEdit(id int64) string { return Statement(id) + "/edit" }

// Crosswalk lists how principles of different texts stand to each other.
func Crosswalk() string { return "/crosswalk" }

// CrosswalkOf is the same read from one principle; ref as for Principle.
func CrosswalkOf(ref string) string { return With(Crosswalk(), "principle", ref) }

// CitedTogether lists the principles that contributors cite together.
func CitedTogether() string { return Crosswalk() + "/cited-together" }

// CrosswalkNew is the form for a new row of the crosswalk.
func CrosswalkNew() string { return Crosswalk() + "/new" }

// CrosswalkEdit is the form that changes or withdraws a row of the crosswalk.
func CrosswalkEdit(id int64) string { return Crosswalk() + "/" + number(id) + "/edit" }
