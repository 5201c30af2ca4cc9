package store_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// keysOf are the keys of what was found, in order.
func keysOf(s norms.Search) []string {
	keys := make([]string, len(s.Items))
	for i, f := range s.Items {
		keys[i] = f.Key
	}
	return keys
}

func searched(t *testing.T, s *store.Store, f norms.SearchFilter) norms.Search {
	t.Helper()
	found, err := s.Search(t.Context(), f, norms.Page{})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	return found
}

func TestSearchFindsTheFoundingData(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	tests := []struct {
		q, finds string
		match    norms.Match
	}{
		{"paris call", "paris-call", "name"},
		{"PARIS  call", "paris-call", "name"},
		{"Appel de Paris", "paris-call", "name"},
		{"microsoft-bpf-2019", "microsoft-bpf-2019", "name"},
		{"hygiene", "paris-call/7", "words"},
		{"hygi", "paris-call/7", "words"},
		{"hygeine", "paris-call/7", "similar_spelling"},
		{"cyber hygeine", "paris-call/7", "similar_spelling"},
		{"vulnerabilty disclosure", "microsoft-cvd-policy", "similar_spelling"},
		{"microsfot", "microsoft", "similar_spelling"},
		{"Internet Society", "manrs", "words"},
		{"habits zzqqxx", "paris-call/7", "some_words"},
		{`"cyber hygiene"`, "paris-call/7", "words"},
		{"hygiene or zzqqxx", "paris-call/7", "words"},
	}
	for _, tt := range tests {
		found := searched(t, s, norms.SearchFilter{Q: tt.q})
		i := slices.Index(keysOf(found), tt.finds)
		if i < 0 || found.Items[i].Match != tt.match {
			t.Errorf("%q does not find %s by %s: %v", tt.q, tt.finds, tt.match, found.Items)
		}
	}
	for _, q := range []string{"hygiene -cyber -everyday", `"hygiene cyber"`, "zzqqxx", "the", "", "  ", "'", "%", "_", `\`, "-hygiene -the"} {
		if found := searched(t, s, norms.SearchFilter{Q: q}); slices.Contains(keysOf(found), "paris-call/7") {
			t.Errorf("%q finds the principle of cyber hygiene", q)
		}
	}
}

func TestAccentsDoNotCount(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	_, err := s.Apply(t.Context(), by, "for a test", []norms.Edit{
		norms.PutOrganization{Slug: "anssi", Name: "Agence de la sécurité", Kind: "body", Summary: "Un préfet écrit naïvement."},
		norms.PutOrganization{Slug: "plain", Name: "Bureau of securite", Kind: "body"}})
	must(t, err)
	for _, q := range []string{"sécurité", "securite", "SÉCURITÉ", "sécu"} {
		for _, want := range []string{"anssi", "plain"} {
			found := searched(t, s, norms.SearchFilter{Q: q, Kind: "organization"})
			if i := slices.Index(keysOf(found), want); i < 0 || found.Items[i].Match != "words" {
				t.Errorf("%q does not find %s: %v", q, want, found.Items)
			}
		}
	}
	found := searched(t, s, norms.SearchFilter{Q: "prefet naive", Kind: "organization"})
	if len(found.Items) == 0 || found.Items[0].Key != "anssi" {
		t.Fatalf("words without accents find %v", found.Items)
	}
	want := norms.Fragment{{Text: "Un "}, {Text: "préfet", Hit: true}, {Text: " écrit "}, {Text: "naïvement", Hit: true}, {Text: "."}}
	if d := cmp.Diff(want, found.Items[0].Excerpt); d != "" {
		t.Error(d)
	}
}

func TestNumbersAreUnderstood(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for q, want := range map[string]string{
		"paris call 5":                  "paris-call/5",
		"Principle 5 of the Paris Call": "paris-call/5",
		"paris-call/5":                  "paris-call/5",
		"13f":                           "un-norms/13-f",
		"13(f)":                         "un-norms/13-f",
		"13.f":                          "un-norms/13-f",
		"13. f":                         "un-norms/13-f",
		"13. (f)":                       "un-norms/13-f",
		"13 - f":                        "un-norms/13-f",
		"13 f":                          "un-norms/13-f",
		"paragraph 13 f":                "un-norms/13-f",
		"paragraph 13(f)":               "un-norms/13-f",
		"para 13(f)":                    "un-norms/13-f",
		"un norm f":                     "un-norms/13-f",
		"norm f":                        "un-norms/13-f",
		"un-norms/6":                    "un-norms/13-f",
		"un-norms/13f":                  "un-norms/13-f",
		" un-norms/13-f ":               "un-norms/13-f",
		"nis2/21":                       "nis2-directive/21",
		"cta/2":                         "tech-accord/2",
		"nis2 art 21(2)":                "nis2-directive/21",
		"Article 21(2)(a) of NIS2":      "nis2-directive/21",
		"nis2 21.2":                     "nis2-directive/21",
		"gcsc norm 5(2)":                "",
		"HLPDC 1 c":                     "digital-cooperation-panel/1c",
		"un norm 6":                     "un-norms/13-f",
		"tech accord principle 2":       "tech-accord/2",
		"CTA 1, 2":                      "tech-accord/1 tech-accord/2",
		"gcsc norm 5":                   "gcsc/5 gcsc@singapore-2018/5 gcsc/6",
		"gcsc@final-2019/6":             "gcsc/6",
		"manrs 1":                       "manrs@cdn-cloud/1 manrs@ixps/1 manrs@network-operators/1 manrs@vendors/1",
		"hygiene":                       "",
		"paris call 99":                 "",
		"5G":                            "",
	} {
		var got []string
		for _, m := range searched(t, s, norms.SearchFilter{Q: q}).Understood {
			got = append(got, m.Principle)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is understood as %v, want %q", q, got, want)
		}
	}
	for _, m := range searched(t, s, norms.SearchFilter{Q: "gcsc norm 5"}).Understood {
		if m.Reason == "" || m.Title == "" || !strings.HasPrefix(m.Name, "GCSC norm") {
			t.Errorf("a candidate has no reason: %+v", m)
		}
	}
	if n := len(searched(t, s, norms.SearchFilter{Q: "norm 5"}).Understood); n < 3 {
		t.Errorf("a number without an agreement may mean %d norms", n)
	}
}

// What a number means comes first among what is found, and is counted.
func TestNumbersAreFound(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for q, want := range map[string]struct {
		first string
		alone bool
	}{
		"paris call 5": {"paris-call/5", true}, "13f": {"un-norms/13-f", true}, "nis2 art 21(2)": {"nis2-directive/21", true},
		"gcsc norm 5": {"gcsc/5", false}, "microsoft 3": {"microsoft-norms-2014/3", false}, "web 3": {"contract-for-the-web/3", false},
	} {
		found := searched(t, s, norms.SearchFilter{Q: q})
		if len(found.Items) == 0 || found.Items[0].Match != "number" || found.Understood[0].Principle != found.Items[0].Key || found.UnderstoodTotal != len(found.Understood) {
			t.Errorf("%q is understood as %v and finds %v", q, found.Understood, found.Items)
			continue
		}
		numbered := 0
		for _, i := range found.Items {
			if i.Match == "number" {
				numbered++
			}
		}
		if numbered != found.UnderstoodTotal || found.Total != found.All() || want.alone != (found.Total == 1) || found.Items[0].Key != want.first {
			t.Errorf("%q finds %d by number, %d in all, first %s; want %+v", q, numbered, found.Total, found.Items[0].Key, want)
		}
	}
	if part := searched(t, s, norms.SearchFilter{Q: "nis2 art 21(2)"}).Understood[0]; !part.Part {
		t.Errorf("a paragraph is taken for its article: %+v", part)
	}
	microsoft := searched(t, s, norms.SearchFilter{Q: "microsoft 3"})
	if !slices.Contains(keysOf(microsoft), "microsoft") {
		t.Errorf("words beside a number are not looked for: %v", keysOf(microsoft))
	}
}

func TestUnderstoodNumbersAreNarrowed(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	meant := func(f norms.SearchFilter) (keys []string) {
		for _, m := range searched(t, s, f).Understood {
			keys = append(keys, m.Principle)
		}
		return keys
	}
	if got := meant(norms.SearchFilter{Q: "5"}); len(got) < 3 {
		t.Fatalf("5 means %v", got)
	}
	if got := meant(norms.SearchFilter{Q: "5", Agreement: "paris-call"}); cmp.Diff([]string{"paris-call/5"}, got) != "" {
		t.Errorf("within the Paris Call, 5 means %v", got)
	}
	if got := meant(norms.SearchFilter{Q: "5", Organization: "microsoft"}); len(got) == 0 || len(got) >= len(meant(norms.SearchFilter{Q: "5"})) {
		t.Errorf("of what concerns Microsoft, 5 means %v", got)
	}
	of := searched(t, s, norms.SearchFilter{Q: "5", Agreement: "paris-call", Kind: "organization"})
	if len(of.Understood) != 0 || of.UnderstoodTotal != 0 || slices.Contains(keysOf(of), "paris-call/5") || of.Kinds[1].Count == 0 {
		t.Errorf("among organizations, 5 means %v and finds %v; kinds %v", of.Understood, keysOf(of), of.Kinds)
	}
	many := searched(t, s, norms.SearchFilter{Q: "1-50"})
	if len(many.Understood) != 40 || many.UnderstoodTotal <= 40 || many.Total < many.UnderstoodTotal {
		t.Errorf("%d of %d meanings, %d results", len(many.Understood), many.UnderstoodTotal, many.Total)
	}
}

func TestSearchIsNarrowed(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	all := searched(t, s, norms.SearchFilter{Q: "security"})
	if all.Total != all.All() || all.Capped {
		t.Errorf("%d things in all and %d of all kinds", all.Total, all.All())
	}
	for _, k := range all.Kinds {
		one := searched(t, s, norms.SearchFilter{Q: "security", Kind: string(k.Kind)})
		if one.Total != k.Count || cmp.Diff(all.Kinds, one.Kinds) != "" {
			t.Errorf("%d of kind %s, counted %d", one.Total, k.Kind, k.Count)
		}
		for _, f := range one.Items {
			if f.Kind != k.Kind {
				t.Errorf("%s is a %s, not a %s", f.Key, f.Kind, k.Kind)
			}
		}
	}
	for _, f := range searched(t, s, norms.SearchFilter{Q: "security", Kind: "principle", Agreement: "paris-call"}).Items {
		if !strings.HasPrefix(f.Key, "paris-call/") {
			t.Errorf("%s is no principle of the Paris Call", f.Key)
		}
	}
	of := searched(t, s, norms.SearchFilter{Q: "security", Organization: "microsoft"})
	if of.Total == 0 || of.Total >= all.Total {
		t.Errorf("%d of %d things concern Microsoft", of.Total, all.Total)
	}
}

func TestEveryResultIsOnOnePage(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for _, q := range []string{"security", "cyber hygeine", "paris", "5"} {
		everyPage(t, q, func(p norms.Page) (norms.List[norms.Found], error) {
			found, err := s.Search(t.Context(), norms.SearchFilter{Q: q}, p)
			return found.List, err
		}, func(f norms.Found) string { return string(f.Kind) + f.Key })
	}
	_, err := s.Search(t.Context(), norms.SearchFilter{Q: "paris"}, norms.Page{Cursor: "nonsense"})
	wantKind(t, "a bad cursor", err, norms.Malformed)
	_, err = s.Search(t.Context(), norms.SearchFilter{Q: "paris"}, norms.Page{Cursor: "eyJrIjoiOTk5OTk5OTk5OTkvMS8xIiwiaSI6MX0"})
	wantKind(t, "a cursor that no search gave", err, norms.Malformed)
}

// What people must not be found by, and must not be shown with, in a text that
// is held; and markers that a text brings along.
func TestExcerptsOfHeldTexts(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, `update source set version = 2, body = E'Preface. \uE000Write\uE001 to jane.doe@example.org or +32 475 12 34 56 about zebrafish <b>bold</b> matters.'
		where slug = 'microsoft-bpf-2019'`)
	found := searched(t, s, norms.SearchFilter{Q: "zebrafish"})
	if len(found.Items) != 1 || found.Items[0].Key != "microsoft-bpf-2019" {
		t.Fatalf("the text is not found: %v", found.Items)
	}
	text := found.Items[0].Excerpt.String()
	if !strings.Contains(text, "zebrafish") || strings.Contains(text, "jane") || strings.Contains(text, "475") || strings.ContainsAny(text, "\uE000\uE001\uE002") {
		t.Errorf("the excerpt is %q", text)
	}
	if n := searched(t, s, norms.SearchFilter{Q: "jane.doe@example.org"}).Total; n != 0 {
		t.Error("a person is found by an address")
	}
	rewrite(t, pool, `update source set version = 3, body = 'Our desk for victims: ask Zebediah at 0033 1 42 6853 00 or 06 12 34 56 78, o''quintus@example.org, info@société.fr or 020 7946 0958 on 01.12.2019.'
		where slug = (select max(slug) from source where body is null)`)
	for _, q := range []string{"zebediah", "zebediah victims", "our desk zebediah"} {
		for _, i := range searched(t, s, norms.SearchFilter{Q: q, Kind: "source"}).Items {
			if said := i.Excerpt.String(); !strings.Contains(said, "Zebediah at ••• or •••, •••, ••• or ••• on 01.12.2019") {
				t.Errorf("%q shows %q", q, said)
			}
		}
	}
	rewrite(t, pool, `update source set version = 4, body = repeat('word ', 5992) || 'about quaggas ask jane.doe@example.org soon' where slug = (select min(slug) from source where body is null)`)
	found = searched(t, s, norms.SearchFilter{Q: "quaggas"})
	if len(found.Items) != 1 || !strings.Contains(found.Items[0].Excerpt.String(), "quaggas") || strings.Contains(found.Items[0].Excerpt.String(), "jane") {
		t.Errorf("where a long text is cut, the excerpt is %v", found.Items)
	}
	rewrite(t, pool, `update source set version = 5, body = (select string_agg(md5(g::text), ' ') from generate_series(1, 60000) g) where slug = 'microsoft-norms-paper'`)
	searched(t, s, norms.SearchFilter{Q: "zebrafish or letter"})
}

func TestThePastIsSearched(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	s = s.WithPast(past)
	by := editor(t, pool)
	_, err = s.Apply(t.Context(), by, "for a test", []norms.Edit{newInitiative("later")})
	must(t, err)
	for revision, want := range map[int64]int{1: 0, 2: 1} {
		found := searched(t, s.AsOf(revision), norms.SearchFilter{Q: "everything", Kind: "initiative"})
		if found.Total != want {
			t.Errorf("revision %d: %v", revision, found.Items)
		}
	}
	for _, q := range []string{"gcsc norm 5", "cyber hygeine", "security", "A partner"} {
		now, then := searched(t, s, norms.SearchFilter{Q: q}), searched(t, s.AsOf(2), norms.SearchFilter{Q: q})
		if d := cmp.Diff(now, then); d != "" {
			t.Errorf("%q finds other things in the newest revision: %s", q, d)
		}
	}
}

func TestElementsAndStatementsAreFound(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	s = s.WithPast(past)
	_, err = s.Apply(t.Context(), editor(t, pool), "for a test", []norms.Edit{
		norms.PutElement{Slug: "zebras", Number: 99, Title: "Zebra crossing", Summary: "Where stripes help."},
		norms.PutStatement{Kind: "position", Title: "Crossing is right", Agreement: "paris-call", Organization: "microsoft", Stance: "for",
			Summary: "Says that zebras matter.", Source: "microsoft-bpf-2019"}})
	must(t, err)
	for revision, want := range map[int64]int{1: 0, 2: 2} {
		found := searched(t, s.AsOf(revision), norms.SearchFilter{Q: "zebra"})
		if found.Total != want || found.All() != want {
			t.Errorf("in revision %d: %v", revision, found.Items)
		}
	}
	for f, want := range map[norms.SearchFilter]string{
		{Q: "zebra crossing"}:                          "element name",
		{Q: "zebar crossign"}:                          "element similar_spelling",
		{Q: "zebra", Kind: "statement"}:                "statement words",
		{Q: "zebra", Agreement: "paris-call"}:          "statement words",
		{Q: "zebra", Organization: "microsoft"}:        "statement words",
		{Q: "zebra", Agreement: "tech-accord"}:         "",
		{Q: "zebra", Kind: "element"}:                  "element words",
		{Q: "stripes elephants", Kind: "element"}:      "element some_words",
		{Q: "crossing -zebra", Kind: "element"}:        "",
		{Q: "zebra", Organization: "internet-society"}: "",
	} {
		got := ""
		if found, err := s.Search(t.Context(), f, norms.Page{}); err == nil && len(found.Items) > 0 {
			got = string(found.Items[0].Kind) + " " + string(found.Items[0].Match)
		}
		if got != want {
			t.Errorf("%+v finds %q first, want %q", f, got, want)
		}
	}
	said := searched(t, s, norms.SearchFilter{Q: "zebra", Kind: "statement"}).Items[0]
	id, err := strconv.ParseInt(said.Key, 10, 64)
	must(t, err)
	if row, err := s.Statement(t.Context(), id); err != nil || row.Title != said.Title || said.Context == "" {
		t.Errorf("a statement is found as %+v, recorded is %+v, %v", said, row, err)
	}
}
