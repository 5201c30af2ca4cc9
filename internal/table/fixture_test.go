package table_test

import (
	"fmt"
	"strings"
	"testing"

	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/table"
)

// recorded is a small record.
func recorded() *table.Record {
	return &table.Record{
		Organizations: []norms.PutOrganization{
			{Version: 3, Slug: "microsoft", Name: "Microsoft", Kind: "body", StakeholderGroup: "private_sector", URL: "https://www.microsoft.com"},
			{Version: 4, Slug: "eaux-du-nord", Name: "Eaux du Nord", Kind: "body"},
		},
		Agreements: []norms.PutAgreement{
			{Version: 1, Slug: "paris-call", Title: "Paris Call for Trust and Security in Cyberspace", ShortTitle: "Paris Call", Aliases: []string{"Appel de Paris"},
				LegalNature: "voluntary_commitment", Space: "between_stakeholder_groups"},
			{Version: 1, Slug: "tech-accord", Title: "Cybersecurity Tech Accord", ShortTitle: "Tech Accord", LegalNature: "voluntary_commitment", Space: "within_stakeholder_group"},
		},
		Initiatives: []norms.PutInitiative{{Version: 5, Slug: "night-watch", Title: "Night watch", Kind: "programme", Organization: "microsoft", ReportedBy: "microsoft",
			Status: "ongoing", Partners: []norms.Partner{{Name: "A friend"}}}},
		Adherences: []norms.PutAdherence{{ID: 7, Version: 6, Organization: "microsoft", Agreement: "paris-call", Relation: "supported", Source: "register", Place: "row 2",
			Note: "As listed: category private-sector"}},
		Links: []norms.PutLink{
			{ID: 11, Version: 8, Initiative: "night-watch", Principle: "paris-call/1", Relation: "supports", Origin: "contributor"},
			{ID: 12, Version: 9, Initiative: "night-watch", Principle: "paris-call/5", Relation: "supports", Origin: "curator", Rationale: "It watches."},
		},
		Documents: []norms.PutSource{{Version: 2, Slug: "register", Title: "Register of supporters", Kind: "dataset", Exhaustiveness: "unknown", Language: "en"}},
		Citations: []norms.CitationRow{
			{ID: 21, Version: 8, Label: "1", Resolution: norms.Resolved, Principle: "paris-call/1", Reference: "principle 1", Link: 11},
			{ID: 22, Version: 7, Label: "99", Resolution: norms.Ambiguous, Reference: "principle 99", Candidates: []norms.Candidate{{Principle: "paris-call/5"}}},
			{ID: 23, Version: 9, Label: "5", Resolution: norms.SetAside, DecidedBy: "Rita", Note: "It is about something else.", Reference: "principle 5"},
		},
		Sources: []norms.Choice{{Kind: "source", Slug: "register", Title: "Register of supporters"}},
		Meaning: func(agreement, label string) []string {
			if len(label) != 1 || label > "9" {
				return nil
			}
			return []string{agreement + "/" + label}
		},
	}
}

// sheet is what a CSV file holds.
func sheet(t testing.TB, csv string) document.Sheet {
	t.Helper()
	d, err := document.Extract("a.csv", []byte(csv), document.DefaultLimits(), document.Tools{})
	if err != nil {
		t.Fatal(err)
	}
	return d.Sheets[0]
}

// guessed reads a CSV file as it is guessed, with values for all rows.
func guessed(t testing.TB, csv string, values map[string]string) (table.Mapping, table.Reading) {
	t.Helper()
	s, rec := sheet(t, csv), recorded()
	m, ok := table.Guess(s, rec)
	if !ok {
		t.Fatalf("nothing fits %q", csv)
	}
	all := map[string]string{}
	for _, from := range []map[string]string{m.Values, values} {
		for k, v := range from {
			all[k] = v
		}
	}
	m.Values = all
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	return m, table.Read(s, m, rec)
}

// brief writes edits and problems in one line each.
func brief(r table.Reading) string {
	var b strings.Builder
	for _, row := range r.Rows {
		for _, e := range row.Edits {
			fmt.Fprintln(&b, briefEdit(e))
		}
		for _, p := range row.Problems {
			fmt.Fprintln(&b, p)
		}
	}
	return b.String()
}

func briefEdit(e norms.Edit) string {
	switch e := e.(type) {
	case norms.PutOrganization:
		return fmt.Sprintf("organization %s@%d %q %s %s %s", e.Slug, e.Version, e.Name, e.Kind, e.StakeholderGroup, e.URL)
	case norms.PutInitiative:
		return fmt.Sprintf("initiative %s@%d %q %s %s of %s from %s: %s", e.Slug, e.Version, e.Title, e.Kind, e.Status, e.Organization, e.StartedOn, e.Summary)
	case norms.PutAgreement:
		return fmt.Sprintf("agreement %s@%d %q %q %s %s %q", e.Slug, e.Version, e.Title, e.ShortTitle, e.LegalNature, e.Space, e.Aliases)
	case norms.PutAdherence:
		return fmt.Sprintf("adherence %d@%d %s %s %s since %s, %s, %s: %s", e.ID, e.Version, e.Organization, e.Relation, e.Agreement, e.Since, e.Source, e.Place, e.Note)
	case norms.PutLink:
		return fmt.Sprintf("link %d@%d %s %s %s %s: %s", e.ID, e.Version, e.Initiative, e.Relation, e.Principle, e.Origin, e.Rationale)
	case norms.PutSource:
		return fmt.Sprintf("source %s@%d %q %s by %s, %s, %s, %s", e.Slug, e.Version, e.Title, e.Kind, e.Publisher, e.PublishedOn, e.Language, e.Exhaustiveness)
	case norms.ResolveCitation:
		return fmt.Sprintf("citation %d@%d %s %s: %s", e.ID, e.Version, e.Decision, e.Principle, e.Note)
	case norms.PutCitationLine:
		var refs []string
		for _, r := range e.References {
			refs = append(refs, r.Agreement+" "+strings.Join(r.Labels, ","))
		}
		return fmt.Sprintf("cites %s: %q at %s: %s", e.Initiative, e.Text, e.Place, strings.Join(refs, "; "))
	}
	return fmt.Sprintf("%T", e)
}
