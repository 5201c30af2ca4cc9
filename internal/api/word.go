package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
)

// Parameters that take only certain words or forms. Each has its own type so
// that the description and the check of a request come from the closed lists
// of package norms.
type (
	slug              string
	ref               string
	evidence          string
	initiativeStatus  string
	stakeholderGroup  string
	sourceKind        string
	adherenceRelation string
	resolution        string
	relation          string
	property          string
	strength          string
	origin            string
	space             string
	force             string
	coverageBy        string
	foundKind         string
	statementKind     string
	stance            string
	question          string
	crosswalkRelation string
	crosswalkOrigin   string
	assessed          string
)

const slugPattern = `[a-z0-9]+(-[a-z0-9]+)*`

// Schema implements huma.SchemaProvider, as do those below.
func (slug) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, MaxLength: new(norms.MaxSlug), Pattern: "^" + slugPattern + "$",
		PatternDescription: "a slug: lower-case letters, digits and single hyphens"}
}

func (ref) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, MaxLength: new(3*norms.MaxSlug + 2), Pattern: "^" + slugPattern + "(@" + slugPattern + ")?/" + slugPattern + "$",
		PatternDescription: "agreement/label or agreement@edition/label, for example paris-call/5"}
}

func (evidence) Schema(huma.Registry) *huma.Schema         { return words([]string{"none"}) }
func (initiativeStatus) Schema(huma.Registry) *huma.Schema { return words(norms.Statuses) }

func (stakeholderGroup) Schema(huma.Registry) *huma.Schema { return words(norms.StakeholderGroups) }
func (sourceKind) Schema(huma.Registry) *huma.Schema       { return words(norms.SourceKinds) }

func (adherenceRelation) Schema(huma.Registry) *huma.Schema { return words(norms.AdherenceRelations) }

func (resolution) Schema(huma.Registry) *huma.Schema {
	return words(norms.Resolutions, "unresolved")
}

func (statementKind) Schema(huma.Registry) *huma.Schema { return words(norms.StatementKinds) }
func (stance) Schema(huma.Registry) *huma.Schema        { return words(norms.Stances) }
func (question) Schema(huma.Registry) *huma.Schema      { return words(norms.Questions) }

func (crosswalkRelation) Schema(huma.Registry) *huma.Schema { return words(norms.CrosswalkRelations) }
func (crosswalkOrigin) Schema(huma.Registry) *huma.Schema   { return words(norms.CrosswalkOrigins) }

func (relation) Schema(huma.Registry) *huma.Schema { return words(norms.LinkRelations) }
func (property) Schema(huma.Registry) *huma.Schema { return words(norms.LinkProperties, "") }
func (strength) Schema(huma.Registry) *huma.Schema { return words(norms.Strengths, "") }
func (origin) Schema(huma.Registry) *huma.Schema   { return words(norms.Origins) }
func (space) Schema(huma.Registry) *huma.Schema    { return words(norms.Spaces) }

func (force) Schema(huma.Registry) *huma.Schema {
	return words(slices.Concat(norms.Forces, norms.LegalNatures))
}

func (coverageBy) Schema(huma.Registry) *huma.Schema { return words(norms.CoverageBys) }
func (foundKind) Schema(huma.Registry) *huma.Schema  { return words(norms.FoundKinds) }

// Schema takes the word that people use for disagrees, too.
func (assessed) Schema(huma.Registry) *huma.Schema { return words(norms.AssessedWords, "disagreed") }

// words is the schema of one of a list of words, and of more beside them.
func words[T ~string](list []T, more ...string) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, w := range list {
		s.Enum = append(s.Enum, string(w))
	}
	for _, w := range more {
		s.Enum = append(s.Enum, w)
	}
	return s
}
