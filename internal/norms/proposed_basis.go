package norms

import (
	"reflect"
	"strconv"
)

// EditBasis names what an edit rests on: a citation, a link or an initiative with
// what sources print of it, or a document with a place and a quotation.
type EditBasis struct {
	Citation   int64
	Link       int64
	Initiative string // slug
	Source     string // slug
	Place      string
	Quote      string
}

// BasisOf finds what an edit rests on by the fields that name it, so that new
// kinds of edits need nothing here.
func BasisOf(e Edit) EditBasis {
	switch e := e.(type) {
	case ResolveCitation:
		return EditBasis{Citation: e.ID}
	case WithdrawLink:
		return EditBasis{Link: e.ID}
	case PutLink:
		return EditBasis{Initiative: e.Initiative}
	case PutInitiative:
		return EditBasis{Initiative: e.Slug, Source: e.Source, Place: e.Place}
	case PutCitationLine:
		return EditBasis{Source: e.Source, Place: e.Place, Quote: e.Text}
	case Withdraw:
		switch e.Kind {
		case "initiative":
			return EditBasis{Initiative: e.Key}
		case "source":
			return EditBasis{Source: e.Key}
		}
	}
	v := reflect.ValueOf(e)
	out := EditBasis{Source: textOf(v, "Source"), Place: textOf(v, "Place"), Quote: textOf(v, "Quote")}
	if f := v.FieldByName("Link"); f.IsValid() && f.CanInt() {
		out.Link = f.Int()
	}
	return out
}

// Is tells whether the thing of a kind with a key is what the edit rests on.
func (b EditBasis) Is(kind, key string) bool {
	switch kind {
	case "citation":
		return b.Citation != 0 && strconv.FormatInt(b.Citation, 10) == key
	case "link":
		return b.Link != 0 && strconv.FormatInt(b.Link, 10) == key
	case "initiative":
		return b.Initiative == key
	case "source":
		return b.Source == key
	}
	return false
}

func textOf(v reflect.Value, field string) string {
	if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
