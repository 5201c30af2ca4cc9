package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// batchItem is one ticked thing as it is recorded now. Edit makes what an
// action asks of it; the version is the one that the writer saw.
type batchItem struct {
	key     string
	version int64
	name    string
	href    string
	edit    func(action string, v url.Values, seen int64) norms.Edit
}

// batchKind is a kind of thing that lists let one tick.
type batchKind struct {
	actions []string
	read    func(ctx context.Context, keys []string) ([]batchItem, error)
	fields  func(ctx context.Context) ([]page.Control, error)              // the values of the actions
	chosen  func(ctx context.Context, filter url.Values) ([]string, error) // what a filter chooses; nil where lists have none
}

func (s *Site) batchKinds() map[string]batchKind {
	return map[string]batchKind{
		"initiative":   {[]string{"status", "kind", "organization", "heading", "source", "withdraw"}, s.batchInitiatives, s.initiativeFields, s.chosenInitiatives},
		"organization": {[]string{"stakeholder_group", "kind"}, s.batchOrganizations, organizationFields, s.chosenOrganizations},
		"link":         {[]string{"assess", "relation", "property", "strength", "rationale", "withdraw"}, s.batchLinks, linkFields, s.chosenLinks},
		"adherence":    {[]string{"since", "withdraw"}, s.batchAdherences, adherenceFields, nil},
		"citation":     {[]string{"set_aside"}, s.batchCitations, citationFields, nil},
		"statement":    {[]string{"withdraw"}, s.batchStatements, noFields, s.chosenStatements},
		"crosswalk":    {[]string{"withdraw"}, s.batchCrosswalk, noFields, s.chosenCrosswalk},
		"source":       {[]string{"withdraw"}, s.batchTitled("source"), noFields, s.chosenSources},
		"element":      {[]string{"withdraw"}, s.batchTitled("element"), noFields, nil},
		"agreement":    {[]string{"withdraw"}, s.batchTitled("agreement"), noFields, nil},
	}
}

// value is a field of a batch, named after its action.
func value(v url.Values, action string) string { return v.Get("set_" + action) }

func (s *Site) batchInitiatives(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.InitiativesAsEdits(ctx, keys)
	out := make([]batchItem, len(list))
	for i, e := range list {
		out[i] = batchItem{e.Slug, e.Version, e.Title, href.Initiative(e.Slug), func(action string, v url.Values, seen int64) norms.Edit {
			to := value(v, action)
			e.Version = seen
			switch action {
			case "status":
				e.Status = norms.Status(to)
			case "kind":
				e.Kind = norms.InitiativeKind(to)
			case "organization":
				e.Organization = to
			case "heading":
				e.Heading = to
			case "source":
				e.Source = to
			default:
				return norms.Withdraw{Kind: "initiative", Key: e.Slug, Version: seen}
			}
			return e
		}}
	}
	return out, err
}

func (s *Site) batchOrganizations(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.OrganizationsAsEdits(ctx, keys)
	out := make([]batchItem, len(list))
	for i, e := range list {
		out[i] = batchItem{e.Slug, e.Version, e.Name, href.Organization(e.Slug), func(action string, v url.Values, seen int64) norms.Edit {
			e.Version = seen
			if action == "kind" {
				e.Kind = norms.OrganizationKind(value(v, action))
			} else {
				e.StakeholderGroup = norms.StakeholderGroup(value(v, action))
			}
			return e
		}}
	}
	return out, err
}

func (s *Site) batchLinks(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.LinksByID(ctx, ids(keys))
	out := make([]batchItem, len(list))
	for i, l := range list {
		name := words.Text(ctx, "batch.link", "Initiative", l.InitiativeTitle, "Principle", l.PrincipleName, "Origin", ui.Origin(ctx, l.Origin))
		out[i] = batchItem{rowKey(l.ID), l.Version, name, href.LinkEdit(l.ID), func(action string, v url.Values, seen int64) norms.Edit {
			switch {
			case action == "assess":
				return batchAssessment(l.ID, v)
			case action == "withdraw" || l.Origin == "contributor": // whose link is refused, whatever else is asked of it
				return withdraw("link", l.ID, seen)
			}
			set := linkValues(l)
			set.Set(action, value(v, action))
			if set.Get("relation") != "supports" && action == "relation" {
				set.Del("property") // which only support has
			}
			e := putLink(set, l.Initiative, l.Principle)
			e.ID, e.Version, e.Origin, e.Asserter = l.ID, seen, l.Origin, l.Asserter
			return e
		}}
	}
	return out, err
}

// batchAssessment is what the account makes of a link, the same as of all that
// are ticked. One that it has assessed before is refused: what it said of that
// one is not overwritten together with others.
func batchAssessment(link int64, v url.Values) norms.Edit {
	return norms.PutAssessment{Link: link, Assessor: norms.ByCurator, View: norms.View(value(v, "assess_view")), Rationale: value(v, "assess_rationale"),
		Relation: norms.LinkRelation(value(v, "assess_relation")), Strength: norms.Strength(value(v, "assess_strength"))}
}

func (s *Site) batchAdherences(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.AdherencesByID(ctx, ids(keys))
	out := make([]batchItem, len(list))
	for i, a := range list {
		name := words.Text(ctx, "batch.adherence", "Organization", a.OrganizationName, "Agreement", a.AgreementTitle, "Relation", ui.AdherenceRelation(ctx, a.Relation))
		out[i] = batchItem{rowKey(a.ID), a.Version, name, href.AdherenceEdit(a.ID), func(action string, v url.Values, seen int64) norms.Edit {
			if action == "withdraw" {
				return withdraw("adherence", a.ID, seen)
			}
			return norms.PutAdherence{ID: a.ID, Version: seen, Organization: a.Organization, Agreement: a.Agreement, Edition: a.Edition, Relation: a.Relation,
				Via: a.Via, Founding: a.Founding, Since: norms.ReadDate(value(v, action)), Source: a.Source, Place: a.Place, Note: a.Note}
		}}
	}
	return out, err
}

func (s *Site) batchCitations(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.CitationsByID(ctx, ids(keys))
	out := make([]batchItem, len(list))
	for i, c := range list {
		name := words.Text(ctx, "batch.citation", "Name", c.Name, "Label", c.Label, "Initiative", c.InitiativeTitle)
		out[i] = batchItem{rowKey(c.ID), c.Version, name, href.CitationEdit(c.ID), func(action string, v url.Values, seen int64) norms.Edit {
			return norms.ResolveCitation{ID: c.ID, Version: seen, Decision: norms.Decision(action), Note: value(v, action)}
		}}
	}
	return out, err
}

func (s *Site) batchStatements(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.StatementsByID(ctx, ids(keys))
	out := make([]batchItem, len(list))
	for i, t := range list {
		out[i] = batchItem{rowKey(t.ID), t.Version, t.Title, href.Statement(t.ID), withdrawEach("statement", t.ID)}
	}
	return out, err
}

func (s *Site) batchCrosswalk(ctx context.Context, keys []string) ([]batchItem, error) {
	list, err := s.Store.CrosswalkByID(ctx, ids(keys))
	out := make([]batchItem, len(list))
	for i, c := range list {
		name := words.Text(ctx, "batch.comparison", "Subject", c.SubjectName, "Relation", ui.CrosswalkRelation(ctx, c.Relation), "Object", c.ObjectName)
		out[i] = batchItem{rowKey(c.ID), c.Version, name, href.CrosswalkEdit(c.ID), withdrawEach("crosswalk", c.ID)}
	}
	return out, err
}

// batchTitled reads things that have a slug and a title, of which a batch can do
// nothing but withdraw them.
func (s *Site) batchTitled(kind string) func(context.Context, []string) ([]batchItem, error) {
	return func(ctx context.Context, keys []string) ([]batchItem, error) {
		list, err := s.Store.TitledThings(ctx, kind, keys)
		out := make([]batchItem, len(list))
		for i, t := range list {
			out[i] = batchItem{t.Slug, t.Version, t.Title, href.Recorded(kind, t.Slug), func(_ string, _ url.Values, seen int64) norms.Edit {
				return norms.Withdraw{Kind: kind, Key: t.Slug, Version: seen}
			}}
		}
		return out, err
	}
}

// withdrawEach is for things of which a batch can do nothing else.
func withdrawEach(kind string, id int64) func(string, url.Values, int64) norms.Edit {
	return func(_ string, _ url.Values, seen int64) norms.Edit { return withdraw(kind, id, seen) }
}

// ids reads numbers of rows. What is none names nothing.
func ids(keys []string) []int64 {
	out := []int64{}
	for _, k := range keys {
		if n, err := strconv.ParseInt(k, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// changedMeanwhile is what a batch answers when things were changed since they
// were shown.
func changedMeanwhile(n int) error {
	return norms.Errorf(norms.Stale, "%d things were changed since they were shown", n)
}

// batchOf reads which kind of things a batch is about.
func (s *Site) batchOf(typed url.Values) (batchKind, error) {
	k, ok := s.batchKinds()[typed.Get("kind")]
	if !ok {
		return k, serve.Refused(http.StatusBadRequest, "this form does not say what the ticked things are; open the list again")
	}
	return k, nil
}
