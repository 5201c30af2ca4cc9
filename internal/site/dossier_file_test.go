package site

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"normmap/internal/document"
	"normmap/internal/dossier"
	"normmap/internal/norms"
	"normmap/web/href"
)

// Everybody may download what an organization reported, in each form, of each
// revision; every file says what it is.
func TestDossiersAreDownloaded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.revision()
	h.apply(norms.PutInitiative{Slug: "open-doors", Title: "Open doors", Kind: "event", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing"})
	shown := h.get(href.Organization("microsoft"))
	for form, kind := range map[string]string{"md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8", "docx": document.DOCX.MediaType()} {
		address := href.DossierFile("microsoft", form)
		shown.has("#dossier ~ ul a[href='"+address+"']", "")
		for asked, revision := range map[string]int64{address: first + 1, href.With(address, "as_of", strconv.FormatInt(first, 10)): first} {
			h.queries.take()
			got := h.get(asked).status(http.StatusOK)
			if n := len(h.queries.take()); n > maxStatements {
				t.Errorf("%s: %d statements", asked, n)
			}
			name := `attachment; filename="norms-to-evidence-r` + strconv.FormatInt(revision, 10) + `-microsoft-dossier.` + form + `"`
			if got.Header.Get("Content-Type") != kind || got.Header.Get("Content-Disposition") != name {
				t.Errorf("%s: %v", asked, got.Header)
			}
			d, err := document.Extract("a."+form, []byte(got.body), document.DefaultLimits(), document.Tools{})
			if err != nil {
				t.Fatal(err)
			}
			of, of2, ok := dossier.Identify(d)
			if of != "microsoft" || of2 != revision || !ok {
				t.Errorf("%s is of %q, revision %d, %v", asked, of, of2, ok)
			}
			if strings.Contains(d.Text, "Open doors") != (revision > first) || !strings.Contains(d.Text, "/initiatives/microsoft-digital-crimes-unit") {
				t.Errorf("%s holds\n%s", asked, d.Text)
			}
		}
	}
}

func TestDossiersOfNobodyAreNotFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, address := range []string{href.DossierFile("nobody", "md"), href.JSON(href.DossierFile("microsoft", "md")), href.DossierFile("microsoft", "pdf")} {
		h.get(address).status(http.StatusNotFound)
	}
	h.renameThings()
	h.get(href.DossierFile("microsoft", "csv")).leads(http.StatusMovedPermanently, href.DossierFile("msft", "csv"))
}
