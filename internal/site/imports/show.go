package imports

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/contribution"
	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// show answers with the form as it was filled, and what came of it.
func (s *Site) show(w http.ResponseWriter, r *http.Request, typed url.Values, done outcome) error {
	ctx := r.Context()
	problems, status, ok := problemsOf(r, done.err)
	if !ok {
		return done.err
	}
	all, err := s.RecordedChoices(ctx) // what is only proposed has no record to send in for
	if err != nil {
		return err
	}
	m := page.Import{Settled: done.settled, Read: done.read, Reason: ui.Field{Value: typed.Get("reason")}}
	controls := form.Filled([]page.Control{
		all["organization"].Control(ctx, form.Field(ctx, "import.organization"), ""),
		form.Lines(ctx, "import.text", 12),
		{Field: form.Field(ctx, "import.file")},
	}, typed, problems)
	m.Organization, m.Text, m.File = controls[0], controls[1].Field, controls[2]
	if len(done.asked) > 0 {
		m.Asked = askedWhose(ctx, done.asked, typed, problems)
	} else if m.Replaces, err = s.replaces(ctx, typed, problems); err != nil {
		return err
	}
	if done.kept != nil {
		m.Sent, m.SentName = done.kept.ID, done.kept.Name
	} else if file, unread := serve.Uploaded(r); file != nil || unread != nil {
		m.File.Hint = serve.Sentences(m.File.Hint, words.Text(ctx, "import.file.again"))
	}
	if r.Method == http.MethodPost && serve.Resumed(r) == nil {
		m.Text.Value = pastedText(r)
	}
	if typed.Has("text_alone") || ui.ProblemOf(problems, "text_alone") != "" {
		m.TextAlone = textAlone(ctx, typed, problems)
	}
	m.Problems = problems
	m.Labels = map[string]string{"organization": m.Organization.Label, "text": m.Text.Label, serve.FileField: m.File.Label, "text_alone": words.Text(ctx, "import.text_alone.label")}
	switch {
	case m.Asked != nil:
		m.Labels["replaces"] = words.Text(ctx, "import.replaces.label")
	case m.Replaces != nil:
		m.Labels["replaces"] = m.Replaces.Label
	}
	title := words.Text(ctx, "import.title")
	return s.Show(w, r, serve.View{Status: status, Page: page.ImportForm(s.Frame(r, title, ui.Crumb{Label: title}), m)})
}

// textAlone asks, after nothing was found in a document, whether its text is to be
// attached all the same.
func textAlone(ctx context.Context, typed url.Values, problems []norms.Problem) []page.Control {
	f := form.Field(ctx, "import.text_alone")
	f.Options = []ui.Option{{Value: "true", Label: words.Text(ctx, "import.text_alone.choice")}}
	return form.Filled([]page.Control{{Shape: page.Ticks, Field: f}}, typed, problems)
}

// askedWhose asks whether a document is a new version of one of those that it is
// like, or one of its own. Nothing is chosen for its sender.
func askedWhose(ctx context.Context, like []contribution.Alike, typed url.Values, problems []norms.Problem) *ui.Field {
	f := form.Field(ctx, "import.replaces")
	f.Label, f.Hint, f.Required = words.Text(ctx, "import.replaces.question"), words.Text(ctx, "import.replaces.why_asked"), true
	f.Value, f.Problem = typed.Get("replaces"), ui.ProblemOf(problems, "replaces")
	for _, a := range like {
		known := a.Slug
		if a.PublishedOn != "" {
			known = words.Text(ctx, "import.replaces.dated", "Slug", a.Slug, "On", ui.DateWords(ctx, a.PublishedOn))
		}
		f.Options = append(f.Options, ui.Option{Value: a.Slug, Label: words.Text(ctx, "import.replaces.version", "Title", a.Title, "Share", a.Share), Hint: known})
	}
	f.Options = append(f.Options, ui.Option{Value: ofItsOwn, Label: words.Text(ctx, "import.replaces.own"), Hint: words.Text(ctx, "import.replaces.own_hint")})
	return &f
}

// replaces chooses among the sources whose text is held; nil where none is. Who has
// said that the document is one of its own finds that said.
func (s *Site) replaces(ctx context.Context, typed url.Values, problems []norms.Problem) (*page.Control, error) {
	list, err := s.Store.Choices(ctx, form.MaxChoices+1, "held_text")
	if err != nil || len(list) == 0 {
		return nil, err
	}
	held := form.Choices{More: len(list) > form.MaxChoices}
	if typed.Get("replaces") == ofItsOwn {
		held.Options = []ui.Option{{Value: ofItsOwn, Label: words.Text(ctx, "import.replaces.own")}}
	}
	for _, c := range list[:min(len(list), form.MaxChoices)] {
		held.Options = append(held.Options, ui.Option{Value: c.Slug, Label: c.Title})
	}
	c := form.Filled([]page.Control{held.Control(ctx, form.Field(ctx, "import.replaces"), words.Text(ctx, "import.replaces.none"))}, typed, problems)[0]
	return &c, nil
}

// shownAtOnce is how many initiatives, and how many problems, a page shows.
const shownAtOnce = 200

// shownReading is what was read, as the page shows it.
func shownReading(c contribution.Contribution) *page.ReadDocument {
	out := &page.ReadDocument{Title: c.Title(), Organization: c.Organization.Slug, OrganizationName: c.Organization.Name, Dated: c.Dated(),
		Language: c.Reading.Language, Known: c.Known, Left: places(c, c.Outside())}
	out.Unlooked = c.Unlooked
	if c.Version != nil {
		out.Version = c.Version.Told(shownAtOnce)
	}
	if e := c.Earlier; e != nil {
		out.Earlier = &page.AlikeSource{Slug: e.Slug, Title: e.Title}
	}
	for _, a := range c.Alike {
		others := a.Organization != "" && a.Organization != c.Organization.Slug
		out.Alike = append(out.Alike, page.AlikeSource{Slug: a.Slug, Title: a.Title, Share: a.Share, Others: others})
	}
	if c.Edited != nil {
		out.Dossier = shownDossier(c.Edited)
		for _, p := range first(c.Edited.Problems) {
			out.Problems = append(out.Problems, page.ReadPlace{Line: p.Line, Text: p.Text, What: p.What})
		}
		out.MoreProblems = len(c.Edited.Problems) - len(out.Problems)
		return out
	}
	lines := contribution.LinesOf(c.Received.Text)
	for _, i := range first(c.Reading.Initiatives) {
		out.Initiatives = append(out.Initiatives, shownInitiative(c, lines, i))
	}
	all, figures := c.Problems(), c.Figures()
	out.Unresolved = figures.Ambiguous + figures.OutOfRange + figures.Unknown
	out.Problems = places(c, first(all))
	out.MoreInitiatives, out.MoreProblems = len(c.Reading.Initiatives)-len(out.Initiatives), len(all)-len(out.Problems)
	return out
}

func first[T any](list []T) []T { return list[:min(len(list), shownAtOnce)] }

func shownInitiative(c contribution.Contribution, lines contribution.Lines, i intake.Initiative) page.ReadInitiative {
	out := page.ReadInitiative{Title: i.Title, Line: lines.Of(i.Start)}
	out.Status, out.DueOn = i.Status()
	for _, r := range i.References {
		cites := page.ReadCited{Text: r.Text, Line: lines.Of(r.Start)}
		for _, cited := range c.Meaning(r).Citations {
			n := page.ReadNumber{Label: cited.Label, Resolution: cited.Resolution}
			for _, k := range cited.Candidates {
				n.Candidates = append(n.Candidates, k.Principle)
			}
			cites.Numbers = append(cites.Numbers, n)
		}
		out.Cites = append(out.Cites, cites)
	}
	for _, p := range i.Parts {
		out.Parts = append(out.Parts, shownInitiative(c, lines, p))
	}
	return out
}

func places(c contribution.Contribution, list []intake.Problem) []page.ReadPlace {
	lines := contribution.LinesOf(c.Received.Text)
	var out []page.ReadPlace
	for _, p := range list {
		out = append(out, page.ReadPlace{Line: lines.Of(p.Start), Text: p.Text, What: p.What})
	}
	return out
}

// progressWords say how far the work is.
func progressWords(ctx context.Context, p contribution.Progress) string {
	id := "import.stage." + string(p.Stage)
	if p.Stage == contribution.Checking || p.Stage == contribution.Staging {
		return words.Count(ctx, id, p.Of, "Done", p.Done)
	}
	return words.Text(ctx, id)
}
