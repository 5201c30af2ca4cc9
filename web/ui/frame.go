package ui

import (
	"context"
	"strings"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/words"
)

// Crumb is one step of the breadcrumb.
type Crumb struct {
	Label string
	Href  string // "" for the page itself
}

// Frame is everything that the shell around a page needs.
type Frame struct {
	Title     string        // of the window; the page writes its own h1
	Path      string        // of this page, canonical and without suffix
	Crumbs    []Crumb       // after the start page, down to this page
	Actor     account.Actor // zero = visitor
	Desk      account.Desk  // what waits for the actor
	Into      string        // the proposal to which a form's edits are to be added, "" when nobody said
	Data, CSV string        // addresses of this page as .json and .csv, "" = none
	Revision  int64         // the record's, 0 = not shown
	Notice    string        // shown once after a save
	Wrote     int64         // changeset that the notice is about, 0 = none
	Permalink string        // absolute address, "" = not shown
	State     string        // absolute address of the state of the record that is shown, "" = none
	Past      *norms.Moment // that is shown, nil = the present
	Present   string        // address of a page about the past without the past
	Feed      string        // address of the changes that go with the page, for feed readers; "" = none

	Description string // of what the page is about, "" = its title says it
}

// Editor tells whether the reader may change mappings, or propose to, and so
// sees the links that lead to forms. There are none in the past.
func (f Frame) Editor() bool { return f.Past == nil && f.Actor.Can(account.ProposeEdits) }

// Publisher tells whether what the reader saves is published at once.
func (f Frame) Publisher() bool { return f.Past == nil && f.Actor.Can(account.EditMappings) }

// Reviewer tells whether the page may offer what only a reviewer does.
func (f Frame) Reviewer() bool { return f.Past == nil && f.Actor.Can(account.DecideProposals) }

// Answerer tells whether the reader may answer for an organization.
func (f Frame) Answerer() bool { return f.Past == nil && f.Actor.Can(account.AnswerForOrganization) }

// Reverter tells whether the reader may take changesets back.
func (f Frame) Reverter() bool { return f.Past == nil && f.Actor.Can(account.RevertChangesets) }

// proposals names the list of proposals, for those who decide with how many
// wait for them.
func (f Frame) proposals(ctx context.Context) string {
	if f.Desk.ToReview == 0 {
		return words.Text(ctx, "proposals.title")
	}
	return words.Text(ctx, "proposals.menu", "Number", Number(f.Desk.ToReview))
}

// ReadsDossier tells whether the page may lead to the dossier of an organization.
func (f Frame) ReadsDossier(organization string) bool {
	return f.Past == nil && f.Actor.ReadsDossier(organization)
}

// toAnswer are the assessments that the reader's organization did not answer.
func (f Frame) toAnswer() string { return href.Dossier(f.Actor.Organization) + "#waiting" }

func (f Frame) admin() bool { return f.Actor.Can(account.ManageAccounts) }

func (f Frame) windowTitle(ctx context.Context) string {
	if f.unnamed() {
		return SiteName
	}
	return words.Text(ctx, "shell.window", "Title", f.Title, "Site", SiteName)
}

// unnamed tells whether the window has no title but the site's.
func (f Frame) unnamed() bool { return f.Title == "" || f.Title == SiteName }

// current is the value of aria-current for a link of the navigation: page on
// the page itself, true on those below it.
func (f Frame) current(address string) string {
	switch {
	case f.Path == address:
		return "page"
	case strings.HasPrefix(f.Path, address+"/"):
		return "true"
	}
	return "false"
}

// SiteName is what the service calls itself.
const SiteName = "Norms to Evidence"

// htmxConfig forbids the one thing that the script would add by itself.
const htmxConfig = `{"includeIndicatorCSS":false}`

// navigation leads to the parts of the site, by the names that the catalogue has
// for them: first what most readers come for, then, in a quieter row, what it
// rests on and what is said about it.
var navigation = [][]struct{ name, href string }{
	{
		{"agreements", href.Agreements()},
		{"organizations", href.Organizations()},
		{"initiatives", href.Initiatives()},
		{"coverage", href.Coverage()},
		{"gaps", href.Gaps()},
		{"changes", href.Changes()},
	},
	{
		{"elements", href.Elements()},
		{"statements", href.Statements()},
		{"crosswalk", href.Crosswalk()},
		{"sources", href.Sources()},
		{"data", href.Data()},
		{"method", href.Method()},
	},
}

// Number writes n with separators: 12,345.
func Number[T int | int64](n T) string { return words.Number(n) }
