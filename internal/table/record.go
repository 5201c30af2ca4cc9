package table

import (
	"slices"
	"strconv"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/export"
	"normmap/internal/norms"
)

// Record is what is recorded already of the things that a table speaks of, each
// with the version that wrote it. More of it does no harm. It is not safe for
// concurrent use: its index is made when it is first needed.
type Record struct {
	Organizations []norms.PutOrganization
	Initiatives   []norms.PutInitiative
	Agreements    []norms.PutAgreement
	Adherences    []norms.PutAdherence
	Links         []norms.PutLink // of every origin
	Documents     []norms.PutSource
	Citations     []norms.CitationRow
	Lines         []norms.PutCitationLine
	Sources       []norms.Choice
	// Alike are organizations and initiatives whose names are held against those
	// of new ones: of each kind all that are recorded, or none. Agreements are
	// told by Names.
	Alike []norms.Choice
	// Names are those of all agreements, by which texts cite them; those of
	// Agreements are known without it.
	Names []citation.Name
	// Taken are slugs that no new thing may have: of what was withdrawn or
	// renamed.
	Taken []string
	// Meaning gives the refs of the principles that a label may mean.
	Meaning func(agreement, label string) []string

	names *names
}

// names finds things by what tables call them.
type names struct {
	grammar *citation.Grammar
	slugs   map[string]map[string][]string // by kind and key of the name
	known   map[string]bool                // kind and slug
	taken   map[string]bool
	at      map[string][]int          // places of what is recorded, by what tells it from others
	cores   map[string][]norms.Choice // by kind and core of the name
	likened bool                      // what Alike lists is in cores
}

func (k *Record) index() *names {
	if k.names != nil {
		return k.names
	}
	k.names = &names{slugs: map[string]map[string][]string{}, known: map[string]bool{}, taken: set(k.Taken...), at: map[string][]int{}, cores: map[string][]norms.Choice{}}
	for i, o := range k.Organizations {
		k.learn("organization", o.Slug, o.Name)
		k.keep(i, "organization", o.Slug)
	}
	for i, e := range k.Initiatives {
		k.learn("initiative", e.Slug, e.Title)
		k.keep(i, "initiative", e.Slug)
		k.keep(i, "told", e.Organization, key(e.Title))
	}
	k.keepNumbered()
	for _, s := range k.Sources {
		k.learn("source", s.Slug, s.Title)
	}
	for i, e := range k.Documents {
		k.learn("source", e.Slug, e.Title)
		k.keep(i, "source", e.Slug)
	}
	printed := slices.Clone(k.Names)
	for _, name := range k.Names {
		k.learn("agreement", name.Agreement, name.Text)
		k.liken(norms.Choice{Kind: "agreement", Slug: name.Agreement, Title: name.Text})
	}
	for i, a := range k.Agreements {
		k.keep(i, "agreement", a.Slug)
		called := append([]string{a.Title, a.ShortTitle}, a.Aliases...)
		k.learn("agreement", a.Slug, called...)
		for _, name := range called {
			k.liken(norms.Choice{Kind: "agreement", Slug: a.Slug, Title: name})
		}
		for _, name := range append(called, a.Slug) {
			printed = append(printed, citation.Name{Agreement: a.Slug, Text: name})
		}
	}
	k.names.grammar = citation.NewGrammar(printed)
	return k.names
}

// keepNumbered indexes what is named by numbers, or by what it joins.
func (k *Record) keepNumbered() {
	for i, a := range k.Adherences {
		k.keep(i, "adherence", strconv.FormatInt(a.ID, 10))
		k.keep(i, pairOf(a)...)
	}
	for i, l := range k.Links {
		k.keep(i, "link", strconv.FormatInt(l.ID, 10))
		k.keep(i, joinOf(l)...)
	}
	for i, c := range k.Citations {
		k.keep(i, "citation", strconv.FormatInt(c.ID, 10))
	}
	for i, l := range k.Lines {
		k.keep(i, "line", l.Source, l.Initiative, inCell(l.Text))
	}
}

// pairOf tells adherences apart but for their dates, joinOf links.
func pairOf(a norms.PutAdherence) []string {
	return []string{"pair", a.Organization, a.Agreement, a.Edition, string(a.Relation), a.Via}
}

func joinOf(l norms.PutLink) []string {
	return []string{"join", l.Initiative, l.Principle, string(l.Origin), l.Asserter}
}

func (k *Record) keep(i int, parts ...string) {
	at := strings.Join(parts, "\x00")
	k.names.at[at] = append(k.names.at[at], i)
}

// places are those of what parts name in its list.
func (k *Record) places(parts ...string) []int { return k.index().at[strings.Join(parts, "\x00")] }

// first is the first thing of a list that parts name.
func first[T any](k *Record, all []T, parts ...string) (T, bool) {
	if found := k.places(parts...); len(found) > 0 {
		return all[found[0]], true
	}
	var none T
	return none, false
}

// learn adds a thing under its names.
func (k *Record) learn(kind, slug string, called ...string) {
	n := k.index()
	n.known[kind+"/"+slug] = true
	if n.slugs[kind] == nil {
		n.slugs[kind] = map[string][]string{}
	}
	for _, name := range called {
		at := key(name)
		if at != "" && !slices.Contains(n.slugs[kind][at], slug) {
			n.slugs[kind][at] = append(n.slugs[kind][at], slug)
		}
	}
}

// called are the slugs of the things of a kind that have a name, or the slug itself.
func (k *Record) called(kind, name string) []string {
	n := k.index()
	if n.known[kind+"/"+name] {
		return []string{name}
	}
	return n.slugs[kind][key(name)]
}

func (k *Record) grammar() *citation.Grammar { return k.index().grammar }

// maxName is how long the slug of something new gets, so that a number fits
// behind it.
const maxName = norms.MaxSlug - 6

// slugFor makes a slug of a name for a new thing, which nothing else has.
func (k *Record) slugFor(kind, name string) string {
	base := norms.NameSlug(name, maxName)
	if base == "" || base == "new" {
		base = kind
	}
	n := k.index()
	slug := base
	for i := 2; n.known[kind+"/"+slug] || n.taken[slug]; i++ {
		slug = base + "-" + strconv.Itoa(i)
	}
	return slug
}

// Asked is what a table names, by kind of thing: names and slugs, or numbers.
// Whoever reads a table loads these.
func Asked(s document.Sheet, m Mapping) map[string][]string {
	asked, before := map[string][]string{}, map[[2]string]bool{}
	add := func(kind, name string) {
		if at := [2]string{kind, name}; name != "" && !before[at] {
			asked[kind], before[at] = append(asked[kind], name), true
		}
	}
	own := map[Kind]string{Organizations: "organization", Initiatives: "initiative", Agreements: "agreement", Sources: "source", Matrix: "initiative"}
	for _, slug := range m.Names {
		add("organization", slug)
		if own[m.Kind] == "initiative" {
			add("initiative", slug)
		}
	}
	for _, f := range fields[m.Kind] {
		kind := f.Names
		switch {
		case f.Name == "slug" || f.Name == "name" || f.Name == "title" || f.Name == "short_title":
			kind = own[m.Kind]
		case f.Name == "id":
			kind = map[Kind]string{Adherences: "adherence", Links: "link", Citations: "citation"}[m.Kind]
		}
		if kind == "" {
			continue
		}
		add(kind, m.Values[f.Name])
		for c, column := range m.Columns {
			if column.Field == f.Name {
				for _, cell := range below(s, m, c) {
					add(kind, export.Unguarded(cell))
				}
			}
		}
	}
	return asked
}

// Named are the names that a table gives to what it may be asked for whose
// they are.
func Named(s document.Sheet, m Mapping) []string {
	asked := Asked(s, m)
	return slices.Concat(asked["organization"], asked["initiative"], asked["agreement"])
}

// below are the cells of a column under its heading.
func below(s document.Sheet, m Mapping, column int) []string {
	var cells []string
	for i, r := range s.Rows {
		if s.Number(i) > m.Header && column < len(r) {
			cells = append(cells, r[column])
		}
	}
	return cells
}
