package api

import (
	"context"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// things are the kinds of thing that are read and written one at a time.
func (a *api) things() {
	slugged("agreement", "agreements", "One agreement with its editions, principles, numberings and adherences",
		(*store.Store).Agreement, func(t norms.Agreement) int64 { return t.Version }).parted((*store.Store).AgreementAt).serve(a)
	slugged("organization", "organizations", "One organization with its adherences, initiatives and sources",
		(*store.Store).Organization, func(t norms.Organization) int64 { return t.Version }).parted((*store.Store).OrganizationAt).serve(a)
	slugged("initiative", "initiatives", "One initiative with its links and what sources printed about it",
		(*store.Store).Initiative, func(t norms.Initiative) int64 { return t.Version }).serve(a)
	slugged("source", "sources", "One source with the lines of citations that it prints",
		(*store.Store).Source, func(t norms.Source) int64 { return t.Version }).parted((*store.Store).SourceAt).serve(a)
	slugged("element", "elements", "One element with its readings in all agreements",
		(*store.Store).Element, func(t norms.Element) int64 { return t.Version }).parted((*store.Store).ElementAt).serve(a)

	kind[norms.Edition]{
		name: "edition", tag: "editions", path: "/agreements/{agreement}/editions/{edition}", summary: "One edition with its principles",
		read: func(ctx context.Context, s *store.Store, at At) (norms.Edition, error) {
			return s.Edition(ctx, at.param("agreement"), at.param("edition"))
		},
		version: func(t norms.Edition) int64 { return t.Version },
		record:  "edition", edit: "put_edition", fields: map[string]string{"agreement": "agreement", "edition": "slug"},
	}.serve(a)
	kind[norms.Principle]{
		name: "principle", tag: "principles", path: "/principles/{agreement}/{label}",
		read: readPrinciple, version: func(t norms.Principle) int64 { return t.Version },
		record: "principle", edit: "put_principle", fields: map[string]string{"agreement": "agreement"}, same: []string{"edition"}, says: namesEdition, fits: fitsLabel,
	}.serve(a)
	a.numberedThings()
}

// numberedThings are those that have a number for a name. What the number
// stands for stays.
func (a *api) numberedThings() {
	id := map[string]string{"id": "id"}
	kind[norms.Happening]{
		name: "event", tag: "events", path: "/events/{id}", summary: "One event of an agreement",
		read: byNumber((*store.Store).Event), version: func(t norms.Happening) int64 { return t.Version },
		record: "event", edit: "put_event", fields: id, same: []string{"agreement"}, adds: "/events",
	}.serve(a)
	kind[norms.Numbering]{
		name: "numbering", tag: "numberings", path: "/numberings/{id}", summary: "One numbering with its labels",
		read: byNumber((*store.Store).Numbering), version: func(t norms.Numbering) int64 { return t.Version },
		record: "numbering", edit: "put_numbering", same: []string{"agreement", "slug"}, adds: "/numberings",
	}.serve(a)
	kind[norms.AdherenceRow]{
		name: "adherence", tag: "adherences", path: "/adherences/{id}", summary: "How one organization stands to one agreement",
		read: byNumber((*store.Store).Adherence), version: func(t norms.AdherenceRow) int64 { return t.Version },
		edit: "put_adherence", fields: id, adds: "/adherences",
		withdraw: func(id, version int64) norms.Edit { return norms.WithdrawAdherence{ID: id, Version: version} },
	}.serve(a)
	kind[norms.ReadingRow]{
		name: "element-reading", tag: "elements", path: "/element-readings/{id}", summary: "One reading of an element in an agreement",
		read: byNumber((*store.Store).ElementReading), version: func(t norms.ReadingRow) int64 { return t.ReadingVersion },
		record: "element_reading", edit: "put_element_reading", same: []string{"element", "agreement", "assessor", "organization"}, adds: "/element-readings",
	}.serve(a)
	kind[norms.FactRow]{
		name: "fact", tag: "facts", path: "/facts/{id}", summary: "Where one recorded fact is from",
		read: byNumber((*store.Store).Fact), version: func(t norms.FactRow) int64 { return t.Version },
		record: "fact", edit: "put_fact", same: []string{"kind", "entity", "field"}, adds: "/facts",
	}.serve(a)
	kind[norms.StatementRow]{
		name: "statement", tag: "statements", path: "/statements/{id}", summary: "One statement about an agreement, element or principle",
		read: byNumber((*store.Store).Statement), version: func(t norms.StatementRow) int64 { return t.Version },
		record: "statement", edit: "put_statement", fields: id, adds: "/statements",
	}.serve(a)
	kind[norms.CrosswalkRow]{
		name: "crosswalk-row", tag: "crosswalk", path: "/crosswalk/{id}", summary: "One asserted likeness of two principles",
		read: byNumber((*store.Store).CrosswalkRow), version: func(t norms.CrosswalkRow) int64 { return t.Version },
		record: "crosswalk", edit: "put_crosswalk", fields: id, adds: "/crosswalk",
	}.serve(a)
	kind[norms.AssessmentRow]{
		name: "assessment", tag: "links", path: "/assessments/{id}", summary: "One assessment of a link, with the answer to it",
		read: readAssessment, version: func(t norms.AssessmentRow) int64 { return t.Version },
		edit: "put_assessment", fields: id, same: []string{"link", "assessor", "organization"}, adds: "/assessments",
		withdraw: func(id, version int64) norms.Edit { return norms.WithdrawAssessment{ID: id, Version: version} },
	}.serve(a)
	kind[norms.AssessmentRow]{
		name: "answer", tag: "links", path: "/assessments/{id}/answer",
		read: readAssessment, version: func(t norms.AssessmentRow) int64 { return t.Version },
		does: account.AnswerForOrganization, edit: "put_answer", fields: map[string]string{"id": "assessment"},
	}.serve(a)
	kind[norms.CitationRow]{
		name: "citation", tag: "citations", path: "/citations/{id}", summary: "One cited label and what it was taken to mean",
		read: byNumber((*store.Store).Citation), version: func(t norms.CitationRow) int64 { return t.Version },
	}.serve(a)
	kind[norms.CitationRow]{
		name: "resolution", tag: "citations", path: "/citations/{id}/resolution",
		read: byNumber((*store.Store).Citation), version: func(t norms.CitationRow) int64 { return t.Version },
		edit: "resolve_citation", fields: id,
	}.serve(a)
	kind[norms.AssessedLink]{
		name: "link", tag: "links", path: "/links/{id}",
		read: byNumber((*store.Store).AssessedLink), version: func(t norms.AssessedLink) int64 { return t.Version },
		edit: "put_link", fields: id, same: []string{"initiative", "principle", "origin", "asserter"}, may: func(t norms.AssessedLink) error { return notContributors(t.LinkRow) },
	}.serve(a)
}

// readAssessment reads an assessment from the link that it is about.
func readAssessment(ctx context.Context, s *store.Store, at At) (norms.AssessmentRow, error) {
	id, err := at.number()
	if err != nil {
		return norms.AssessmentRow{}, err
	}
	link, err := s.LinkAssessed(ctx, id)
	if err != nil {
		return norms.AssessmentRow{}, err
	}
	l, err := s.AssessedLink(ctx, link)
	found, _ := l.Assessment(id)
	return found, err
}

func byNumber[T any](read func(*store.Store, context.Context, int64) (T, error)) func(context.Context, *store.Store, At) (T, error) {
	return func(ctx context.Context, s *store.Store, at At) (T, error) {
		id, err := at.number()
		if err != nil {
			var none T
			return none, err
		}
		return read(s, ctx, id)
	}
}

// slugged is a kind whose things have a name of their own in addresses.
func slugged[T any](name, tag, summary string, read func(*store.Store, context.Context, string) (T, error), version func(T) int64) kind[T] {
	return kind[T]{
		name: name, tag: tag, path: "/" + tag + "/{slug}", summary: summary,
		read:    func(ctx context.Context, s *store.Store, at At) (T, error) { return read(s, ctx, at.param("slug")) },
		version: version, record: name, edit: "put_" + name, fields: map[string]string{"slug": "slug"},
	}
}

// parted is k with lists that are read part by part.
func (k kind[T]) parted(read func(*store.Store, context.Context, string, norms.PartPage) (T, error)) kind[T] {
	k.readPart = func(ctx context.Context, s *store.Store, at At, part norms.PartPage) (T, error) {
		return read(s, ctx, at.param("slug"), part)
	}
	return k
}
