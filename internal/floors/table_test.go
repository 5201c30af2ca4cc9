package floors

// floorOf says on which floor each package stands.
var floorOf = map[string]int{
	"normmap/internal/norms":    0,
	"normmap/internal/citation": 0,
	"normmap/internal/account":  0,
	"normmap/internal/coding":   0,
	"normmap/internal/outline":  0,

	"normmap/internal/document":  1,
	"normmap/internal/pagecache": 1,
	"normmap/internal/quote":     1,
	"normmap/internal/whole":     1,
	"normmap/web":                1,
	"normmap/web/href":           1,
	"normmap/web/words":          1,
	"normmap/migrations":         1,
	"normmap/seeds":              1,

	"normmap/internal/contribution":    2,
	"normmap/internal/dossier":         2,
	"normmap/internal/export":          2,
	"normmap/internal/metrics":         2,
	"normmap/internal/password":        2,
	"normmap/internal/pglocal":         2,
	"normmap/internal/seed":            2,
	"normmap/internal/status":          2,
	"normmap/internal/store":           2,
	"normmap/internal/store/accounts":  2,
	"normmap/internal/store/browse":    2,
	"normmap/internal/store/dataset":   2,
	"normmap/internal/store/edit":      2,
	"normmap/internal/store/history":   2,
	"normmap/internal/store/intake":    2,
	"normmap/internal/store/naming":    2,
	"normmap/internal/store/news":      2,
	"normmap/internal/store/postgres":  2,
	"normmap/internal/store/proposals": 2,
	"normmap/internal/store/schema":    2,
	"normmap/internal/store/search":    2,
	"normmap/internal/synth":           2,
	"normmap/internal/table":           2,
	"normmap/internal/text":            2,
	"normmap/web/page":                 2,
	"normmap/web/ui":                   2,
	"normmap/internal/intake":          2,

	"normmap/internal/api":            3,
	"normmap/internal/jobs":           3,
	"normmap/internal/site":           3,
	"normmap/internal/site/accounts":  3,
	"normmap/internal/site/browse":    3,
	"normmap/internal/site/edit":      3,
	"normmap/internal/site/form":      3,
	"normmap/internal/site/imports":   3,
	"normmap/internal/site/proposals": 3,
	"normmap/internal/site/serve":     3,

	"normmap/cmd/normmap":     4,
	"normmap/internal/app":    4,
	"normmap/internal/config": 4,
}

// beside are the imports allowed on one floor; on floor 4 all are.
var beside = map[string][]string{
	"normmap/internal/site":           {"normmap/internal/site/accounts", "normmap/internal/site/browse", "normmap/internal/site/edit", "normmap/internal/site/form", "normmap/internal/site/imports", "normmap/internal/site/proposals", "normmap/internal/site/serve"},
	"normmap/internal/site/accounts":  {"normmap/internal/site/serve"},
	"normmap/internal/site/browse":    {"normmap/internal/site/serve"},
	"normmap/internal/site/edit":      {"normmap/internal/site/browse", "normmap/internal/site/form", "normmap/internal/site/proposals", "normmap/internal/site/serve"},
	"normmap/internal/site/form":      {"normmap/internal/site/serve"},
	"normmap/internal/site/imports":   {"normmap/internal/site/form", "normmap/internal/site/serve"},
	"normmap/internal/site/proposals": {"normmap/internal/site/form", "normmap/internal/site/serve"},

	"normmap/internal/store":           {"normmap/internal/store/accounts", "normmap/internal/store/browse", "normmap/internal/store/dataset", "normmap/internal/store/edit", "normmap/internal/store/history", "normmap/internal/store/intake", "normmap/internal/store/naming", "normmap/internal/store/news", "normmap/internal/store/postgres", "normmap/internal/store/proposals", "normmap/internal/store/schema", "normmap/internal/store/search"},
	"normmap/internal/store/accounts":  {"normmap/internal/store/postgres"},
	"normmap/internal/store/browse":    {"normmap/internal/store/history", "normmap/internal/store/naming", "normmap/internal/store/news", "normmap/internal/store/postgres"},
	"normmap/internal/store/dataset":   {"normmap/internal/store/browse", "normmap/internal/store/history", "normmap/internal/store/postgres"},
	"normmap/internal/store/edit":      {"normmap/internal/store/browse", "normmap/internal/store/history", "normmap/internal/store/naming", "normmap/internal/store/news", "normmap/internal/store/postgres"},
	"normmap/internal/store/history":   {"normmap/internal/store/naming", "normmap/internal/store/postgres"},
	"normmap/internal/store/intake":    {"normmap/internal/store/postgres"},
	"normmap/internal/store/naming":    {"normmap/internal/store/postgres"},
	"normmap/internal/store/news":      {"normmap/internal/store/postgres"},
	"normmap/internal/store/proposals": {"normmap/internal/store/accounts", "normmap/internal/store/edit", "normmap/internal/store/history", "normmap/internal/store/naming", "normmap/internal/store/news", "normmap/internal/store/postgres"},
	"normmap/internal/store/schema":    {"normmap/internal/store/history", "normmap/internal/store/postgres"},
	"normmap/internal/store/search":    {"normmap/internal/store/browse", "normmap/internal/store/naming", "normmap/internal/store/postgres"},

	"normmap/web/page":              {"normmap/web/ui"},
	"normmap/internal/citation":     {"normmap/internal/outline"},
	"normmap/internal/contribution": {"normmap/internal/dossier", "normmap/internal/intake", "normmap/internal/store", "normmap/internal/store/browse", "normmap/internal/store/intake", "normmap/internal/store/naming", "normmap/internal/table"},
	"normmap/internal/dossier":      {"normmap/internal/export"},
	"normmap/internal/table":        {"normmap/internal/export"},
}

// forTests are packages and programs of the workshop. They may import
// everything; nothing that ships may import them.
var forTests = map[string]bool{
	"normmap/internal/bench":          true,
	"normmap/internal/browser":        true,
	"normmap/internal/crawl":          true,
	"normmap/internal/eval":           true,
	"normmap/internal/floors":         true,
	"normmap/internal/pgtest":         true,
	"normmap/internal/pgtest/private": true,
	"normmap/internal/pgtest/withpg":  true,
	"normmap/internal/replicas":       true,
	"normmap/internal/rig":            true,
	"normmap/internal/smoke":          true,
}

// libraries says who may use each library outside tests. It is found by the
// beginning of an import path; the longest that fits counts.
var libraries = map[string][]string{
	"github.com/a-h/templ":              {"normmap/web/page", "normmap/web/ui", "normmap/internal/site/edit", "normmap/internal/site/serve"},
	"github.com/andybalholm/brotli":     {"normmap/internal/coding"},
	"github.com/alexedwards/argon2id":   {"normmap/internal/password"},
	"github.com/alexedwards/scs":        {"normmap/internal/site/serve", "normmap/internal/store/accounts"},
	"github.com/danielgtaylor/huma":     {"normmap/internal/api"},
	"github.com/go-chi":                 {"normmap/internal/api", "normmap/internal/site", "normmap/internal/site/accounts", "normmap/internal/site/browse", "normmap/internal/site/edit", "normmap/internal/site/form", "normmap/internal/site/proposals", "normmap/internal/site/serve"},
	"github.com/goccy/go-yaml":          {"normmap/internal/seed"},
	"github.com/golang-migrate/migrate": {"normmap/internal/store/schema"},
	"github.com/jackc":                  {"normmap/internal/pglocal", "normmap/internal/store", "normmap/internal/store/accounts", "normmap/internal/store/browse", "normmap/internal/store/dataset", "normmap/internal/store/edit", "normmap/internal/store/history", "normmap/internal/store/intake", "normmap/internal/store/naming", "normmap/internal/store/news", "normmap/internal/store/postgres", "normmap/internal/store/proposals", "normmap/internal/store/schema", "normmap/internal/store/search"},
	"github.com/kljensen/snowball":      {"normmap/internal/quote"},
	"github.com/klauspost/compress":     {"normmap/internal/coding"},
	"github.com/ledongthuc/pdf":         {"normmap/internal/document"},
	"github.com/nicksnyder/go-i18n":     {"normmap/web/words"},
	"github.com/prometheus":             {"normmap/internal/metrics"},
	"github.com/spf13/cobra":            {"normmap/internal/app"},
	"golang.org/x/net/html":             {"normmap/internal/document", "normmap/internal/site/serve"},
	"github.com/xuri/excelize":          {"normmap/internal/document"},
	"golang.org/x/text/encoding":        {"normmap/internal/document"},
	"golang.org/x/text/feature/plural":  {"normmap/web/words"},
	"golang.org/x/text/language":        {"normmap/web/words"},
	"golang.org/x/text/unicode/norm":    {"normmap/internal/document", "normmap/internal/password", "normmap/internal/text"},
}

// calls says where a function may be used outside tests, by package.
var calls = map[string][]string{
	"os.Getenv":     {"normmap/cmd/normmap", "normmap/internal/app", "normmap/internal/config"},
	"os.LookupEnv":  {"normmap/cmd/normmap", "normmap/internal/app", "normmap/internal/config"},
	"os.Exit":       {"normmap/cmd/normmap", "normmap/internal/app", "normmap/internal/config"},
	"time.Now":      {"normmap/cmd/normmap", "normmap/internal/app", "normmap/internal/config"},
	"time.Since":    {"normmap/internal/app"},
	"time.Until":    {"normmap/internal/app"},
	"log.Fatal":     {},
	"log.Fatalf":    {},
	"templ.Raw":     {},
	"template.HTML": {},
}
