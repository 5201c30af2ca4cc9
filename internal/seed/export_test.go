package seed

import (
	"maps"
	"reflect"

	"normmap/internal/norms"
)

// NaturalKey opens naturalKey to tests.
func NaturalKey(e norms.Edit) string { return naturalKey(e) }

// KeysNamedIn lists the natural keys that an edit refers to.
func KeysNamedIn(e norms.Edit) []string {
	var keys []string
	for _, n := range namesIn(e) {
		if n.slug != "" {
			keys = append(keys, n.key)
		}
	}
	return keys
}

// FieldNames lists every field that a seed file may have.
func FieldNames() []string {
	seen := map[string][]int{}
	for _, t := range []reflect.Type{
		reflect.TypeFor[agreementFile](), reflect.TypeFor[edition](), reflect.TypeFor[principle](),
		reflect.TypeFor[numbering](), reflect.TypeFor[event](), reflect.TypeFor[fact](),
		reflect.TypeFor[organizationFile](), reflect.TypeFor[adherence](), reflect.TypeFor[sourceFile](),
		reflect.TypeFor[citationLine](), reflect.TypeFor[norms.Reference](),
		reflect.TypeFor[elementFile](), reflect.TypeFor[reading](), reflect.TypeFor[initiativesFile](), reflect.TypeFor[initiative](), reflect.TypeFor[norms.Partner](),
		reflect.TypeFor[statementsFile](), reflect.TypeFor[statement](), reflect.TypeFor[crosswalkFile](), reflect.TypeFor[crosswalkRow](),
	} {
		maps.Copy(seen, fieldsOf(t))
	}
	return names(seen)
}
