package browse

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"normmap/internal/export"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store/dataset"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Data is the page of the downloads.
func (s *Site) Data(w http.ResponseWriter, r *http.Request) error {
	about, sets, err := s.dictionary(r)
	if err != nil {
		return err
	}
	title := words.Text(r.Context(), "data.title")
	f := s.BrowseFrame(r, title, ui.Crumb{Label: title})
	data := struct {
		export.About
		Datasets []norms.Dataset `json:"datasets"`
	}{about, sets}
	return s.Show(w, r, serve.View{Page: page.Data(f, page.Downloads{Citation: about.Citation, Written: about.Written, Sets: sets}), Data: data})
}

// dictionary is what the downloads hold, in the reader's words.
func (s *Site) dictionary(r *http.Request) (export.About, []norms.Dataset, error) {
	about, err := s.about(r)
	if err != nil {
		return about, nil, err
	}
	sets, err := serve.Record(r).Dictionary(r.Context())
	for i := range sets {
		describe(r.Context(), &sets[i])
	}
	return about, sets, err
}

// describe adds what is not in the schema: the title of a dataset and what its
// derived columns mean.
func describe(ctx context.Context, set *norms.Dataset) {
	set.Title = words.Of(ctx, "data.sets", set.Name)
	for i, c := range set.Columns {
		if c.From == "" {
			set.Columns[i].Description = words.Of(ctx, "data.columns."+set.Name, c.Name)
		}
	}
}

// about says of which state of the record the files are, and how to cite it.
func (s *Site) about(r *http.Request) (export.About, error) {
	ctx, v := r.Context(), serve.VisitOf(r)
	revision, err := v.Revision(ctx)
	if err != nil {
		return export.About{}, err
	}
	about := export.About{Title: ui.SiteName, Revision: revision, Address: s.BaseURL(r) + serve.AsOf(href.Data(), revision), Licence: words.Text(ctx, "data.licence")}
	switch {
	case v.Past != nil:
		about.Written = v.Past.At
	case revision > 0: // else nothing was recorded yet
		m, err := serve.Record(r).Moment(ctx, norms.AsOf{Revision: revision})
		if err != nil {
			return about, err
		}
		about.Written = m.At
	}
	about.Written = about.Written.UTC().Truncate(time.Second)
	about.Citation = words.Text(ctx, "data.citation", "Title", about.Title, "Revision", ui.Number(revision),
		"Date", about.Written.Format("2 January 2006"), "Address", about.Address, "Licence", about.Licence)
	return about, nil
}

// Dataset is one table: a page that explains its columns, and the table itself
// as JSON and CSV.
func (s *Site) Dataset(w http.ResponseWriter, r *http.Request) error {
	set, err := dataset.Dataset(chi.URLParam(r, "dataset"))
	if err != nil {
		return err
	}
	switch serve.Wanted(r, serve.AsHTML, serve.AsJSON, serve.AsCSV) {
	case serve.AsJSON:
		return s.download(w, r, file{set.Name + ".json", string(serve.AsJSON)}, func(d *download) error {
			return export.JSON(d, d.about, d.table(set))
		})
	case serve.AsCSV:
		asIs, err := raw(r)
		if err != nil {
			return err
		}
		return s.download(w, r, file{set.Name + ".csv", string(serve.AsCSV) + "; charset=utf-8"}, func(d *download) error {
			return export.CSV(d, d.table(set), asIs)
		})
	}
	return s.datasetPage(w, r, set.Name)
}

func (s *Site) datasetPage(w http.ResponseWriter, r *http.Request, name string) error {
	sets, err := serve.Record(r).Dictionary(r.Context())
	if err != nil {
		return err
	}
	for _, set := range sets {
		if set.Name == name {
			describe(r.Context(), &set)
			f := s.ListFrame(r, set.Title, href.Dataset(name))
			f.Crumbs = []ui.Crumb{{Label: words.Text(r.Context(), "data.title"), Href: href.Data()}, {Label: set.Title}}
			return s.Show(w, r, serve.View{Page: page.Dataset(f, set), Data: set, Table: &serve.Table{Name: name}})
		}
	}
	return norms.NotFoundf("there is no dataset %q", name)
}

// raw tells whether a reader wants texts without the guard that keeps
// spreadsheets from taking them for formulas.
func raw(r *http.Request) (bool, error) {
	switch v := serve.Query(r).Get("raw"); v {
	case "":
		return false, nil
	case "1":
		return true, nil
	default:
		return false, norms.Field("raw", "%q is not understood; write raw=1 for texts as they are recorded, or leave it out", v)
	}
}

// DataPackage is the dictionary beside the files: the paths in it lead to them.
func (s *Site) DataPackage(w http.ResponseWriter, r *http.Request) error {
	if serve.Wanted(r, serve.AsJSON) != serve.AsJSON {
		return onlyAs(href.Dictionary())
	}
	_, sets, err := s.dictionary(r)
	if err != nil {
		return err
	}
	return s.download(w, r, file{"datapackage.json", string(serve.AsJSON)}, func(d *download) error {
		return export.WritePackage(d, export.NewPackage(d.about, sets))
	})
}

// onlyAs says under which address something is that is not a page.
func onlyAs(addresses string) error {
	return norms.NotFoundf("there is no page at this address; what you look for is %s", addresses)
}

// Everything sends the whole record as one document.
func (s *Site) Everything(w http.ResponseWriter, r *http.Request) error {
	if serve.Wanted(r, serve.AsJSON) != serve.AsJSON {
		return onlyAs(href.Everything() + " or " + href.Archive())
	}
	return s.download(w, r, file{"everything.json", string(serve.AsJSON)}, func(d *download) error {
		return export.Everything(d, d.about, d.tables(dataset.Datasets()))
	})
}

// Archive sends the whole record as tables in one archive.
func (s *Site) Archive(w http.ResponseWriter, r *http.Request) error {
	if serve.VisitOf(r).Suffix != "" {
		return onlyAs(href.Everything() + " or " + href.Archive())
	}
	asIs, err := raw(r)
	if err != nil {
		return err
	}
	_, sets, err := s.dictionary(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return s.download(w, r, file{"everything.zip", "application/zip"}, func(d *download) error {
		return export.Zip(d, export.Archive{
			About: d.about, ReadMe: readMe(ctx, d.about, sets), Licence: words.Text(ctx, "data.licence_note", "Address", href.LicenceOfData),
			Tables: d.tables(sets), Raw: asIs,
		})
	})
}

// readMe explains the archive to whoever unpacks it.
func readMe(ctx context.Context, about export.About, sets []norms.Dataset) string {
	text := about.Title + "\n\n" + words.Text(ctx, "data.readme", "Citation", about.Citation) + "\n\n"
	for _, set := range sets {
		text += set.Name + ".csv  " + set.Title + ", " + words.Count(ctx, "data.rows", set.Rows) + "\n"
	}
	return text
}
