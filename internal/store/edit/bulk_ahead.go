package edit

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// lookAhead looks up what edits of one kind need, and returns how many of them
// from the beginning can be written together: those whose names are recorded
// and of which none puts what another one puts or names. Kinds that seldom come
// in numbers are not among them.
func (w *writing) lookAhead(ctx context.Context, edits []norms.Edit) (int, error) {
	switch edits[0].(type) {
	case norms.PutOrganization:
		return w.aheadOfOrganizations(ctx, as[norms.PutOrganization](edits))
	case norms.PutSource:
		return w.aheadOfSources(ctx, as[norms.PutSource](edits))
	case norms.PutPrinciple:
		return w.aheadOfPrinciples(ctx, as[norms.PutPrinciple](edits))
	case norms.PutAdherence:
		return w.aheadOfAdherences(ctx, as[norms.PutAdherence](edits))
	case norms.PutInitiative:
		return w.aheadOfInitiatives(ctx, as[norms.PutInitiative](edits))
	case norms.PutCitationLine:
		return w.aheadOfLines(ctx, as[norms.PutCitationLine](edits))
	case norms.PutLink:
		return w.aheadOfLinks(ctx, as[norms.PutLink](edits))
	case norms.PutAssessment:
		return w.aheadOfAssessments(ctx, as[norms.PutAssessment](edits))
	}
	return 0, nil
}

func as[E norms.Edit](edits []norms.Edit) []E {
	out := make([]E, len(edits))
	for i, e := range edits {
		out[i] = e.(E)
	}
	return out
}

const slugIs = "slug = @slug"

func (w *writing) aheadOfOrganizations(ctx context.Context, edits []norms.PutOrganization) (int, error) {
	var keys []pgx.StrictNamedArgs
	for _, e := range edits {
		// An agreement has one collective: these depend on each other.
		if e.Agreement != "" || w.run.again(e.Slug) {
			break
		}
		keys = append(keys, pgx.StrictNamedArgs{"slug": e.Slug})
	}
	if err := look(ctx, w, organizationTable, slugIs, edits, keys); err != nil {
		return 0, err
	}
	for i, k := range keys {
		if found, err := find(ctx, w, organizationTable, slugIs, k); err != nil || found != nil && found.Data.AgreementID != nil {
			return i, err
		}
	}
	return len(keys), nil
}

func (w *writing) aheadOfSources(ctx context.Context, edits []norms.PutSource) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("organization", e.Organization)
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var keys []pgx.StrictNamedArgs
	for _, e := range edits {
		if !w.knows("organization", e.Organization) || w.run.again(e.Slug) {
			break
		}
		keys = append(keys, pgx.StrictNamedArgs{"slug": e.Slug})
	}
	return len(keys), look(ctx, w, sourceTable, slugIs, edits, keys)
}

func (w *writing) aheadOfPrinciples(ctx context.Context, edits []norms.PutPrinciple) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("edition", e.Agreement+"/"+e.Edition)
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var keys []pgx.StrictNamedArgs
	for _, e := range edits {
		edition, label := e.Agreement+"/"+e.Edition, norms.LabelSlug(e.Number)
		if !w.knows("edition", edition) || w.run.again(edition+"/"+label) {
			break
		}
		keys = append(keys, pgx.StrictNamedArgs{"edition": w.known["edition "+edition], "label": label})
	}
	return len(keys), look(ctx, w, principleTable, principleKey, edits, keys)
}

func (w *writing) aheadOfAdherences(ctx context.Context, edits []norms.PutAdherence) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("organization", e.Organization, e.Via)
		asked.add("agreement", e.Agreement)
		asked.add("source", e.Source)
		asked.add("edition", editionOf(e))
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var keys []pgx.StrictNamedArgs
	for _, e := range edits {
		// One that is named by its number may take the place of another.
		if e.ID != 0 || !w.knows("organization", e.Organization, e.Via) || !w.knows("agreement", e.Agreement) ||
			!w.knows("source", e.Source) || !w.knows("edition", editionOf(e)) {
			break
		}
		data, err := w.adherenceData(ctx, e)
		if err != nil {
			return 0, err
		}
		if w.run.again(rowKey(adherenceTable.name, adherenceKey, data.key())) {
			break
		}
		keys = append(keys, data.key())
	}
	return len(keys), look(ctx, w, adherenceTable, adherenceKey, edits, keys)
}

// knowParties looks up whose initiatives are, unless that is known.
func (w *writing) knowParties(ctx context.Context, initiatives []int64) error {
	initiatives = slices.DeleteFunc(initiatives, func(id int64) bool { return w.run.parties[id].ID != 0 })
	if len(initiatives) == 0 {
		return nil
	}
	found, err := postgres.Collect[parties](ctx, w.db, "whose initiatives these are", partiesOf, pgx.StrictNamedArgs{"initiatives": initiatives})
	for _, p := range found {
		w.run.parties[p.ID] = p
	}
	return err
}
