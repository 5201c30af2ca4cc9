package page

// PrincipleList takes many principles of an edition at once and shows what
// was read before it is saved.
type PrincipleList struct {
	EditForm
	Lines   []ListedPrinciple // none until the list was read
	New     int               // how many of them are not recorded yet
	Mark    string            // stands for what would be saved
	Changed bool              // that is not what was shown before
}

// ListedPrinciple is a line of the list as it was read.
type ListedPrinciple struct {
	Number, Label, Title string
	Summary              string
	Recorded             string // title that is recorded under this number already; such a line is left alone
}
