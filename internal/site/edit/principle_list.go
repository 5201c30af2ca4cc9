package edit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// maxListed bounds the principles of one list.
const maxListed = 300

// listing is a list of principles on its way into an edition.
type listing struct {
	edition norms.Edition
	typed   url.Values
	lines   []page.ListedPrinciple // nil until the list was read
	edits   []norms.Edit           // of those that are new
	mark    string                 // stands for the edits
	changed bool                   // they are not those that were shown
}

func (s *Site) listingOf(r *http.Request, typed url.Values) (listing, error) {
	e, err := s.Store.Edition(r.Context(), chi.URLParam(r, "agreement"), chi.URLParam(r, "edition"))
	return listing{edition: e, typed: typed}, err
}

// ShowPrincipleList answers with the form for many principles at once.
func (s *Site) ShowPrincipleList(w http.ResponseWriter, r *http.Request) error {
	l, err := s.listingOf(r, serve.Query(r))
	if err != nil {
		return err
	}
	return s.showListing(w, r, l, nil)
}

// SavePrincipleList reads the list and shows what saving it would do (step
// read), or saves it when that is what was shown before (step save).
func (s *Site) SavePrincipleList(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	l, err := s.listingOf(r, typed)
	if err != nil {
		return err
	}
	if err := l.read(r.Context()); err != nil || typed.Get("step") != "save" {
		return s.showListing(w, r, l, err)
	}
	if l.changed = typed.Get("mark") != l.mark; l.changed {
		return s.showListing(w, r, l, nil)
	}
	to, err := s.Save(r, typed, href.Edition(l.edition.Agreement, l.edition.Slug)+"#principles", l.edits...)
	if err != nil {
		return s.showListing(w, r, l, err)
	}
	return serve.SeeOther(w, r, to)
}

// read reads the typed lines. Numbers that the edition has already are left
// alone; of each line that cannot be read it says why.
func (l *listing) read(ctx context.Context) error {
	var wrong []norms.Problem
	typed := form.NumberedLines(l.typed.Get("list"))
	for _, line := range typed {
		p, ok := l.principle(line.Text)
		listed := page.ListedPrinciple{Number: p.Number, Title: p.Title, Summary: p.Summary, Label: norms.LabelSlug(p.Number)}
		err := p.Check()
		switch {
		case !ok:
			err = norms.Field("list", "%s", words.Text(ctx, "principle_list.no_title"))
		case l.listed(listed.Label):
			err = norms.Field("list", "%s", words.Text(ctx, "principle_list.twice", "Number", p.Number))
		}
		if e, bad := errors.AsType[*norms.Error](err); bad {
			message := words.Text(ctx, "form.line_problem", "N", line.N, "Problem", e.Problems[0].Message)
			wrong = append(wrong, norms.Problem{Field: "list", Message: message})
			continue
		}
		if listed.Recorded = l.recorded(listed.Label); listed.Recorded == "" {
			l.edits = append(l.edits, p)
		}
		l.lines = append(l.lines, listed)
	}
	switch {
	case len(typed) == 0:
		wrong = append(wrong, norms.Problem{Field: "list", Message: words.Text(ctx, "principle_list.empty")})
	case len(typed) > maxListed:
		wrong = []norms.Problem{{Field: "list", Message: words.Text(ctx, "principle_list.too_many", "N", len(typed), "Max", maxListed)}}
	}
	if len(wrong) > 0 {
		l.lines = nil
		return &norms.Error{Kind: norms.Invalid, Problems: wrong}
	}
	return l.setMark()
}

func (l *listing) setMark() error {
	all, err := norms.MarshalEdits(l.edits)
	sum := sha256.Sum256(all)
	l.mark = hex.EncodeToString(sum[:])
	return err
}

// numbered is a line that begins with a number and what printed lists put
// after it: 1. or 1) or (a).
var numbered = regexp.MustCompile(`^(\d+(?:\.\d+)*|\(?[a-zA-Z]{1,5}\)|[a-zA-Z]\.|[IVXLC]+\.)[.):]?\s+(\S.*)$`)

// principle reads a line: a number and, after a tabulator or a bar, a title and
// in the same way a summary; or as a printed list has it.
func (l *listing) principle(text string) (norms.PutPrinciple, bool) {
	number, title, ok := form.CutCell(text)
	if m := numbered.FindStringSubmatch(text); !ok && m != nil {
		number, title, ok = strings.Trim(m[1], "()."), m[2], true
	}
	title, summary, _ := form.CutCell(title)
	return norms.PutPrinciple{
		Agreement: l.edition.Agreement, Edition: l.edition.Slug, Number: number, Title: title, Summary: summary, OurNumbering: l.typed.Get("our_numbering") == "true",
		Position: len(l.edition.Principles) + len(l.edits) + 1,
	}, ok && title != ""
}

// listed tells whether a line before has the label.
func (l *listing) listed(label string) bool {
	return slices.ContainsFunc(l.lines, func(p page.ListedPrinciple) bool { return p.Label == label })
}

// recorded is the title under which the edition has the label already, "" when
// it is new.
func (l *listing) recorded(label string) string {
	for _, p := range l.edition.Principles {
		if p.Label() == label {
			return p.Title
		}
	}
	return ""
}

func (s *Site) showListing(w http.ResponseWriter, r *http.Request, l listing, err error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, err)
	if !ok {
		return err
	}
	for i, p := range u.Problems { // of edits: fields that the list has not
		if p.Field != "reason" {
			u.Problems[i].Field = "list"
		}
	}
	if l.changed {
		u.Status = http.StatusConflict
	}
	e := l.edition
	controls := []page.Control{form.Required(form.Lines(ctx, "principle_list.list", 12)), form.Tick(ctx, "principle_form.our_numbering")}
	m := page.PrincipleList{
		EditForm: page.EditForm{
			Refusal: page.Refusal{Problems: u.Problems}, Heading: words.Text(ctx, "principle_list.title", "Edition", e.Title), Lead: words.Text(ctx, "principle_list.lead"),
			Action: href.PrincipleList(e.Agreement, e.Slug), Cancel: href.Edition(e.Agreement, e.Slug), Controls: form.Filled(controls, l.typed, u.Problems),
			Reason: l.typed.Get("reason"), Save: words.Text(ctx, "principle_list.save"), Version: e.Version,
		},
		Lines: l.lines, Mark: l.mark, Changed: l.changed, New: len(l.edits),
	}
	f := s.Frame(r, m.Heading, browse.AgreementsCrumb(ctx), ui.Crumb{Label: e.AgreementTitle, Href: href.Agreement(e.Agreement)},
		ui.Crumb{Label: e.Title, Href: m.Cancel}, ui.Crumb{Label: words.Text(ctx, "principle_list.crumb")})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Listing(f, m)})
}
