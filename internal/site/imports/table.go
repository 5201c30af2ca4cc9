package imports

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/table"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ShowSendTable answers with the form for a file with a table.
func (s *Site) ShowSendTable(w http.ResponseWriter, r *http.Request) error {
	return s.showSendTable(w, r, nil)
}

// SendTable keeps a file with a table for its sender and leads to how it would
// be read.
func (s *Site) SendTable(w http.ResponseWriter, r *http.Request) error {
	if err := s.often(w, r); err != nil {
		return err
	}
	id, err := s.keepTable(r)
	if err != nil {
		return s.showSendTable(w, r, err)
	}
	return serve.SeeOther(w, r, href.SentTable(id))
}

// often refuses whoever asks for too much reading.
func (s *Site) often(w http.ResponseWriter, r *http.Request) error {
	if s.limit.OnLimit(w, r, strconv.FormatInt(serve.Actor(r).ID, 10)) {
		return serve.Later(norms.Errorf(norms.TooMany, "%s", words.Text(r.Context(), "import.too_often", "N", perMinute)), time.Minute)
	}
	return nil
}

func (s *Site) keepTable(r *http.Request) (int64, error) {
	ctx := r.Context()
	file, err := serve.Uploaded(r)
	if err == nil && file == nil {
		err = norms.Field(serve.FileField, "%s", words.Text(ctx, "table.no_file"))
	}
	if err != nil {
		return 0, err
	}
	sheets, err := s.reader.Sheets(ctx, contribution.File{Name: file.Name, Data: file.Data})
	if err != nil {
		return 0, err
	}
	found, err := s.reader.Guess(ctx, sheets, contribution.TableWish{})
	if err != nil {
		return 0, err
	}
	return s.reader.Keep(ctx, serve.Actor(r), sheets, contribution.TableAsked{Mapping: found.Mapping, Remembered: found.Remembered})
}

func (s *Site) showSendTable(w http.ResponseWriter, r *http.Request, err error) error {
	ctx := r.Context()
	problems, status, ok := problemsOf(r, err)
	if !ok {
		return err
	}
	m := page.TableForm{Refusal: page.Refusal{Problems: problems}, File: form.Field(ctx, "table.file")}
	m.File.Required = true
	for _, p := range problems {
		if p.Field == serve.FileField {
			m.File.Problem = p.Message
		}
	}
	f := s.Frame(r, words.Text(ctx, "table.title"), importCrumb(r), ui.Crumb{Label: words.Text(ctx, "table.crumb")})
	return s.Show(w, r, serve.View{Status: status, Page: page.SendTable(f, m)})
}

func importCrumb(r *http.Request) ui.Crumb {
	return ui.Crumb{Label: words.Text(r.Context(), "import.title"), Href: href.Import()}
}

// ShowTable answers with how a table is read, and what of it was.
func (s *Site) ShowTable(w http.ResponseWriter, r *http.Request) error {
	kept, err := s.keptTable(r)
	if err != nil {
		return err
	}
	return s.showTable(w, r, kept, nil)
}

func (s *Site) keptTable(r *http.Request) (contribution.KeptTable, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return contribution.KeptTable{}, err
	}
	return s.reader.Kept(r.Context(), serve.Actor(r), id)
}

// SaveTable takes how a table is to be read, and reads it so, proposes it or
// throws it away.
func (s *Site) SaveTable(w http.ResponseWriter, r *http.Request) error {
	if err := s.often(w, r); err != nil {
		return err
	}
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	kept, err := s.keptTable(r)
	if err != nil {
		return err
	}
	ctx, by := r.Context(), serve.Actor(r)
	if typed.Get("do") == "drop" {
		if err := s.reader.Drop(ctx, by, kept.ID); err != nil {
			return err
		}
		return serve.SeeOther(w, r, href.ImportTable())
	}
	anew, err := s.takeTyped(r, &kept, typed)
	if err == nil {
		err = s.reader.Ask(ctx, by, kept)
	}
	if err == nil && typed.Get("do") == "propose" && !anew {
		var to string
		if to, err = s.proposeTable(r, kept, typed); err == nil && to != "" {
			return serve.SeeOther(w, r, to)
		}
	}
	if err != nil {
		return s.showTable(w, r, kept, err)
	}
	return serve.SeeOther(w, r, href.SentTable(kept.ID)+"#rows")
}

// takeTyped puts what was typed into how a table is read. Another sheet, row of
// headings or kind has other columns, which are guessed anew.
func (s *Site) takeTyped(r *http.Request, kept *contribution.KeptTable, typed url.Values) (anew bool, err error) {
	header, _ := strconv.Atoi(typed.Get("header"))
	if !typed.Has("sheet") { // there is only one
		typed.Set("sheet", kept.Sheet)
	}
	if typed.Get("sheet") != kept.Sheet || header != kept.Header || typed.Get("kind") != string(kept.Kind) {
		w := contribution.TableWish{Sheet: typed.Get("sheet")}
		if header != kept.Header {
			w.Header = header
		}
		if kind := table.Kind(typed.Get("kind")); kind != kept.Kind {
			w.Kind = kind
		}
		found, err := s.reader.Guess(r.Context(), kept.Sheets, w)
		kept.TableAsked = contribution.TableAsked{Mapping: found.Mapping, Remembered: found.Remembered}
		return true, err
	}
	kept.Columns = slices.Clone(kept.Columns)
	for i := range kept.Columns {
		kept.Columns[i].Field = typed.Get("column_" + strconv.Itoa(i+1))
	}
	kept.Values = map[string]string{}
	for _, f := range kept.Kind.Fields() {
		if v := strings.TrimSpace(typed.Get("value_" + f.Name)); v != "" {
			kept.Values[f.Name] = v
		}
	}
	kept.Names = saidNames(typed, kept.Names)
	kept.Clears, kept.AsSource = typed.Get("clears") == "true", typed.Get("as_source")
	first, wrong := form.WholeNumber(r.Context(), typed, "first", norms.MaxCount)
	last, more := form.WholeNumber(r.Context(), typed, "last", norms.MaxCount)
	kept.First, kept.Last = first, last
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return false, &norms.Error{Kind: norms.Invalid, Problems: wrong}
	}
	return false, nil
}

// proposeTable proposes a table and tells where to; nowhere when it has
// mistakes, changes nothing or waits already, as its page says.
func (s *Site) proposeTable(r *http.Request, kept contribution.KeptTable, typed url.Values) (to string, err error) {
	ctx, reason := r.Context(), form.ReasonOf(typed)
	if err := norms.CheckReason(reason); err != nil {
		return "", err
	}
	t, err := s.reader.Table(ctx, kept.Sheets, kept.TableAsked, s.Now())
	if err != nil || len(t.Reading.Problems()) > 0 {
		return "", err
	}
	done, err := s.reader.ProposeKept(ctx, serve.Actor(r), kept.ID, t, reason)
	if err != nil || done.Proposal == 0 || done.Again {
		return "", err
	}
	return href.Proposal(done.Proposal), nil
}
