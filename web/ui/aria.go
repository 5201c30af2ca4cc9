package ui

import "github.com/a-h/templ"

// aria ties a control to its hint and its problem.
func (f Field) aria() templ.Attributes {
	a := templ.Attributes{}
	if ids := f.describedBy(); ids != "" {
		a["aria-describedby"] = ids
	}
	if f.Problem != "" {
		a["aria-invalid"] = "true"
	}
	return a
}
