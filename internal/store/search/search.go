package search

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store/browse"
	"normmap/internal/store/postgres"
)

// Bounds of a search.
const (
	searchMost       = 200    // things of a kind that hold the words and are looked at
	searchRanked     = 40     // things that hold the words and whose texts are read again to rank them
	searchFew        = 3      // below so many, names of similar spelling are looked for
	searchClose      = 50     // names of a kind that are spelled alike
	searchMeantWords = 5      // words that one may have meant
	searchMeant      = 40     // principles that a number may mean, as they are shown
	searchShown      = 30_000 // characters of a held text that an excerpt is taken from
	searchBeyond     = 400    // and those after them, of which an address that is cut there may be
	searchLead       = 80     // characters before the first word found from which an excerpt is taken
	searchSpan       = 240    // characters of a text around the first word found
	searchSure       = 4      // letters from which a word's stem begins with all of them but the last
	shortText        = 240    // characters of a text that is shown as a whole
	spelled          = 4      // letters of a word that may be spelled differently
)

const (
	wholeText    = "HighlightAll=true, StartSel=" + norms.HitStart + ", StopSel=" + norms.HitEnd
	piecesOfText = "MaxFragments=2, MaxWords=30, MinWords=18, StartSel=" + norms.HitStart + ", StopSel=" + norms.HitEnd +
		", FragmentDelimiter=" + norms.Pause
)

// Search finds agreements, principles, elements, organizations, initiatives,
// statements and sources by words, principles also by number. Accents and case do not count, quotes,
// minus and or mean what they mean on the web, and the last word may be the
// beginning of one. Without words nothing is found.
func (s *Store) Search(ctx context.Context, f norms.SearchFilter, p norms.Page) (norms.Search, error) {
	out := norms.Search{List: norms.List[norms.Found]{Items: []norms.Found{}}, Kinds: []norms.KindCount{}, Understood: []norms.Meant{}}
	if len(strings.Fields(f.Q)) == 0 {
		return out, s.names.CheckNames(ctx, f.Names())
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
	out.TooFrequent = page.Wordless && len(words.typed) > 0
	if len(page.Page) > p.Size() {
		page.Page = page.Page[:p.Size()]
		last := page.Page[p.Size()-1]
		out.Next = new(last.cursor())
	}
	if len(page.Page) > 0 {
		out.Items, err = s.searchRows(ctx, page.Page, words, page.Meant)
	}
	return out, err
}

// searchWords is what a reader typed, prepared for the steps of a search.
type searchWords struct {
	all     string   // with quotes, minus and or
	starts  bool     // the last word may be the beginning of one
	without bool     // some words must not be held
	typed   []string // the words in lower case, without marks
	few     int      // below so many, what fits less is looked for; 0 when the reader was exact
}

func wordsOf(q string) searchWords {
	w := searchWords{all: q, few: searchFew}
	fields := strings.Fields(q)
	exact := strings.Contains(q, `"`)
	for _, f := range fields {
		w.without = w.without || strings.HasPrefix(f, "-")
		exact = exact || strings.EqualFold(f, "or")
	}
	if exact || w.without {
		w.few = 0
	}
	w.typed = strings.FieldsFunc(strings.ToLower(q), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) })
	w.starts = browse.LastStarts(q)
	return w
}

// span is how much of a text is read for an excerpt: words may be far from
// each other.
func (w searchWords) span() int { return searchSpan * min(len(strings.Fields(w.all)), 3) }

// searchPage is what fits a search. Held is what holds all the words, when that
// is few and no other statement looked for more.
type searchPage struct {
	Total  int
	Capped bool
	Named  bool // everything that the filter names is recorded
	Kinds  []norms.KindCount
	Page   []searchPlace
	Held   []searchHit
	Few    bool
	Meant  string // the words that one may have meant, where names of similar spelling were looked for

	Wordless bool // no word is left to look for
}

// searchPlace is a thing in the order of a search. Match and Place count from 1.
type searchPlace struct {
	Kind  string
	ID    int64
	Match int
	Score int // the less, the better it fits
	Place int // of its kind
}

const placeKey = "%d/%07d/%d" // match, score and place, as they sort

func (p searchPlace) cursor() string {
	return postgres.Cursor{Key: fmt.Sprintf(placeKey, p.Match, p.Score, p.Place), ID: p.ID}.String()
}

// parsePlace reads what cursor wrote; nil is the start of the list.
func parsePlace(s string) (*searchPlace, error) {
	c, err := postgres.ParseCursor(s)
	if c == nil {
		return nil, err
	}
	p := &searchPlace{ID: c.ID}
	if n, err := fmt.Sscanf(c.Key, placeKey, &p.Match, &p.Score, &p.Place); err != nil || n != 3 || p.Match != int(int32(p.Match)) || p.Score != int(int32(p.Score)) || p.Place != int(int32(p.Place)) {
		return nil, postgres.ErrCursor
	}
	return p, nil
}

// searchHit is a thing that was found; Match counts from 1.
type searchHit struct {
	Kind  string
	ID    int64
	Match int
	Rank  float32
}

func (s *Store) searchPage(ctx context.Context, f norms.SearchFilter, p norms.Page, w searchWords, numbered []int64) (searchPage, error) {
	after, err := parsePlace(p.Cursor)
	if err != nil {
		return searchPage{}, err
	}
	args := searchArgs(f, numbered, p.Size()+1, after)
	held, likely, either := searchHeld, searchLikely, searchEither
	if f.Agreement != "" || f.Organization != "" {
		held, likely, either = searchHeldWithin, searchLikelyWithin, searchEitherWithin
	}
	heldArgs := w.heldArgs(args)
	if citation.MayAsk(f.Q) && w.few > 0 {
		held, heldArgs = either, w.eitherArgs(args)
	}
	found, err := postgres.Collect[searchPage](ctx, s.db, "what fits a search", held, heldArgs)
	if err != nil {
		return searchPage{}, err
	}
	page := found[0] // the statement has exactly one row
	if !page.Named {
		return page, s.names.CheckNames(ctx, f.Names())
	}
	if !page.Few {
		return page, nil
	}
	found, err = postgres.Collect[searchPage](ctx, s.db, "what comes near a search", likely, w.likelyArgs(args, page.Held))
	if err != nil {
		return page, err
	}
	found[0].Wordless = page.Wordless
	return found[0], nil
}

// searchArgs are the parameters of both statements of a search.
func searchArgs(f norms.SearchFilter, numbered []int64, limit int, after *searchPlace) pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{
		"slug": norms.LabelSlug(f.Q), "numbered": numbered, "kinds": norms.FoundKinds,
		"kind": f.Kind, "agreement": f.Agreement, "organization": f.Organization, "ranked": searchRanked,
		"limit": limit, "after_id": (*int64)(nil), "after_match": 0, "after_score": 0, "after_place": 0,
	}
	if after != nil {
		args["after_id"], args["after_match"], args["after_score"], args["after_place"] = after.ID, after.Match, after.Score, after.Place
	}
	return args
}

// heldArgs adds to args those of what is held.
func (w searchWords) heldArgs(args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	args = maps.Clone(args)
	args["q"], args["starts"], args["without"] = w.all, w.starts, w.without
	args["most"], args["few"] = searchMost, w.few
	return args
}

// nearArgs adds to args those of words that are spelled alike.
func (w searchWords) nearArgs(args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	args = maps.Clone(args)
	args["typed"], args["spelled"], args["likely"], args["close"] = w.typed, spelled, searchMeantWords, searchClose
	return args
}

// eitherArgs adds to args those of both at once.
func (w searchWords) eitherArgs(args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	return w.nearArgs(w.heldArgs(args))
}

// likelyArgs adds to args those of what comes near, when held is all there is.
func (w searchWords) likelyArgs(args pgx.StrictNamedArgs, held []searchHit) pgx.StrictNamedArgs {
	kinds, ids, matches, ranks := make([]string, len(held)), make([]int64, len(held)), make([]int, len(held)), make([]float32, len(held))
	for i, h := range held {
		kinds[i], ids[i], matches[i], ranks[i] = h.Kind, h.ID, h.Match, h.Rank
	}
	args = w.nearArgs(args)
	delete(args, "slug")
	args["q"] = w.all
	args["held_kinds"], args["held_ids"], args["held_matches"], args["held_ranks"] = kinds, ids, matches, ranks
	return args
}

type searchRow struct {
	norms.Found
	MarkedTitle, MarkedBody string
}

func (s *Store) searchRows(ctx context.Context, places []searchPlace, w searchWords, meant string) ([]norms.Found, error) {
	kinds, ids, matches := make([]string, len(places)), make([]int64, len(places)), make([]string, len(places))
	for i, p := range places {
		kinds[i], ids[i], matches[i] = p.Kind, p.ID, string(norms.Matches[p.Match-1])
	}
	rows, err := postgres.Collect[searchRow](ctx, s.db, "what was found", searchRows, pgx.StrictNamedArgs{
		"kinds": kinds, "ids": ids, "matches": matches, "q": w.all, "starts": w.starts, "meant": meant, "marks": []string{norms.HitStart, norms.HitEnd, norms.Pause},
		"whole": wholeText, "pieces": piecesOfText, "short": shortText, "shown": searchShown, "beyond": searchBeyond, "lead": searchLead, "span": w.span(), "sure": searchSure, "personal": norms.HiddenPattern,
	})
	out := make([]norms.Found, len(rows))
	for i, r := range rows {
		out[i] = r.Found
		out[i].Heading, out[i].Excerpt = norms.ParseFragment(r.MarkedTitle), norms.ParseFragment(norms.Mask(r.MarkedBody)).Elided()
	}
	return out, err
}

// The statements that find what fits a search, whose plans a test looks at.
var SearchStatements = []string{searchHeld, searchHeldWithin, searchLikely, searchLikelyWithin, searchEither, searchEitherWithin}

// SearchArgs gives the parameters of one of them.
func SearchArgs(statement string, f norms.SearchFilter) pgx.StrictNamedArgs {
	w, args := wordsOf(f.Q), searchArgs(f, []int64{}, 1, nil)
	switch statement {
	case searchHeld, searchHeldWithin:
		return w.heldArgs(args)
	case searchEither, searchEitherWithin:
		return w.eitherArgs(args)
	}
	return w.likelyArgs(args, []searchHit{})
}
