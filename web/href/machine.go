package href

import (
	"net/url"
	"strings"
)

// API is the root of the programming interface.
func API() string { return "/api/v1" }

// APIDescription is the interface's description in OpenAPI.
func APIDescription() string { return API() + "/openapi.json" }

// APILink is one link in the programming interface.
func APILink(id int64) string { return API() + "/links/" + number(id) }

// OpenSearch describes search to browsers.
func OpenSearch() string { return "/opensearch.xml" }

// Healthz tells whether the process answers.
func Healthz() string { return "/healthz" }

// Readyz tells whether the service can answer with data.
func Readyz() string { return "/readyz" }

// JSON is the same page as data. The start page's is called index.
func JSON(address string) string { return suffixed(address, ".json") }

// CSV is the same list as a table.
func CSV(address string) string { return suffixed(address, ".csv") }

func suffixed(address, suffix string) string {
	path, query, found := strings.Cut(address, "?")
	if path == Home() {
		path = "/index"
	}
	path += suffix
	if found {
		path += "?" + query
	}
	return path
}

// RelPresent marks a link on a page about the past that leads to the present
// on purpose (RFC 7089: the resource of which the page is a past state).
const RelPresent = "original"

// With adds a query to an address: pairs of name and value, of which those
// without a value are left out.
func With(address string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return address
	}
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	return address + join + q.Encode()
}

// APIChangeset is one changeset in the programming interface.
func APIChangeset(id int64) string { return API() + "/changesets/" + number(id) }

// APIProposal is one proposal in the programming interface.
func APIProposal(id int64) string { return API() + "/proposals/" + number(id) }

// APIImports is where programs send contributions.
func APIImports() string { return API() + "/imports" }
