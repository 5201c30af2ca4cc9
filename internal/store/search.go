package store

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// Bounds of a search.
const (
	searchMost  = 400    // things of a kind that hold the words and are ranked
	searchFew   = 3      // below so many, names of similar spelling are looked for
	searchMeant = 40     // principles that a number may mean, as they are shown
	searchShown = 30_000 // characters of a held text that an excerpt is taken from
	shortText   = 240    // characters of a text that is shown as a whole
	beginning   = 3      // letters that a last word needs to be the beginning of another
	spelled     = 4      // letters of a search that may be spelled differently
)

// similarSpelling is how alike a word must be to a part of a name: of eight
// letters two that changed places. More words must be more alike, since one of
// them found would be enough otherwise.
const (
	similarSpelling = "0.35" // of the connection: the index is asked for no less
	similarWord     = 0.35
	similarWords    = 0.5
	similarNever    = 2
)

const (
	marks        = norms.HitStart + norms.HitEnd + norms.Pause
	wholeText    = "HighlightAll=true, StartSel=" + norms.HitStart + ", StopSel=" + norms.HitEnd
	piecesOfText = "MaxFragments=2, MaxWords=30, MinWords=18, StartSel=" + norms.HitStart + ", StopSel=" + norms.HitEnd +
		", FragmentDelimiter=" + norms.Pause
)

// Search finds agreements, principles, organizations, initiatives and sources
// by words, principles also by number. Accents and case do not count, quotes,
// minus and or mean what they mean on the web, and the last word may be the
// beginning of one. Without words nothing is found.
func (s *Store) Search(ctx context.Context, f norms.SearchFilter, p norms.Page) (norms.Search, error) {
	out := norms.Search{List: norms.List[norms.Found]{Items: []norms.Found{}}, Kinds: []norms.KindCount{}, Understood: []norms.Meant{}}
	if len(strings.Fields(f.Q)) == 0 {
		return out, s.checkNames(ctx, f.Names())
	}
	numbers, err := s.understoodNumbers(ctx, f)
	if err != nil {
		return out, err
	}
	if f.Kind == "" || f.Kind == "principle" {
		out.Understood, out.UnderstoodTotal = numbers.meant, len(numbers.ids)
	}
	words := wordsOf(f.Q)
	if numbers.certain {
		words.few = 0
	}
	page, err := s.searchPage(ctx, f, p, words, numbers.ids)
	if err != nil {
		return out, err
	}
	out.Total, out.Kinds, out.Capped = page.Total, page.Kinds, page.Capped
	if len(page.Page) > p.Size() {
		page.Page = page.Page[:p.Size()]
		last := page.Page[p.Size()-1]
		out.Next = new(cursor{last.Key, last.ID}.String())
	}
	out.Items, err = s.searchRows(ctx, page.Page, words)
	return out, err
}

// searchWords is what a reader typed, prepared for the steps of a search.
type searchWords struct {
	all     string  // with quotes, minus and or
	starts  bool    // the last word may be the beginning of one
	some    string  // any of them will do
	similar float64 // least similarity of a name
	few     int     // below so many, what fits less is looked for; 0 when the reader was exact
}

func wordsOf(q string) searchWords {
	w := searchWords{all: q, some: q, similar: similarWords, few: searchFew}
	fields := strings.Fields(q)
	exact := strings.Contains(q, `"`)
	for _, f := range fields {
		exact = exact || strings.HasPrefix(f, "-") || strings.EqualFold(f, "or")
	}
	if exact {
		w.few = 0
	}
	switch {
	case utf8.RuneCountInString(q) < spelled:
		w.similar = similarNever
	case len(fields) == 1:
		w.similar = similarWord
	}
	last := fields[len(fields)-1]
	end, _ := utf8.DecodeLastRuneInString(last)
	w.starts = !strings.HasPrefix(last, "-") && (unicode.IsLetter(end) || unicode.IsDigit(end)) && utf8.RuneCountInString(last) >= beginning
	return w
}

type searchPage struct {
	Total  int
	Capped bool
	Named  bool // everything that the filter names is recorded
	Kinds  []norms.KindCount
	Page   []searchPlace
}

// searchPlace is a thing in the order of a search.
type searchPlace struct {
	Kind  string
	ID    int64
	Match string
	Key   string
}

func (s *Store) searchPage(ctx context.Context, f norms.SearchFilter, p norms.Page, w searchWords, numbered []int64) (searchPage, error) {
	after, err := parseCursor(p.Cursor)
	if err != nil {
		return searchPage{}, err
	}
	args := pgx.StrictNamedArgs{
		"q": w.all, "starts": w.starts, "some": w.some, "similar": w.similar, "slug": norms.LabelSlug(f.Q), "numbered": numbered,
		"kinds": norms.FoundKinds, "matches": norms.Matches, "kind": f.Kind, "agreement": f.Agreement, "organization": f.Organization,
		"most": searchMost, "few": w.few, "limit": p.Size() + 1, "after_id": (*int64)(nil), "after_key": (*string)(nil),
	}
	if after != nil {
		args["after_id"], args["after_key"] = after.ID, after.Key
	}
	found, err := collect[searchPage](ctx, s.db, "what fits a search", searchMatching, args)
	if err != nil {
		return searchPage{}, err
	}
	page := found[0] // the statement has exactly one row
	if !page.Named {
		err = s.checkNames(ctx, f.Names())
	}
	return page, err
}

type searchRow struct {
	norms.Found
	MarkedTitle, MarkedBody string
}

func (s *Store) searchRows(ctx context.Context, places []searchPlace, w searchWords) ([]norms.Found, error) {
	kinds, ids, matches := make([]string, len(places)), make([]int64, len(places)), make([]string, len(places))
	for i, p := range places {
		kinds[i], ids[i], matches[i] = p.Kind, p.ID, p.Match
	}
	rows, err := collect[searchRow](ctx, s.db, "what was found", searchRows, pgx.StrictNamedArgs{
		"kinds": kinds, "ids": ids, "matches": matches, "q": w.all, "starts": w.starts, "some": w.some, "marks": marks,
		"whole": wholeText, "pieces": piecesOfText, "short": shortText, "shown": searchShown, "personal": norms.PersonalPattern,
	})
	out := make([]norms.Found, len(rows))
	for i, r := range rows {
		out[i] = r.Found
		out[i].Heading, out[i].Excerpt = norms.ParseFragment(r.MarkedTitle), norms.ParseFragment(r.MarkedBody).Elided()
	}
	return out, err
}
