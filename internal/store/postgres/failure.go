package postgres

import (
	"errors"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"normmap/internal/norms"
)

// constraints translates the name of a violated constraint into words.
var constraints = map[string]func() error{
	"agreement_slug_key":                      taken("slug", "is already used by another agreement"),
	"agreement_alias_alias_key":               taken("aliases", "is already a name of another agreement"),
	"edition_current_key":                     taken("current", "another edition of this programme is current"),
	"principle_label_key":                     taken("number", "is already used in this edition"),
	"organization_slug_key":                   taken("slug", "is already used by another organization"),
	"organization_agreement_id_key":           taken("agreement", "already has a collective"),
	"source_slug_key":                         taken("slug", "is already used by another source"),
	"initiative_slug_key":                     taken("slug", "is already used by another initiative"),
	"element_slug_key":                        taken("slug", "is already used by another element"),
	"element_number_key":                      taken("number", "is already that of another element"),
	"element_reading_key":                     taken("reading", "is already recorded for this element, agreement and assessor"),
	"initiative_partner_key":                  taken("partners", "names a partner twice"),
	"address_pkey":                            taken("slug", "belongs to something that was renamed or withdrawn; slugs are never used again"),
	"address_within_pkey":                     taken("slug", "belongs to another one that was renamed or withdrawn; names are never used again"),
	"adherence_key":                           taken("relation", "is already recorded for this organization, agreement, edition, route and date"),
	"link_key":                                taken("principle", "is already linked to this initiative by the same asserter; change the recorded link instead"),
	"link_initiative_id_fkey":                 inUse("links rest on the initiative"),
	"link_principle_id_fkey":                  inUse("links rest on the principle"),
	"link_asserter_id_fkey":                   inUse("links are asserted by the organization"),
	"citation_link_id_fkey":                   inUse("a citation rests on the link"),
	"citation_line_initiative_id_fkey":        inUse("a source's citation line belongs to the initiative"),
	"citation_line_source_id_fkey":            inUse("citation lines belong to the source"),
	"citation_reference_id_fkey":              inUse("a citation of the line was decided since"),
	"initiative_partner_organization_id_fkey": inUse("the organization is a partner of an initiative"),
	"agreement_event_key":                     taken("title", "is already recorded for this agreement, kind and date"),
	"numbering_label_key":                     taken("labels", "holds a label twice"),
	"citation_line_key":                       taken("text", "is already recorded for this initiative and source"),
	"initiative_parent_id_fkey":               inUse("parts belong to the initiative"),
	"initiative_organization_id_fkey":         inUse("initiatives belong to the organization"),
	"initiative_reported_by_id_fkey":          inUse("initiatives were reported by the organization"),
	"initiative_source_id_fkey":               inUse("initiatives rest on the source"),
	"adherence_organization_id_fkey":          inUse("adherences belong to the organization"),
	"adherence_via_id_fkey":                   inUse("adherences go through the organization"),
	"adherence_source_id_fkey":                inUse("adherences rest on the source"),
	"element_reading_element_id_fkey":         inUse("readings of the element are recorded"),
	"element_reading_agreement_id_fkey":       inUse("elements were read in the agreement"),
	"element_reading_edition_id_fkey":         inUse("elements were read in the edition"),
	"element_reading_organization_id_fkey":    inUse("the organization reads elements"),
	"element_reading_source_id_fkey":          inUse("readings rest on the source"),
	"statement_key":                           taken("title", "is already recorded for this source, organization and thing"),
	"statement_element_id_fkey":               inUse("statements are about the element"),
	"statement_agreement_id_fkey":             inUse("statements are about the agreement"),
	"statement_principle_id_fkey":             inUse("statements are about the principle"),
	"statement_organization_id_fkey":          inUse("statements are the organization's"),
	"statement_source_id_fkey":                inUse("statements rest on the source"),
	"crosswalk_key":                           taken("object", "is already compared with this principle by the same asserter"),
	"crosswalk_subject_id_fkey":               inUse("the crosswalk compares the principle"),
	"crosswalk_object_id_fkey":                inUse("the crosswalk compares the principle"),
	"crosswalk_asserter_id_fkey":              inUse("the organization compares principles"),
	"crosswalk_source_id_fkey":                inUse("comparisons of principles rest on the source"),
	"assessment_key":                          taken("assessor", "has assessed this link already; change that assessment instead"),
	"assessment_link_id_fkey":                 inUse("the link that was assessed is withdrawn"),
	"assessment_organization_id_fkey":         inUse("the organization assesses links"),
	"answer_assessment_id_key":                taken("text", "cannot be given: the assessment is answered already, and an organization answers once"),
	"answer_organization_id_fkey":             inUse("the organization answered an assessment"),
	"cell_review_key":                         taken("principle", "is already reviewed for this organization"),
	"cell_review_principle_id_fkey":           inUse("the principle was reviewed for an organization"),
	"cell_review_organization_id_fkey":        inUse("the organization was reviewed for a principle"),
	"addressee_ruling_key":                    taken("principle", "already has a ruling for this organization"),
	"addressee_ruling_principle_id_fkey":      inUse("it was decided whether the principle speaks to an organization"),
	"addressee_ruling_organization_id_fkey":   inUse("it was decided whether a principle speaks to the organization"),
	"changeset_reverts_id_fkey":               func() error { return norms.NotFoundf("the changeset that is to be taken back is not recorded") },
	"account_email_key":                       taken("email", "already has an account"),
	"account_organization_id_fkey":            inUse("an account is bound to the organization"),
}

func taken(field, message string) func() error {
	return func() error {
		return &norms.Error{Kind: norms.Conflict, Problems: []norms.Problem{{Field: field, Message: message}}}
	}
}

func inUse(what string) func() error {
	return func() error {
		return norms.Errorf(norms.Conflict, "this cannot be taken back while %s; take that back first", what)
	}
}

// Failure turns an error of the database into one that a person may read,
// where there is one: a violated constraint by its name, refused values, a
// database that is away. Everything else stays what it is.
func Failure(err error) error {
	if err == nil {
		return nil
	}
	pg, said := errors.AsType[*pgconn.PgError](err)
	_, dial := errors.AsType[*pgconn.ConnectError](err)
	switch {
	case said && !dial:
		return pgFailure(pg, err)
	case isAway(err):
		return Away(err)
	}
	return err
}

// refusedBy are the codes of triggers whose words are meant for people.
var refusedBy = map[string]norms.Kind{
	"NM010": norms.Conflict,  // the proposal or edit is closed
	"NM011": norms.Forbidden, // not the proposer
	"NM012": norms.Forbidden, // four eyes
}

// passing are the beginnings of the codes of what passes by itself or by the
// operator's hand: connections, shutdown, resources, sign-in, timeouts, locks,
// read-only, files, serialization and deadlocks.
var passing = []string{"08", "57", "53", "28", "3D000", "55P03", "25P03", "25006", "58", "40001", "40P01"}

func pgFailure(pg *pgconn.PgError, err error) error {
	if say, ok := constraints[pg.ConstraintName]; ok {
		return say()
	}
	if kind, ok := refusedBy[pg.Code]; ok {
		return norms.Errorf(kind, "%s", pg.Message)
	}
	switch {
	case slices.ContainsFunc(passing, func(p string) bool { return strings.HasPrefix(pg.Code, p) }):
		return Away(err)
	case pg.Code == "23503", pg.Code == "23505":
		return norms.Errorf(norms.Conflict, "this contradicts something else that is recorded (%s)", pg.ConstraintName)
	case strings.HasPrefix(pg.Code, "22"):
		return norms.Errorf(norms.Malformed, "a value cannot be stored as text or number")
	case strings.HasPrefix(pg.Code, "23"):
		return norms.Errorf(norms.Invalid, "a value does not satisfy the rule %s", pg.ConstraintName)
	}
	return err
}

// isAway recognizes a connection that could not be made, was cut or timed out.
func isAway(err error) bool {
	_, dial := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err) // deadlines too
	return dial || network || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, puddle.ErrClosedPool) || pgconn.SafeToRetry(err)
}

// Refused says whether err is the database's word that it does not let us in:
// a wrong password or no such database.
func Refused(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (strings.HasPrefix(pg.Code, "28") || pg.Code == "3D000")
}

// CommitFailure is [Failure] for a commit: when the connection is cut while it
// runs, nobody knows whether it took effect.
func CommitFailure(err error) error {
	if _, refused := errors.AsType[*pgconn.PgError](err); refused || !isAway(err) {
		return Failure(err)
	}
	return unavailable{norms.Errorf(norms.Unavailable, "the database went away while saving; it is not known whether this was saved, look before you try again"), err}
}

// unavailable keeps the cause for the log behind the words for the reader.
type unavailable struct{ said, cause error }

func (u unavailable) Error() string   { return u.said.Error() + ": " + u.cause.Error() }
func (u unavailable) Unwrap() []error { return []error{u.said, u.cause} }

// Away is err as what a database says that does not answer.
func Away(err error) error {
	return unavailable{norms.Errorf(norms.Unavailable, "the database does not answer; nothing was saved, try again in a moment"), err}
}
