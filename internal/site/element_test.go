package site

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/norms"
)

func TestElementsByTheForceOfTheAgreements(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	names := func(address string) string {
		return strings.Join(h.get(address).status(http.StatusOK).page().Find(".elements tbody th .title").Map(textOf), ", ")
	}
	if got := names("/elements?legal_nature=binding"); got != "EU Cybersecurity Act, NIS Directive, NIS2 Directive" {
		t.Errorf("binding: %s", got)
	}
	if got := names("/elements?space=within_un&legal_nature=un_consensus_norms"); got != "UN GGE 2015" {
		t.Errorf("UN norms: %s", got)
	}
	h.get("/elements?legal_nature=treaty").status(http.StatusOK).says("No agreement fits these filters.")
	h.get("/elements?legal_nature=gentle").status(http.StatusUnprocessableEntity).says("binding, not_binding")
	h.get("/elements/humour").status(http.StatusNotFound)
	if lines := strings.Count(h.get("/elements.csv?legal_nature=binding").body, "\r\n"); lines != 31 {
		t.Errorf("the table has %d lines, want a head and 3 agreements times 10 elements", lines)
	}
}

// What was not assessed then is shown so, whatever was read later.
func TestElementsOfThePast(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutElementReading{Element: "human-rights", Agreement: "nis2-directive", Reading: norms.ReadPartly, Note: "In recitals.",
		Assessor: norms.Curator, Confidence: "known"})
	const address = "/elements/human-rights"
	h.get(address).status(http.StatusOK).has("section[aria-labelledby=partly]", "NIS2 Directive")
	h.get(address+"?as_of=1").status(http.StatusOK).has("section[aria-labelledby=not_assessed]", "NIS2 Directive")
	h.get("/agreements/nis2-directive?as_of=1").status(http.StatusOK).has("section[aria-labelledby=elements] .none", "Not assessed")
	h.get("/elements.json?as_of=1").status(http.StatusOK)
	set := h.get("/changesets/2").status(http.StatusOK).page()
	if name := set.Find(`a[href="/elements/human-rights"]`).Text(); name != "NIS2 Directive: Reference to Human Rights, partly" {
		t.Errorf("the changeset calls the reading %q", name)
	}
}

func textOf(_ int, s *goquery.Selection) string { return s.Text() }
