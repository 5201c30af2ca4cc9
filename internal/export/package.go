package export

import (
	"strconv"
	"strings"
	"time"

	"normmap/internal/norms"
	"normmap/web/href"
)

// Package is the data dictionary of all tables as a Data Package (Frictionless
// 2.0), which programs read together with the CSV files beside it.
type Package struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Homepage    string     `json:"homepage,omitempty"`
	Version     string     `json:"version"`
	Created     time.Time  `json:"created"`
	Licenses    []licence  `json:"licenses"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
}

type resource struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Path        string `json:"path"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Format      string `json:"format"`
	Mediatype   string `json:"mediatype"`
	Encoding    string `json:"encoding"`
	Schema      schema `json:"schema"`
}

type schema struct {
	Fields        []field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
}

type field struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Description string       `json:"description"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Enum    []string `json:"enum,omitempty"`
	Pattern string   `json:"pattern,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"` // "" is the table itself
	Fields   []string `json:"fields"`
}

const (
	packageProfile = "https://datapackage.org/profiles/2.0/datapackage.json"
	// datePattern is that of dates of any precision, for which the standard has
	// no type.
	datePattern = `[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?`
)

// NewPackage describes the tables, whose CSV files lie beside the description.
func NewPackage(about About, sets []norms.Dataset) Package {
	p := Package{
		Schema: packageProfile, Name: "norms-to-evidence", Title: about.Title, Description: about.Citation, Homepage: about.Address,
		Version: version(about), Created: about.Written,
		Licenses: []licence{{Name: "CC-BY-4.0", Path: href.LicenceOfData, Title: about.Licence}},
	}
	for _, s := range sets {
		p.Resources = append(p.Resources, resource{
			Name: s.Name, Type: "table", Path: s.Name + ".csv", Title: s.Title, Description: s.Description,
			Format: "csv", Mediatype: "text/csv", Encoding: "utf-8", Schema: schemaOf(s),
		})
	}
	return p
}

func schemaOf(s norms.Dataset) schema {
	out := schema{MissingValues: []string{""}, PrimaryKey: s.Key}
	for _, c := range s.Columns {
		out.Fields = append(out.Fields, fieldOf(c))
		if c.Refers != "" {
			out.ForeignKeys = append(out.ForeignKeys, foreignKey{[]string{c.Name}, referenceOf(s.Name, c.Refers)})
		}
	}
	return out
}

func fieldOf(c norms.Column) field {
	f := field{Name: c.Name, Type: "string", Description: c.Description}
	switch c.Kind {
	case norms.NumberColumn:
		f.Type = "integer"
	case norms.TruthColumn:
		f.Type = "boolean"
	case norms.MomentColumn:
		f.Type = "datetime"
	case norms.DateColumn:
		f.Constraints = &constraints{Pattern: datePattern}
	case norms.TextColumn, norms.ListColumn: // several values of a list are one text
	}
	if c.Values != nil && c.Kind == norms.TextColumn {
		f.Constraints = &constraints{Enum: c.Values}
	}
	return f
}

// version of a package: its revision, in the three numbers that the standard
// expects.
func version(a About) string { return strconv.FormatInt(a.Revision, 10) + ".0.0" }

// referenceOf is where a column leads; within its own table the standard
// leaves the table's name out.
func referenceOf(table, refers string) reference {
	resource, column, _ := strings.Cut(refers, ".")
	if resource == table {
		resource = ""
	}
	return reference{resource, []string{column}}
}
