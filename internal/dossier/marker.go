package dossier

import (
	"fmt"
	"strconv"
	"strings"

	"normmap/internal/pattern"
	"normmap/web/href"
)

// marker is the small link behind an initiative or a line of citations.
type marker struct {
	slug string // of the initiative
	line int64  // 0 for the initiative itself
}

// sign is what one clicks on behind an initiative.
const sign = "¶"

var (
	markerForm = pattern.New(`\[[^\[\]]*\]\(<?[^()<>\s]*/initiatives/([a-z0-9-]+)(?:#line-([0-9]{1,18}))?>?\)`)
	wholeForm  = pattern.New(`\[[^\[\]]*\]\(<?[^()<>\s]*/organizations/([a-z0-9-]+)\?as_of=([0-9]{1,18})#dossier>?\)`)
)

// address is where the marker of an initiative or of one of its lines leads.
func (d Dossier) address(slug string, line int64) string {
	a := d.Base + href.Initiative(slug)
	if line > 0 {
		a += "#line-" + strconv.FormatInt(line, 10)
	}
	return a
}

// own is where the marker of the dossier itself leads: to the organization as
// it was recorded then.
func (d Dossier) own() string {
	return fmt.Sprintf("%s%s?as_of=%d#dossier", d.Base, href.Organization(d.Organization), d.Revision)
}

// label is what one clicks on behind a line: the numbers of its links.
func (l Line) label() string {
	if len(l.Links) == 0 {
		return sign
	}
	return numbers(l.Links)
}

func numbers(links []int64) string {
	parts := make([]string, len(links))
	for i, id := range links {
		parts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(parts, ", ")
}

// marked takes the first marker out of a text.
func marked(text string) (before string, m marker, after string, found bool) {
	at := markerForm.FindStringSubmatchIndex(text)
	if at == nil {
		return text, marker{}, "", false
	}
	m.slug = text[at[2]:at[3]]
	if at[4] >= 0 {
		m.line, _ = strconv.ParseInt(text[at[4]:at[5]], 10, 64)
	}
	return text[:at[0]], m, text[at[1]:], true
}

// unmarked is a text without the markers that are left in it.
func unmarked(text string) string { return markerForm.ReplaceAllString(text, "") }
