package api

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
)

// closedLists are the words that fields of these types may say.
func closedLists() map[reflect.Type]*huma.Schema {
	return map[reflect.Type]*huma.Schema{
		reflect.TypeFor[norms.LegalNature]():       words(norms.LegalNatures),
		reflect.TypeFor[norms.Space]():             words(norms.Spaces),
		reflect.TypeFor[norms.EventKind]():         words(norms.EventKinds),
		reflect.TypeFor[norms.Noun]():              words(norms.Nouns),
		reflect.TypeFor[norms.Obligation]():        words(norms.Obligations),
		reflect.TypeFor[norms.NumberingBasis]():    words(norms.NumberingBases),
		reflect.TypeFor[norms.StakeholderGroup]():  words(norms.StakeholderGroups),
		reflect.TypeFor[norms.OrganizationKind]():  words(norms.OrganizationKinds),
		reflect.TypeFor[norms.SourceKind]():        words(norms.SourceKinds),
		reflect.TypeFor[norms.AdherenceRelation](): words(norms.AdherenceRelations),
		reflect.TypeFor[norms.InitiativeKind]():    words(norms.InitiativeKinds),
		reflect.TypeFor[norms.Status]():            words(norms.Statuses),
		reflect.TypeFor[norms.Reading]():           words(norms.Readings),
		reflect.TypeFor[norms.Assessor]():          words(norms.Assessors),
		reflect.TypeFor[norms.Confidence]():        words(norms.Confidences),
		reflect.TypeFor[norms.Decision]():          words(norms.Decisions),
		reflect.TypeFor[norms.EntityKind]():        words(norms.EntityKinds),
		reflect.TypeFor[norms.AssessorKind]():      words(norms.AssessorKinds),
		reflect.TypeFor[norms.LinkRelation]():      words(norms.LinkRelations),
		reflect.TypeFor[norms.View]():              words(norms.Views),
		reflect.TypeFor[norms.StatementKind]():     words(norms.StatementKinds),
		reflect.TypeFor[norms.Stance]():            words(norms.Stances),
		reflect.TypeFor[norms.CrosswalkRelation](): words(norms.CrosswalkRelations),
		reflect.TypeFor[norms.RationaleKind]():     words(norms.RationaleKinds),
	}
}

// listWords puts closed lists into the schema of a type. A field that need not
// be there may be empty, too.
func listWords(s *huma.Schema, t reflect.Type) {
	lists := closedLists()
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p := s.Properties[name]; p != nil && f.Type.Kind() == reflect.Pointer {
			p.Nullable = true // as good as left out, and as reads tell it
		}
		list, ok := lists[f.Type]
		if !ok || s.Properties[name] == nil {
			continue
		}
		if !slices.Contains(s.Required, name) {
			list = &huma.Schema{Type: list.Type, Enum: append(slices.Clone(list.Enum), "")}
		}
		s.Properties[name] = list
	}
}
