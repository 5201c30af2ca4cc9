package table

import (
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/norms"
)

// headWithin is how many rows may stand over the one that names the columns.
const headWithin = 15

// guess is one way to understand a sheet.
type guess struct {
	Mapping
	score float64
}

// Guess says what a sheet seems to be; ok is false when nothing fits, and then
// the mapping names the columns only.
func Guess(s document.Sheet, rec *Record) (m Mapping, ok bool) { return GuessAs(s, Wish{}, rec) }

// Wish is what is known of a sheet before it is guessed: what its rows are, and
// the number of the row that names its columns. Neither need be said.
type Wish struct {
	Kind   Kind
	Header int
}

// GuessAs guesses what a wish leaves open.
func GuessAs(s document.Sheet, w Wish, rec *Record) (m Mapping, ok bool) {
	best := guess{Mapping: Mapping{Sheet: s.Name}}
	for _, i := range w.heads(s) {
		for _, g := range guesses(s, i, rec) {
			if g.score > best.score && (w.Kind == "" || w.Kind == g.Kind) {
				best = g
				best.Sheet, best.Header = s.Name, s.Number(i)
			}
		}
	}
	if heads := w.heads(s); best.score == 0 && len(heads) > 0 {
		best.Kind, best.Header, best.Columns = w.Kind, s.Number(heads[0]), columnsOf(s, heads[0])
		best.byHeading(rec)
		return best.Mapping, false
	}
	return best.Mapping, best.score > 0
}

// heads are the rows that may name the columns.
func (w Wish) heads(s document.Sheet) []int {
	var all []int
	for i := range s.Rows {
		if w.Header == s.Number(i) || w.Header == 0 && i < headWithin {
			all = append(all, i)
		}
	}
	return all
}

// GuessBest is the sheet that fits best of several, with its place among them.
func GuessBest(sheets []document.Sheet, w Wish, rec *Record) (at int, m Mapping, ok bool) {
	most := -1
	for i, s := range sheets {
		found, fits := GuessAs(s, w, rec)
		if size := found.Said() * len(s.Rows); fits && size > most {
			most, at, m, ok = size, i, found, true
		}
	}
	if !ok && len(sheets) > 0 {
		m, _ = GuessAs(sheets[0], w, rec)
	}
	return at, m, ok
}

// guesses are the ways to understand a sheet whose columns row i names.
func guesses(s document.Sheet, i int, rec *Record) []guess {
	columns := columnsOf(s, i)
	if p, known := recognized(columns); known {
		return []guess{{p.mapping(columns), 100}}
	}
	var all []guess
	body := s.Rows[i+1:]
	for _, k := range Kinds {
		if k == Matrix {
			if g, fits := matrixGuess(columns, body, rec); fits {
				all = append(all, g)
			}
			continue
		}
		g := guess{Mapping: Mapping{Kind: k, Columns: slices.Clone(columns)}}
		g.byHeading(rec)
		g.ofAgreements()
		g.byWords(body)
		g.byContent(body, rec)
		if g.whole() {
			all = append(all, g)
		}
	}
	return all
}

// byHeading maps the columns whose headings are known words, and those of an
// initiative's table that name an agreement.
func (g *guess) byHeading(rec *Record) {
	said := map[string]bool{}
	for _, exact := range []bool{true, false} {
		for i, c := range g.Columns {
			f, known := g.Kind.headed(c.Heading, exact)
			if c.Field != "" || !known || said[f.Name] && !f.Common {
				continue
			}
			g.Columns[i].Field = f.Name
			said[f.Name] = true
			g.score += map[bool]float64{true: 1, false: 0.9}[exact]
		}
	}
	for i, c := range g.Columns {
		if (g.Kind == Initiatives || g.Kind == Matrix) && c.Field == "" && len(rec.grammar().Named(c.Heading)) > 0 {
			g.Columns[i].Field = citations
			g.score++
		}
		if c.Heading != "" && g.Columns[i].Field == "" {
			g.score -= 0.2
		}
	}
}

// ofAgreements takes a column of numbers beside one of agreements for what is cited:
// elsewhere numbers are those of the rows.
func (g *guess) ofAgreements() {
	for i, c := range g.Columns {
		if i > 0 && c.Field == "position" && ofNumbers[key(c.Heading)] && g.Columns[i-1].Field == citations && ofAgreement[key(g.Columns[i-1].Heading)] {
			g.Columns[i].Field = citations
		}
	}
}

var (
	ofNumbers   = set("number", "numbers", "no", "nos", "nr", "n", "numero", "numeros")
	ofAgreement = set("agreement", "agreements", "framework", "frameworks", "accord", "accords", "instrument", "text")
)

// byWords holds what stands in columns of closed lists against the lists: it
// tells tables apart whose headings are much the same.
func (g *guess) byWords(body [][]string) {
	for i, c := range g.Columns {
		f, known := g.Kind.field(c.Field)
		if !known || f.holds != word {
			continue
		}
		if share(body, i, func(string) bool { return true }) == 0 {
			continue
		}
		good := f.words(body, i)
		if other, fits := g.wordsOf(body, i); good < 0.5 && fits {
			g.Columns[i].Field, good = other.Name, other.words(body, i)
		}
		g.score += 0.8*good - 0.5
	}
}

// words is which part of a column's cells are words of the field's list.
func (f Field) words(body [][]string, column int) float64 {
	return share(body, column, func(cell string) bool {
		_, why := chosenWord(f, cell)
		return why == ""
	})
}

// wordsOf is the field whose list a column's cells are of, where nothing says
// that one yet: under kind or type people list stakeholder groups, too.
func (g *guess) wordsOf(body [][]string, column int) (Field, bool) {
	for _, f := range fields[g.Kind] {
		said := slices.ContainsFunc(g.Columns, func(c Column) bool { return c.Field == f.Name })
		if f.holds == word && !said && f.words(body, column) >= enough {
			return f, true
		}
	}
	return Field{}, false
}

// headed finds the field that a heading names: by its own name, or by another
// word for it.
func (k Kind) headed(heading string, exact bool) (Field, bool) {
	h := key(heading)
	for _, f := range fields[k] {
		if own := key(f.Name); exact && h == own || !exact && slices.Contains(headings[k][f.Name], h) {
			return f, h != ""
		}
	}
	return Field{}, false
}

// whole tells whether a kind has what its rows cannot do without.
func (g *guess) whole() bool {
	has := func(names ...string) bool {
		return slices.ContainsFunc(g.Columns, func(c Column) bool { return slices.Contains(names, c.Field) })
	}
	switch g.Kind {
	case Organizations:
		return has("slug", "name")
	case Initiatives:
		return has("slug", "title")
	case Agreements:
		return has("slug", "title", "short_title") && has("legal_nature", "space", "convener", "aliases")
	case Adherences:
		return has("organization") && has("agreement", "relation", "since", "founding")
	case Links:
		return has("initiative") && has("principle") && has("rationale", "origin", "relation", "strength", "asserter")
	case Sources:
		return has("slug", "title") && has("publisher") && has("retrieved_on", "archive_url", "sha256", "exhaustiveness", "call")
	case Citations:
		return has("id") && has("label") && has("resolution")
	case Matrix:
	}
	return false
}

// enough is the share of a column's cells that must be of a sort for the
// column to be guessed by them.
const enough = 0.8

// byContent maps columns without a known heading by what stands in them.
func (g *guess) byContent(body [][]string, rec *Record) {
	said := map[string]bool{}
	for _, c := range g.Columns {
		said[c.Field] = true
	}
	for i, c := range g.Columns {
		if c.Field != "" {
			continue
		}
		for _, f := range fields[g.Kind] {
			if said[f.Name] && !f.Common || !looks[f.holds] || share(body, i, func(cell string) bool { return f.fits(cell, rec) }) < enough {
				continue
			}
			g.Columns[i].Field, said[f.Name] = f.Name, true
			g.score += 0.5
			break
		}
	}
}

// looks are the sorts of cells that show what they are.
var looks = map[holds]bool{date: true, address: true, naming: true, cited: true, principle: true}

// fits tells whether a cell looks as if it said the field.
func (f Field) fits(cell string, rec *Record) bool {
	switch f.holds {
	case date:
		_, err := dated(cell, unordered)
		return err == nil && len(cell) > 4
	case address:
		return strings.HasPrefix(cell, "http://") || strings.HasPrefix(cell, "https://") || strings.HasPrefix(cell, "www.")
	case naming:
		return len(rec.called(f.Names, cell)) == 1
	case cited:
		return len(rec.grammar().Parse(cell)) > 0
	case principle:
		_, err := norms.ParseRef(cell)
		return err == nil || len(rec.grammar().Parse(cell)) == 1
	}
	return false
}

// share is which part of a column's cells fit; 0 when there are too few to say.
func share(body [][]string, column int, fits func(string) bool) float64 {
	good, all := 0, 0
	for _, r := range body[:min(len(body), 50)] {
		if column >= len(r) || blank[strings.ToLower(r[column])] {
			continue
		}
		all++
		if fits(r[column]) {
			good++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}

// matrixGuess takes a sheet for a matrix when at least two of its headings
// name principles, or agreements under which something is told.
func matrixGuess(columns []Column, body [][]string, rec *Record) (guess, bool) {
	g := guess{Mapping: Mapping{Kind: Matrix, Columns: slices.Clone(columns)}}
	named := 0
	for i, c := range g.Columns {
		if principles := len(rec.grammar().Parse(c.Heading)) > 0; principles || len(rec.grammar().Named(c.Heading)) > 0 && tells(body, i) {
			g.Columns[i].Field = citations
			named++
		}
	}
	if named < 2 {
		return guess{}, false
	}
	for i, c := range g.Columns {
		if c.Field != "" {
			continue
		}
		who := "title"
		if f, known := Matrix.headed(c.Heading, true); known {
			who = f.Name
		} else if f, known := Matrix.headed(c.Heading, false); known {
			who = f.Name
		} else if share(body, i, func(cell string) bool { return len(rec.called("organization", cell)) > 0 }) >= 0.5 {
			who = "organization"
		}
		g.Columns[i].Field = who
		break
	}
	g.score = 2 * float64(named)
	return g, true
}

// tells tells whether a column holds more than numbers.
func tells(body [][]string, column int) bool {
	return share(body, column, func(cell string) bool {
		labels, _ := citation.Numbers(cell)
		return len(labels) == 0 && !yes[strings.ToLower(cell)] && !no[strings.ToLower(cell)]
	}) >= 0.5
}
