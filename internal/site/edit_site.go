package site

// editSite is the part of the site with the forms that edit the record.
type editSite struct {
	*formSite
	proposals *proposalSite
}

// newEditSite makes it.
func newEditSite(s *formSite, proposals *proposalSite) *editSite {
	return &editSite{s, proposals}
}

// plain makes the plain form of a kind of thing, which is read from the record
// as it is now or as it was.
func (s *editSite) plain(of func(*editSite) editor) editorOf {
	return func(f *formSite) editor { return of(&editSite{f, s.proposals}) }
}
