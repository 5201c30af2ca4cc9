package href

import (
	"net/url"
	"strconv"
	"strings"

	"normmap/internal/norms"
)

// Home is the start page.
func Home() string { return "/" }

// Agreements lists all agreements.
func Agreements() string { return "/agreements" }

// Agreement is one agreement's page.
func Agreement(slug string) string { return Agreements() + part(slug) }

// AgreementHistory is what happened to the record of an agreement.
func AgreementHistory(slug string) string { return Agreement(slug) + "/history" }

// Edition is one dated text of an agreement.
func Edition(agreement, edition string) string {
	return Agreement(agreement) + "/editions" + part(edition)
}

// Principle is a principle's page. Ref is in its written form: paris-call/5
// for the current edition, gcsc@final-2019/6 for any.
func Principle(ref string) string {
	r, err := norms.ParseRef(ref)
	switch {
	case err != nil:
		return Agreements()
	case r.Edition == "":
		return Agreement(r.Agreement) + "/principles" + part(r.Label)
	}
	return Edition(r.Agreement, r.Edition) + "/principles" + part(r.Label)
}

// PrincipleHistory is what happened to the record of a principle.
func PrincipleHistory(ref string) string { return Principle(ref) + "/history" }

// Organizations lists all organizations.
func Organizations() string { return "/organizations" }

// Organization is one organization's page.
func Organization(slug string) string { return Organizations() + part(slug) }

// Dossier is what is recorded in the name of an organization, and what waits for
// it.
func Dossier(slug string) string { return Organization(slug) + "/dossier" }

// DossierForms are the forms in which a dossier is downloaded, edited and sent
// back.
var DossierForms = []string{"docx", "md", "csv"}

// DossierFile is the dossier of an organization as a file in one of these.
func DossierFile(slug, form string) string { return Dossier(slug) + "." + form }

// OrganizationHistory is what happened to the record of an organization.
func OrganizationHistory(slug string) string { return Organization(slug) + "/history" }

// Initiatives lists all initiatives.
func Initiatives() string { return "/initiatives" }

// Initiative is one initiative's page.
func Initiative(slug string) string { return Initiatives() + part(slug) }

// InitiativeHistory is what happened to the record of an initiative.
func InitiativeHistory(slug string) string { return Initiative(slug) + "/history" }

// Sources lists all sources.
func Sources() string { return "/sources" }

// Source is one source's page.
func Source(slug string) string { return Sources() + part(slug) }

// SourceText is a place in the text of a source, in code points.
func SourceText(slug string, place int) string {
	return With(Source(slug), "place", strconv.Itoa(place)) + "#" + TextPlace(place)
}

// EarlierText is a place in a text that a source does not hold any more, as of a
// revision at which it did.
func EarlierText(slug string, place int, revision int64) string {
	return With(Source(slug), "as_of", number(revision), "place", strconv.Itoa(place)) + "#" + TextPlace(place)
}

// Citation leads to the words in which something is cited, wherever they stand by
// now.
func Citation(id int64) string { return "/citations/" + number(id) }

// TextPlace names the place in the text that is shown on the page.
func TextPlace(place int) string { return "at-" + strconv.Itoa(place) }

// SourceHistory is what happened to the record of a source.
func SourceHistory(slug string) string { return Source(slug) + "/history" }

// Links lists the links between initiatives and principles.
func Links() string { return "/links" }

// Link is one link with what others make of it.
func Link(id int64) string { return Links() + "/" + number(id) }

// LinkHistory is what happened to the record of a link.
func LinkHistory(id int64) string { return Link(id) + "/history" }

// Gaps lists what has no recorded evidence and what is not resolved.
func Gaps() string { return "/gaps" }

// Changes lists the changesets, newest first.
func Changes() string { return "/changes" }

// Changeset is one changeset with its rows before and after, of many rows the
// first; the page leads on to the others.
func Changeset(id int64) string { return "/changesets/" + number(id) }

// ChangesSince lists the changesets after a revision.
func ChangesSince(revision int64) string { return With(Changes(), "since", number(revision)) }

// ChangesOf lists the changesets after a revision that touched a thing, in its
// written form: agreement/paris-call.
func ChangesOf(thing string, revision int64) string {
	return With(ChangesSince(revision), "thing", thing)
}

// ChangesFeed is the list of changes for feed readers.
func ChangesFeed() string { return Changes() + ".atom" }

// Happenings lists what happened in the world since a date.
func Happenings(since string) string { return With(Changes(), "happened_since", since) }

// Coverage is the matrix of principles and who reports evidence for them.
func Coverage() string { return "/coverage" }

// Search finds things by words, numbers and names.
func Search() string { return "/search" }

// Elements lists the themes that are looked for across agreements.
func Elements() string { return "/elements" }

// Element is one theme with its readings.
func Element(slug string) string { return Elements() + part(slug) }

// Data offers the whole record for download.
func Data() string { return "/data" }

// Method explains what is recorded, what counts and what the words mean.
func Method() string { return "/method" }

// Thing is the page of a recorded thing, or "" when it has none of its own.
func Thing(t norms.Thing) string {
	if t.Key == "" {
		return ""
	}
	switch t.Kind {
	case "agreement":
		return Agreement(t.Key)
	case "principle":
		return Principle(t.Key)
	case "organization":
		return Organization(t.Key)
	case "initiative":
		return Initiative(t.Key)
	case "source":
		return Source(t.Key)
	case "element", "element_reading":
		return Element(t.Key)
	case "statement":
		return Statements() + part(t.Key)
	case "crosswalk":
		return CrosswalkOf(t.Key)
	case "link", "assessment", "answer":
		return Links() + part(t.Key)
	case "cell_review", "addressee_ruling":
		return Principle(t.Key) + "#cells"
	}
	return ""
}

func part(s string) string { return "/" + url.PathEscape(s) }

func number(id int64) string { return strconv.FormatInt(id, 10) }

// Recorded is the page of what a kind and a key name in edits; for things
// without a page of their own it is the list of changes, which names them.
func Recorded(kind, key string) string {
	switch kind {
	case "agreement":
		return Agreement(key)
	case "organization":
		return Organization(key)
	case "initiative":
		return Initiative(key)
	case "source":
		return Source(key)
	case "element":
		return Element(key)
	case "principle":
		return Principle(key)
	case "edition":
		agreement, edition, _ := strings.Cut(key, "/")
		return Edition(agreement, edition)
	}
	return Changes()
}

// HistoryOf is the history of what a kind and a key name, "" where it has no
// page of its own.
func HistoryOf(kind, key string) string {
	switch kind {
	case "agreement", "organization", "initiative", "source", "principle":
		return Recorded(kind, key) + "/history"
	}
	return ""
}
