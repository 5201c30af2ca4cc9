package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"normmap/web/href"
)

// linkable are initiatives without a link to a principle.
const linkable = `
select i.slug from initiative i
where not exists (select from link l join principle p on p.id = l.principle_id where l.initiative_id = i.id and p.id = $1)
order by i.id limit 1000`

// hammerEdits is how many edits are made while others read.
const hammerEdits = 60

// measureTruth counts the reads of an older or a wrong page while an editor
// edits what is read.
func measureTruth(ctx context.Context, _ *bench, st *stage) ([]figure, error) {
	var id, base int64
	if err := st.conn.QueryRow(ctx, "select ("+hottestPrinciple+"), (select max(id) from changeset)").Scan(&id, &base); err != nil {
		return nil, err
	}
	initiatives, err := column(ctx, st.conn, linkable, id)
	if err != nil {
		return nil, err
	}
	if len(initiatives) == 0 {
		const none = "every initiative is linked to the principle with most links: there is nothing to edit"
		return truthFigures(nil, nil, none), nil
	}
	h := &hammer{address: st.kept.Listen, truth: st.uncached.Listen, edits: min(hammerEdits, len(initiatives)), readers: 8,
		pause: 20 * time.Millisecond, base: base}
	h.pages, h.shown = pagesAbout(st.paths.hot())
	h.edit = func(n int) []byte {
		return linkRequest(h.address, st.tokens[n%len(st.tokens)], initiatives[n], st.paths.hot())
	}
	f, err := h.run(ctx)
	if err != nil {
		return nil, err
	}
	of := fmt.Sprintf("of %d reads beside %d edits", f.reads, f.edits)
	if f.example != "" {
		of += "; " + f.example
	}
	return truthFigures(series{float64(f.older)}, series{float64(f.wrong)}, of), nil
}

func truthFigures(older, wrong series, note string) []figure {
	return []figure{
		{name: "reads of what was before an acknowledged edit", ours: older, goal: atMost(0), note: note},
		{name: "reads of what was at no revision", ours: wrong, goal: atMost(0), note: note},
	}
}

// pagesAbout are what shows that a principle is linked: for machines, and for
// people.
func pagesAbout(ref string) (machines, people []string) {
	page := href.Principle(ref)
	return []string{page + ".json", href.Links() + ".json?principle=" + url.QueryEscape(ref)},
		[]string{page, href.Links(), href.Home()}
}

// linkRequest records a curator's link.
func linkRequest(host, token, initiative, principle string) []byte {
	body, err := json.Marshal(map[string]string{"initiative": initiative, "principle": principle,
		"relation": "supports", "origin": "curator", "rationale": "Measured.", "reason": "A measurement."})
	if err != nil {
		return nil // strings can be written
	}
	return post(host, href.API()+"/links", token, body)
}
