// Package text brings what people and programs send into the one form in which
// texts are stored, whichever door they come through.
package text

import (
	"reflect"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Normalize is s as it is stored: in Unicode's composed form (NFC), lines
// ending in LF, no space around.
func Normalize(s string) string {
	return strings.TrimSpace(lineEnds.Replace(norm.NFC.String(s)))
}

// NormalizeFields normalizes every text in the struct at v, in place, and in
// structs, pointers and lists in it. A field with the tag text:"verbatim" stays.
func NormalizeFields(v any) { normalize(reflect.ValueOf(v)) }

func normalize(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			normalize(v.Elem())
		}
	case reflect.String:
		v.SetString(Normalize(v.String()))
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // not texts
		}
		for i := range v.Len() {
			normalize(v.Index(i))
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.IsExported() && f.Tag.Get("text") != "verbatim" {
				normalize(field)
			}
		}
	}
}
