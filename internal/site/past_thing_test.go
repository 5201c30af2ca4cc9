package site

import (
	"net/http"
	"testing"
	"time"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
)

// What the page of a thing shows of others counts as a change of that page.
func TestTheBannerCountsWhatThePageShows(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutInitiative{Slug: "part", Title: "A part", Kind: "programme", Organization: "cybersecurity-tech-accord", ReportedBy: "microsoft",
		Status: "planned", Source: "microsoft-bpf-2019", Parent: "microsoft-cvd-policy"})
	h.apply(norms.PutAdherence{Organization: "cybersecurity-tech-accord", Agreement: "gcsc", Relation: "supported", Source: "microsoft-bpf-2019"})
	h.rewrite(`insert into fact_source (kind, entity, field, source_id, confidence, version)
		select 'principle', 'gcsc@singapore-2018/5', 'title', id, 'known', {rev} from source where slug = 'microsoft-bpf-2019'`)
	h.rewrite(`update agreement set short_title = 'The Call', version = {rev} where slug = 'paris-call'`)
	for address, want := range map[string]string{
		"/sources/microsoft-bpf-2019": "3 of them", "/initiatives/microsoft-cvd-policy": "1 of them",
		"/agreements/gcsc/editions/singapore-2018/principles/5": "1 of them", "/agreements/paris-call/principles/8": "1 of them",
		"/agreements/manrs": "None of them changed what this page is about. ", // the control
	} {
		h.get(serve.AsOf(address, 1)).status(http.StatusOK).has("div.past", want)
	}
}

// Of a thing to which much belongs the page leads to what changed it, instead
// of counting that.
func TestTheBannerOfARichThingLeadsToItsChanges(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const counted, rich = "/agreements/gcsc/editions/singapore-2018/principles/5", "/agreements/paris-call/principles/4"
	h.rewrite(`insert into link (initiative_id, principle_id, relation, origin, version)
		select i.id, p.id, 'supports', 'curator', {rev} from initiative i, principle_name p where p.ref = 'paris-call/4' order by i.id limit 13`)
	const offer = `div.past a[href^="/changes?since=1&thing="]`
	h.get(serve.AsOf(rich, 1)).status(http.StatusOK).has(offer, "Those of them that changed what this page is about")
	h.get(serve.AsOf(counted, 1)).status(http.StatusOK).lacks(offer) // the control
	h.get("/changes.json?since=1&thing=principle/paris-call/4").status(http.StatusOK).says(`"total":1`)
}

// A principle that is named without its edition is of the one that was current
// at the revision that is looked at.
func TestAPrincipleWithoutItsEditionIsOfTheOneThatWasCurrent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.rewrite(`update edition set current = not current, version = {rev} where slug in ('singapore-2018', 'final-2019')`)
	h.rewrite(`update principle set title = title || '!', version = {rev} where label = '5'
		and edition_id = (select id from edition where slug = 'final-2019')`)
	h.get("/agreements/gcsc/principles/5?as_of=1").status(http.StatusOK).has("div.past", "2 of them changed")
	h.get("/agreements/gcsc/principles/5?as_of=2").status(http.StatusOK).has("div.past", "None of them changed")
	for address, total := range map[string]string{
		"/changes.json?thing=principle/gcsc/5&as_of=1": `"total":1`, "/changes.json?thing=principle/gcsc/5&since=2": `"total":0`,
		"/changes.json?thing=principle/gcsc@final-2019/5&since=2": `"total":1`,
	} {
		h.get(address).status(http.StatusOK).says(total)
	}
}

// What was recorded later has no changes at an earlier revision.
func TestChangesOfWhatWasNotRecordedYet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutOrganization{Slug: "later", Name: "Later", Kind: "body"})
	h.rewrite(`insert into principle (edition_id, label, number, title, position, version)
		select id, '99', '99', 'Later', 99, {rev} from edition where slug = 'final-2019'`)
	for _, thing := range []string{"organization/later", "principle/gcsc@final-2019/99", "principle/gcsc/99"} {
		h.get("/changes?as_of=1&thing=" + thing).status(http.StatusNotFound).says("was not on record at revision 1")
		h.get("/changes?as_of=3&thing=" + thing).status(http.StatusOK)
		h.get("/changes?thing=" + thing).status(http.StatusOK)
	}
	h.get("/changes?as_of=1&thing=organization/nobody").status(http.StatusNotFound).says("No organization")
}

// Promises are looked at on the day that was asked for, whenever the last
// changeset before it was written.
func TestPromisesOnADayOfThePast(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) { d.Now = func() time.Time { return time.Now().AddDate(0, 0, 10) } })
	today := time.Now().UTC()
	due := today.AddDate(0, 0, 3).Format(time.DateOnly)
	h.apply(norms.PutInitiative{Slug: "promise", Title: "A promise", Kind: "programme", Organization: "microsoft", ReportedBy: "microsoft",
		Status: "planned", Source: "microsoft-bpf-2019", DueOn: norms.Date(due)})
	for after, want := range map[int]string{1: `"date_passed":false`, 3: `"date_passed":false`, 4: `"date_passed":true`} {
		day := today.AddDate(0, 0, after).Format(time.DateOnly)
		h.get("/gaps.json?show=promises&as_of="+day).status(http.StatusOK).says(`"day":"`+day+`"`, want)
	}
	h.get("/gaps.json?show=promises&as_of=2").status(http.StatusOK).says(`"date_passed":false`)
	h.get("/gaps?as_of=" + today.AddDate(0, 0, 11).Format(time.DateOnly)).status(http.StatusNotFound).says("yet to come")
}
