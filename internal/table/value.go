package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// order is which of two numbers is the day in the dates of a column.
type order int

const (
	unordered order = iota
	dayFirst
	monthFirst
)

var (
	twoNumbers = regexp.MustCompile(`^(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})$`)
	withTime   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$`)
)

// ordered finds out of the dates that can be read one way only how the others
// of the column are meant.
func ordered(cells []string) order {
	found := unordered
	for _, c := range cells {
		m := twoNumbers.FindStringSubmatch(c)
		if m == nil {
			continue
		}
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[2])
		is := unordered
		switch {
		case first > 12 && second <= 12:
			is = dayFirst
		case second > 12 && first <= 12:
			is = monthFirst
		}
		if is != unordered && found != unordered && is != found {
			return unordered
		}
		found = max(found, is)
	}
	return found
}

// english are the months of French in English.
var english = map[string]string{"janvier": "january", "février": "february", "fevrier": "february", "mars": "march", "avril": "april", "mai": "may", "juin": "june",
	"juillet": "july", "août": "august", "aout": "august", "septembre": "september", "octobre": "october", "novembre": "november", "décembre": "december", "decembre": "december", "1er": "1"}

// dated reads a date as norms.ParseDate does, and French ones, times behind
// the day, and days before months where the column shows which they are.
func dated(cell string, o order) (norms.Date, error) {
	if m := withTime.FindStringSubmatch(cell); m != nil {
		cell = m[1]
	}
	if m := twoNumbers.FindStringSubmatch(cell); m != nil && o != unordered {
		day, month := m[1], m[2]
		if o == monthFirst {
			day, month = month, day
		}
		cell = fmt.Sprintf("%s-%02s-%02s", m[3], month, day)
	}
	parts := strings.Fields(strings.ToLower(cell))
	for i, p := range parts {
		if month := english[p]; month != "" {
			parts[i] = month
		}
	}
	return norms.ParseDate(strings.Join(parts, " "))
}

// spoiledDate tells whether a cell is what a spreadsheet makes of a name that
// looks like a month, as in 01/02/2017 for feb-2017.
func spoiledDate(cell, name string) bool {
	month, err := time.Parse("Jan-2006", name)
	if err != nil {
		return false
	}
	var found []int
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(part) // too large a number is none of these
		found = append(found, n)
	}
	slices.Sort(found)
	want := []int{1, int(month.Month()), month.Year()}
	slices.Sort(want)
	short := []int{1, int(month.Month()), month.Year() % 100}
	slices.Sort(short)
	return slices.Equal(found, want) || slices.Equal(found, short)
}

// value reads what a cell says of a field as edits hold it; ok is false when
// it cannot be read, and then why says what to do.
func (r *row) value(f Field, cell string) (v any, why string) {
	switch f.holds {
	case date:
		d, err := dated(cell, r.orders[f.Name])
		if err != nil {
			return nil, strings.TrimSuffix(fmt.Sprintf("%q is no date: %v", shown(cell), err), ": ")
		}
		return string(d), ""
	case address:
		return web(cell)
	case truth:
		if l := strings.ToLower(cell); yes[l] || no[l] {
			return yes[l], ""
		}
		return nil, fmt.Sprintf("%q is neither yes nor no", shown(cell))
	case number:
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil || n < 0 {
			return nil, fmt.Sprintf("%q is no number", shown(cell))
		}
		return n, ""
	case list:
		return split(cell), ""
	case word:
		return chosenWord(f, cell)
	case naming:
		return r.nameOf(f.Names, cell)
	case slug:
		if _, err := norms.ParseSlug(cell); err != nil {
			return nil, err.Error()
		}
		return cell, ""
	case principle:
		return r.refOf(cell)
	case text, cited, printed:
	}
	return cell, ""
}

// web is an address with its scheme, which people leave out.
func web(cell string) (any, string) {
	full := cell
	if !strings.Contains(full, "://") {
		full = "https://" + full
	}
	if p := norms.WebAddressProblem(full); p != "" || !strings.Contains(full, ".") {
		return nil, fmt.Sprintf("%q is no web address: write one such as https://example.org, or leave the cell empty", shown(cell))
	}
	return full, ""
}

// split takes a list apart that stands in one cell.
func split(cell string) []string {
	all := []string{}
	for _, part := range strings.FieldsFunc(cell, func(c rune) bool { return c == ';' || c == '\n' }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	return all
}

// chosenWord finds the word of a closed list that a cell says.
func chosenWord(f Field, cell string) (any, string) {
	k := key(cell)
	for _, w := range f.Words {
		if k == key(w) {
			return w, ""
		}
	}
	list := map[string]string{organizationGroup: "stakeholder_group"}[f.Name]
	if list == "" {
		list = f.Name
	}
	if w := values[list][k]; slices.Contains(f.Words, w) {
		return w, ""
	}
	return nil, fmt.Sprintf("%q is none of %s", shown(cell), strings.ReplaceAll(strings.Join(f.Words, ", "), "_", " "))
}

// nameOf is the slug of a recorded thing.
func (r *row) nameOf(kind, cell string) (any, string) {
	switch found := r.known.called(kind, cell); len(found) {
	case 1:
		return found[0], ""
	case 0:
		return nil, fmt.Sprintf("no %s is recorded under %q: record it first, or write the name under which it is", kind, shown(cell))
	default:
		return nil, fmt.Sprintf("%q may be %s: write which", shown(cell), strings.Join(found, " or "))
	}
}

// refOf is the ref of the one principle that a cell names.
func (r *row) refOf(cell string) (any, string) {
	if _, err := norms.ParseRef(cell); err == nil {
		return cell, ""
	}
	refs := r.known.grammar().Parse(cell)
	if len(refs) != 1 || len(refs[0].Labels) != 1 || refs[0].Agreement == "" {
		return nil, fmt.Sprintf("%q names no principle: write one as it is printed, such as Paris Call principle 5, or paris-call/5", shown(cell))
	}
	found := r.known.meaning(refs[0].Agreement, refs[0].Labels[0])
	switch len(found) {
	case 1:
		return found[0], ""
	case 0:
		return nil, fmt.Sprintf("%s has no number %s", refs[0].Name, refs[0].Labels[0].Text)
	}
	return nil, fmt.Sprintf("%q may be %s: write which", shown(cell), strings.Join(found, " or "))
}

// meaning are the principles that a label may mean.
func (k *Record) meaning(agreement string, l citation.Label) []string {
	if k.Meaning == nil {
		return nil
	}
	return k.Meaning(agreement, l.Text)
}
