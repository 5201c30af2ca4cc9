package imports

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/table"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// askedAtOnce is of how many names a page asks whose they are; of the others it
// asks when these are answered.
const askedAtOnce = 100

// askedNames are the names of which has to be said whose they are, and after
// them those of which it was said.
func askedNames(ctx context.Context, open []table.Question, kept contribution.KeptTable) []page.AskedName {
	var out []page.AskedName
	add := func(name, said string, likely []norms.Choice) {
		n := strconv.Itoa(len(out) + 1)
		f := ui.Field{Name: "whose_" + n, Label: words.Text(ctx, "table.whose", "Name", name), Value: said}
		f.Options = []ui.Option{{Value: "", Label: words.Text(ctx, "table.whose_choose")}}
		for _, c := range likely {
			f.Options = append(f.Options, ui.Option{Value: c.Slug, Label: words.Text(ctx, "table.whose_same", "Name", c.Title)})
		}
		f.Options = append(f.Options, ui.Option{Value: table.IsNew, Label: words.Text(ctx, "table.whose_new")})
		out = append(out, page.AskedName{Name: name, Held: "named_" + n, Whose: page.Control{Shape: page.Menu, Field: f}})
	}
	for _, q := range open[:min(len(open), askedAtOnce)] {
		add(q.Name, "", q.Likely)
	}
	for _, name := range answered(kept) {
		said := kept.Names[name]
		var same []norms.Choice
		if said != table.IsNew {
			same = []norms.Choice{{Slug: said, Title: said}}
		}
		add(name, said, same)
	}
	return out
}

// answered are the names of the table of which it was said whose they are; a
// mapping that was remembered may know of others.
func answered(kept contribution.KeptTable) []string {
	s, err := kept.Named(kept.Sheet)
	if err != nil {
		return nil
	}
	in := table.Named(s, kept.Mapping)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(kept.Names)), func(name string) bool {
		return !slices.ContainsFunc(in, func(cell string) bool { return table.InOneLine(cell) == name })
	})
}

// saidNames is what was said of names before with what a form says of them now.
func saidNames(typed url.Values, before map[string]string) map[string]string {
	out := maps.Clone(before)
	if out == nil {
		out = map[string]string{}
	}
	for n := 1; typed.Has("named_" + strconv.Itoa(n)); n++ {
		name, said := typed.Get("named_"+strconv.Itoa(n)), typed.Get("whose_"+strconv.Itoa(n))
		if delete(out, name); said != "" {
			out[name] = said
		}
	}
	return out
}
