package edit

import (
	"context"
	"net/url"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/ui"
	"normmap/web/words"
)

// plan is how far an initiative is, as a form says it. Promises may stand in
// any of the three fields: "planned for 2027" is a status and a date.
type plan struct {
	status       norms.Status
	started, due norms.Date
	wrong        []norms.Problem
	understood   []string // in words for the writer: nothing is read in silence
}

func planOf(ctx context.Context, v url.Values) plan {
	p := plan{status: norms.Status(v.Get("status")), started: norms.ReadDate(v.Get("started_on")), due: norms.ReadDate(v.Get("due_on")),
		understood: form.DatesUnderstood(ctx, v, "initiative_form.started_on", "initiative_form.due_on", "initiative_form.ended_on")}
	for _, name := range []string{"status", "started_on", "due_on"} {
		p.promise(ctx, name, strings.TrimSpace(v.Get(name)))
	}
	return p
}

// promise takes a promise out of a field, if there is one in it.
func (p *plan) promise(ctx context.Context, name, typed string) {
	promised, ok, err := norms.ParsePromise(typed)
	if !ok {
		return
	}
	other := p.due
	switch name {
	case "status":
		p.status = ""
	case "started_on":
		p.started = ""
	case "due_on":
		other = ""
	}
	switch {
	case err != nil:
		p.due = other
		p.refuse(name, err.Error())
	case other != "" && other != promised.Due:
		p.refuse(name, words.Text(ctx, "initiative_form.two_promises", "Typed", typed, "Due", string(other)))
	case promised.Planned && p.status != "" && p.status != "planned":
		p.due = promised.Due
		p.refuse("status", words.Text(ctx, "initiative_form.not_planned", "Typed", typed, "Status", ui.Status(ctx, p.status)))
	default:
		p.due = promised.Due
		if p.status == "" {
			p.status = "planned"
		}
		p.understood = append(p.understood, words.Text(ctx, "initiative_form.understood_promise", "Typed", typed,
			"Status", ui.Status(ctx, p.status), "Due", ui.DateWords(ctx, p.due)))
	}
}

func (p *plan) refuse(name, message string) {
	p.wrong = append(p.wrong, norms.Problem{Field: name, Message: message})
}
