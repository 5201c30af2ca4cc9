package norms

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Called is a thing as an edit names it: a kind of RecordKinds and its key.
type Called struct{ Kind, Key string }

// Renaming is a name in an edit that is not the thing's name any more.
type Renaming struct {
	Kind string `json:"kind"`
	From string `json:"from"`
	To   string `json:"to"`
}

// namingFields are the fields of edits, and of lists in them, that name other
// things, with the kind of thing.
var namingFields = map[string]string{
	"organization": "organization", "reported_by": "organization", "via": "organization", "asserter": "organization",
	"parent": "initiative", "initiative": "initiative", "source": "source", "agreement": "agreement", "element": "element",
	"principle": "principle", "subject": "principle", "object": "principle",
}

// ownSlug is the kind of thing whose slug an edit carries.
var ownSlug = map[string]string{
	"put_agreement": "agreement", "put_organization": "organization", "put_initiative": "initiative", "put_source": "source", "put_element": "element",
}

// OwnSlug is the kind of thing that an edit of a name puts under a slug of its
// own, "" for none.
func OwnSlug(edit string) string { return ownSlug[edit] }

// New is the thing that e adds under a name of its own; false when it changes
// a recorded one or adds something without a name.
func New(e Edit) (Called, bool) {
	kind := ownSlug[EditName(e)]
	if kind == "" || VersionOf(e) != 0 {
		return Called{}, false
	}
	found := Called{Kind: kind}
	_, err := Renamed(e, func(n Called) string {
		return n.Key
	}, func(slug string) { found.Key = slug })
	return found, err == nil && found.Key != ""
}

// Renamed is e with every name of another thing, and the slug of the recorded
// one that it changes, as now gives it. Added is told the slug of a new thing,
// which stays.
func Renamed(e Edit, now func(Called) string, added func(slug string)) (Edit, error) {
	name := EditName(e)
	list, err := MarshalEdits([]Edit{e})
	if err != nil {
		return nil, err
	}
	var read []struct {
		Name string         `json:"edit"`
		With map[string]any `json:"with"`
	}
	d := json.NewDecoder(bytes.NewReader(list))
	d.UseNumber()
	if err := d.Decode(&read); err != nil {
		return nil, fmt.Errorf("reading the names in an edit: %w", err)
	}
	with := read[0].With
	if slug, ok := with["slug"].(string); ok && ownSlug[name] != "" {
		if VersionOf(e) == 0 {
			added(slug)
		} else {
			with["slug"] = now(Called{ownSlug[name], slug})
		}
	}
	renameKey(with, "key", now)
	renameKey(with, "entity", now)
	renameFields(with, now)
	if list, err = json.Marshal(read); err != nil {
		return nil, fmt.Errorf("writing the names in an edit: %w", err)
	}
	out, err := UnmarshalEdits(list)
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// renameKey renames what an edit about any kind of thing names.
func renameKey(with map[string]any, field string, now func(Called) string) {
	kind, _ := with["kind"].(string)
	key, ok := with[field].(string)
	if k, known := RecordKindOf(kind); ok && known && k.Keyed != ByNumber {
		with[field] = now(Called{kind, key})
	}
}

func renameFields(with map[string]any, now func(Called) string) {
	for field, value := range with {
		switch v := value.(type) {
		case string:
			if kind := namingFields[field]; kind != "" && v != "" {
				with[field] = now(Called{kind, v})
			}
		case []any:
			for _, part := range v {
				if m, ok := part.(map[string]any); ok {
					renameFields(m, now)
				}
			}
		}
	}
}
