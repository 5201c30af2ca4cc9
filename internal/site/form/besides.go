package form

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
)

// editedKinds tells which kind of thing a form's address names. A form that is
// not here has a button of its own to withdraw, or none.
var editedKinds = map[string]string{
	"/agreements/{agreement}/edit":                                       "agreement",
	"/agreements/{agreement}/editions/{edition}/edit":                    "edition",
	"/agreements/{agreement}/principles/{label}/edit":                    "principle",
	"/agreements/{agreement}/editions/{edition}/principles/{label}/edit": "principle",
	"/organizations/{slug}/edit":                                         "organization",
	"/initiatives/{slug}/edit":                                           "initiative",
	"/sources/{slug}/edit":                                               "source",
	"/elements/{slug}/edit":                                              "element",
	"/events/{id}/edit":                                                  "event",
	"/numberings/{id}/edit":                                              "numbering",
	"/element-readings/{id}/edit":                                        "element_reading",
	"/facts/{id}/edit":                                                   "fact",
}

// besides leads from the form of a thing to what else can be done to it.
func besides(r *http.Request) (page.Besides, error) {
	k, ok := norms.RecordKindOf(editedKinds[chi.RouteContext(r.Context()).RoutePattern()])
	if !ok {
		return page.Besides{}, nil
	}
	key, err := recordKey(r, k)
	if err != nil {
		return page.Besides{}, err
	}
	b := page.Besides{Withdraw: href.Withdraw(k.Name, key)}
	if k.Renames() {
		b.Rename = href.Rename(k.Name, key)
	}
	return b, nil
}

// recordKey is the key by which edits name the thing of the address.
func recordKey(r *http.Request, k norms.RecordKind) (string, error) {
	switch k.Keyed {
	case norms.ByNumber:
		id, err := serve.IDOf(r)
		return strconv.FormatInt(id, 10), err
	case norms.ByEdition:
		agreement, err := serve.SlugOf(r, "agreement")
		if err != nil {
			return "", err
		}
		edition, err := serve.SlugOf(r, "edition")
		return agreement + "/" + edition, err
	}
	return serve.KeyOf(r, k.Name)
}
