package norms

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Edit is one change that someone asks for. Its Check looks only at the edit
// itself; what needs the recorded data is checked where it is applied.
//
// Edits name things as people do: slugs and principle refs, and numbers only
// for links, adherences and citations, which have no name of their own.
// Version is the revision that last wrote the thing as the writer saw it; 0
// asks for a new one.
type Edit interface {
	Check() error
}

// editNames is the stable JSON name of every kind of edit.
var editNames = map[string]Edit{
	"put_agreement":       PutAgreement{},
	"put_event":           PutEvent{},
	"put_edition":         PutEdition{},
	"put_principle":       PutPrinciple{},
	"put_numbering":       PutNumbering{},
	"put_organization":    PutOrganization{},
	"put_adherence":       PutAdherence{},
	"withdraw_adherence":  WithdrawAdherence{},
	"put_initiative":      PutInitiative{},
	"put_source":          PutSource{},
	"put_source_text":     PutSourceText{},
	"put_citation_line":   PutCitationLine{},
	"resolve_citation":    ResolveCitation{},
	"put_link":            PutLink{},
	"withdraw_link":       WithdrawLink{},
	"put_element":         PutElement{},
	"put_element_reading": PutElementReading{},
	"put_statement":       PutStatement{},
	"put_crosswalk":       PutCrosswalk{},
	"put_fact":            PutFact{},
	"withdraw":            Withdraw{},
	"restore":             Restore{},
	"rename":              Rename{},
	"revert":              Revert{},

	"put_assessment":            PutAssessment{},
	"withdraw_assessment":       WithdrawAssessment{},
	"put_answer":                PutAnswer{},
	"put_cell_review":           PutCellReview{},
	"withdraw_cell_review":      WithdrawCellReview{},
	"put_addressee_ruling":      PutAddresseeRuling{},
	"withdraw_addressee_ruling": WithdrawAddresseeRuling{},
}

var namesByType = func() map[reflect.Type]string {
	out := make(map[reflect.Type]string, len(editNames))
	for name, zero := range editNames {
		out[reflect.TypeOf(zero)] = name
	}
	return out
}()

// EditName is the stable name of e's kind.
func EditName(e Edit) string {
	if name, ok := namesByType[reflect.TypeOf(e)]; ok {
		return name
	}
	panic(fmt.Sprintf("edit %T has no name", e)) // a test walks all kinds
}

type editJSON struct {
	Name string          `json:"edit"`
	Body json.RawMessage `json:"with"`
}

// MarshalEdits writes edits in their stable form: [{"edit":name,"with":{…}}].
func MarshalEdits(edits []Edit) ([]byte, error) {
	out := make([]editJSON, len(edits))
	for i, e := range edits {
		body, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("writing edit %d: %w", i+1, err)
		}
		out[i] = editJSON{EditName(e), body}
	}
	return json.Marshal(out)
}

// UnmarshalEdits reads what MarshalEdits wrote.
func UnmarshalEdits(data []byte) ([]Edit, error) {
	var in []editJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("reading edits: %w", err)
	}
	out := make([]Edit, len(in))
	for i, j := range in {
		zero, ok := editNames[j.Name]
		if !ok {
			return nil, fmt.Errorf("reading edit %d: there is no edit %q", i+1, j.Name)
		}
		v := reflect.New(reflect.TypeOf(zero))
		if err := json.Unmarshal(j.Body, v.Interface()); err != nil {
			return nil, fmt.Errorf("reading edit %d, %s: %w", i+1, j.Name, err)
		}
		out[i] = v.Elem().Interface().(Edit)
	}
	return out, nil
}

// VersionOf is the version that e carries; 0 when it carries none.
func VersionOf(e Edit) int64 {
	if f := reflect.ValueOf(e).FieldByName("Version"); f.IsValid() {
		return f.Int()
	}
	return 0
}

// WithVersion is e as if its writer had seen another version; e itself where it
// carries none.
func WithVersion(e Edit, version int64) Edit {
	v := reflect.New(reflect.TypeOf(e)).Elem()
	v.Set(reflect.ValueOf(e))
	if f := v.FieldByName("Version"); f.IsValid() {
		f.SetInt(version)
	}
	if f := v.FieldByName("Takes"); f.IsValid() {
		f.SetZero() // what went along with the version before
	}
	return v.Interface().(Edit)
}

// EditNames lists the stable names of all kinds of edit.
func EditNames() []string { return slices.Sorted(maps.Keys(editNames)) }

// EmptyEdit is an edit of the kind with that stable name that says nothing
// yet; nil when there is no such kind.
func EmptyEdit(name string) Edit { return editNames[name] }

// SaidByName answers whoever tries to correct an edit, of a proposal, that
// speaks by name.
func SaidByName(position int, proposer string) error {
	return Errorf(Conflict, "edit %d is what %s says by name, so nobody else puts words into it: reject it, or record your own", position, proposer)
}

// SpeaksByName says whether e records what a person says by name: whoever
// proposes it, whoever applies it. Nobody else changes its words.
func SpeaksByName(e Edit) bool {
	switch e := e.(type) {
	case PutAssessment:
		return e.Assessor == ByCurator
	case PutElementReading:
		return e.Assessor == "account"
	case PutCellReview:
		return true
	}
	return false
}
