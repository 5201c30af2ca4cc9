package site

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// initiativeEditor changes initiatives, new and recorded ones.
func (s *site) initiativeEditor() editor {
	return editor{
		form: s.initiativeForm,
		edit: func(r *http.Request, typed url.Values) (asked, error) {
			e, wrong := initiativeEdit(chi.URLParam(r, "slug"), typed)
			return asked{edit: e, wrong: wrong, to: href.Initiative(e.Slug)}, nil
		},
	}
}

func (s *site) initiativeForm(r *http.Request) (plainForm, error) {
	slug := chi.URLParam(r, "slug")
	f := plainForm{
		EditForm: page.EditForm{Heading: "New initiative", Action: href.InitiativeNew(), Cancel: href.Initiatives(), Save: "Save the initiative",
			Lead: "What an organization does or did. Links to principles are added afterwards."},
		crumbs:   []ui.Crumb{{Label: "Initiatives", Href: href.Initiatives()}, {Label: "New initiative"}},
		recorded: url.Values{},
	}
	if slug != "" {
		i, err := s.Store.Initiative(r.Context(), slug)
		if err != nil {
			return plainForm{}, err
		}
		f.Heading, f.Lead, f.Action, f.Cancel = "Change "+i.Title, "", href.InitiativeEdit(slug), href.Initiative(slug)
		f.Version, f.recorded = i.Version, initiativeValues(i)
		f.crumbs = []ui.Crumb{f.crumbs[0], {Label: i.Title, Href: f.Cancel}, {Label: "Change"}}
	}
	var err error
	f.Controls, err = s.initiativeControls(r, slug)
	return f, err
}

func (s *site) initiativeControls(r *http.Request, slug string) ([]page.Control, error) {
	all, err := s.choices(r.Context())
	if err != nil {
		return nil, err
	}
	organizations := all["organization"]
	controls := []page.Control{
		required(line("title", "Title", "Short, in our own words.")),
		lines("summary", "Summary", "What it is, in our own words.", 6),
		menu(r.Context(), "kind", "Kind", "", "", norms.InitiativeKinds, ui.InitiativeKind),
		organizations.control(ui.Field{Name: "organization", Label: "Carried out by"}, ""),
		organizations.control(ui.Field{Name: "reported_by", Label: "Reported by", Hint: "May differ from who carries it out."}, ""),
		all["initiative"].without(slug).control(ui.Field{Name: "parent", Label: "Part of", Hint: "The parent's links do not flow down to its parts."}, "No other initiative"),
		menu(r.Context(), "status", "Status", "", "", norms.Statuses, ui.Status),
		date("started_on", "Started", ""), date("ended_on", "Ended", ""), date("due_on", "Due", "For a promise."),
		lines("status_note", "Where status and dates come from", "", 2),
		lines("partners", "Partners", "One a line. Where the partner is recorded here, add a bar and its name in addresses: Microsoft | microsoft.", 3),
		line("url", "Web address", ""),
		all["source"].control(ui.Field{Name: "source", Label: "Source", Hint: "The document that reports it."}, "None"),
		line("place", "Place in the source", "A page, section or heading."),
		line("heading", "Heading in the source", "Under which the source lists it, in our own words."),
		line("position", "Order in the source", "A whole number."),
	}
	if slug == "" {
		controls = append(controls, line("slug", "Name in addresses", "Lower-case letters, digits and hyphens; left empty it is made from the title. It cannot be changed later."))
	}
	return controls, nil
}

// initiativeValues is a recorded initiative as its form shows it.
func initiativeValues(i norms.Initiative) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"title": i.Title, "summary": i.Summary, "kind": string(i.Kind), "organization": i.Organization, "reported_by": i.ReportedBy,
		"parent": i.Parent, "status": string(i.Status), "started_on": string(i.StartedOn), "ended_on": string(i.EndedOn),
		"due_on": string(i.DueOn), "status_note": i.StatusNote, "partners": partnerLines(i.Partners), "url": i.URL,
		"source": i.Source, "place": i.Place, "heading": i.Heading, "position": strconv.Itoa(i.Position),
	} {
		v.Set(name, value)
	}
	return v
}

// initiativeEdit is what a form asks for; slug is that of the address, "" for
// a new initiative. The problems are those of values that cannot be read.
func initiativeEdit(slug string, v url.Values) (norms.PutInitiative, []norms.Problem) {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	order, wrong := position(v)
	return norms.PutInitiative{
		Version: version(v), Slug: slug, Title: v.Get("title"), Summary: v.Get("summary"), Kind: norms.InitiativeKind(v.Get("kind")),
		Parent: v.Get("parent"), Organization: v.Get("organization"), ReportedBy: v.Get("reported_by"), Heading: v.Get("heading"),
		Position: order, Status: norms.Status(v.Get("status")), StatusNote: v.Get("status_note"),
		StartedOn: norms.Date(v.Get("started_on")), EndedOn: norms.Date(v.Get("ended_on")), DueOn: norms.Date(v.Get("due_on")),
		URL: v.Get("url"), Source: v.Get("source"), Place: v.Get("place"), Partners: partners(v.Get("partners")),
	}, wrong
}

// slugOr is the slug that was typed, or else one made from a title.
func slugOr(typed, title string) string {
	if typed != "" {
		return typed
	}
	made := norms.LabelSlug(title)
	if len(made) > norms.MaxSlug {
		made = strings.TrimRight(made[:norms.MaxSlug], "-")
	}
	return made
}

// maxPosition is far beyond any list that a document holds.
const maxPosition = 1_000_000

func position(v url.Values) (int, []norms.Problem) {
	text := v.Get("position")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxPosition {
		return 0, []norms.Problem{{Field: "position", Message: fmt.Sprintf("%q is no whole number from 0 to %d", text, maxPosition)}}
	}
	return n, nil
}

// partners reads one partner a line: a name and, after a bar, the slug of its
// organization.
func partners(text string) []norms.Partner {
	out := []norms.Partner{}
	for l := range strings.SplitSeq(text, "\n") {
		name, slug, _ := strings.Cut(l, "|")
		p := norms.Partner{Name: strings.TrimSpace(name), Organization: strings.TrimSpace(slug)}
		if p != (norms.Partner{}) {
			out = append(out, p)
		}
	}
	return out
}

func partnerLines(list []norms.Partner) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Name
		if p.Organization != "" {
			out[i] += " | " + p.Organization
		}
	}
	return strings.Join(out, "\n")
}
