package browse

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/dossier"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// dossierSize is how many initiatives, each with all its links, a page of a
// dossier shows.
const dossierSize = 25

// Dossier shows an organization's people, and editors, what is recorded in its
// name and what waits for them. It is about work, so it is private.
func (s *Site) Dossier(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	p.Limit = cmp.Or(p.Limit, dossierSize)
	d, err := s.Store.Dossier(r.Context(), slug, p)
	if err != nil {
		return err
	}
	if !serve.Actor(r).ReadsDossier(slug) {
		return norms.Errorf(norms.Forbidden, "this is the dossier of another organization than %s, which your account answers for; editors see those of all", serve.Actor(r).Organization)
	}
	f := s.PrivateFrame(r, words.Text(r.Context(), "dossier.title", "Name", d.Name), organizationsCrumb(r.Context()), ui.Crumb{Label: d.Name, Href: href.Organization(slug)})
	return s.Show(w, r, serve.View{Page: page.Dossier(f, d)})
}

// dossierForm is how a dossier is written in a form, and the type of that.
type dossierForm struct {
	kind  string
	write func(dossier.Dossier, io.Writer) error
}

var dossierForms = map[string]dossierForm{
	"md":   {document.Markdown.MediaType() + "; charset=utf-8", dossier.Dossier.Markdown},
	"docx": {document.DOCX.MediaType(), dossier.Dossier.DOCX},
	"csv":  {string(serve.AsCSV) + "; charset=utf-8", dossier.Dossier.CSV},
}

// DossierFile downloads what an organization reported, to be edited and sent
// back. All of it is public.
func (s *Site) DossierFile(form string) serve.Handler {
	as := dossierForms[form]
	return func(w http.ResponseWriter, r *http.Request) error {
		v := serve.VisitOf(r)
		if v.Suffix != "" {
			return norms.NotFoundf("a dossier has no such form; its address ends in .docx, .md or .csv")
		}
		slug, err := serve.SlugOf(r, "slug")
		if err != nil {
			return err
		}
		c, err := serve.Record(r).Contributed(r.Context(), slug)
		if err != nil {
			return err
		}
		revision, err := v.Revision(r.Context())
		if err != nil {
			return err
		}
		v.End()
		var body bytes.Buffer
		if err := as.write(contribution.DossierOf(c, revision, s.BaseURL(r)), &body); err != nil {
			return fmt.Errorf("writing the dossier of %s as %s: %w", slug, form, err)
		}
		s.downloadHeaders(w.Header(), r, file{slug + "-dossier." + form, as.kind}, revision)
		s.Send(w, r, http.StatusOK, body.Bytes())
		return nil
	}
}
