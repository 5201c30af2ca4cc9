package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
)

// Each query lists what breaks a rule of the schema, so it must return nothing.
var schemaRules = map[string]string{
	"constraints are named after their table": `
select conrelid::regclass || ' ' || conname from pg_constraint
where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u', 'c') and conrelid <> 'schema_migrations'::regclass
  and conname not like replace(conrelid::regclass::text, '_', '\_') || '\_%'`,
	"indexes are named after their table": `
select indexname from pg_indexes where schemaname in ('public', 'history') and tablename <> 'schema_migrations'
  and indexname not like replace(tablename, '_', '\_') || '\_%'`,
	"foreign keys are indexed": `
select conname from pg_constraint c where contype = 'f' and not exists (
  select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`,
	"tables are commented": `
select c.oid::regclass::text from pg_class c where relnamespace in ('public'::regnamespace, 'history'::regnamespace) and relkind in ('r', 'v')
  and obj_description(c.oid) is null and relname <> 'schema_migrations'`,
	"columns are commented": `
select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migrations' and a.attnum > 0 and not a.attisdropped
  and col_description(c.oid, a.attnum) is null`,
	"functions are commented": `
select p.oid::regprocedure::text from pg_proc p where pronamespace in ('public'::regnamespace, 'history'::regnamespace)
  and prorettype <> 'trigger'::regtype and obj_description(p.oid) is null
  and not exists (select from pg_depend where objid = p.oid and deptype = 'e')`,
	"domain tables have a twin with the same columns": `
select t.name || '.' || a.attname from history.tracked t join pg_attribute a on a.attrelid = ('public.' || t.name)::regclass
where a.attnum > 0 and not a.attisdropped and not exists (
  select from pg_attribute h where h.attrelid = ('history.' || t.name)::regclass and h.attname = a.attname and h.atttypid = a.atttypid)`,
	"every table of the domain is tracked": `
select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in (select name from history.tracked)
  and relname not in ('schema_migrations', 'schema_applied', 'account', 'changeset', 'address', 'address_within', 'session', 'token', 'one_time_link', 'sign_in_attempt', 'idempotency_key', 'document', 'document_sender', 'sent_table', 'table_mapping', 'proposed_table', 'proposal_problem', 'text_sketch',
    'proposal', 'proposal_edit', 'proposal_decision', 'proposal_comment', 'proposal_applied', 'objection', 'objection_ruling', 'approval', 'organization_tally', 'group_tally', 'record_tally', 'cocitation_tally', 'link_tally', 'unresolved_tally', 'adherence_tally', 'adherence_group_tally', 'changeset_tally', 'account_names', 'text_version', 'search_word',
    'named_principle', 'possible_citation', 'once_possible', 'once_contested', 'listed_link')`,
}

func TestSchemaKeepsItsRules(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	for rule, q := range schemaRules {
		if broken := lines(t, conn, q); len(broken) != 0 {
			t.Errorf("%s; not so: %v", rule, broken)
		}
	}
}

// A schema that breaks each rule: the checks above must find it.
func TestSchemaRulesFindWhatBreaksThem(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	_, err := conn.Exec(t.Context(), `
create table public.bad (id bigint constraint wrong primary key, agreement_id bigint constraint bad_agreement_id_fkey references agreement);
create function bad_one() returns int language sql return 1;
alter table public.fact_source add column extra text;`)
	if err != nil {
		t.Fatal(err)
	}
	for rule, q := range schemaRules {
		if len(lines(t, conn, q)) == 0 {
			t.Errorf("%s: the check finds nothing wrong with a schema that breaks it", rule)
		}
	}
}

// The closed lists of package norms and those of the database are the same.
func TestClosedListsAreTheDatabases(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	for constraint, want := range map[string][]string{
		"agreement_legal_nature_check":         words(norms.LegalNatures),
		"agreement_space_check":                words(norms.Spaces),
		"agreement_event_kind_check":           words(norms.EventKinds),
		"edition_noun_check":                   words(norms.Nouns),
		"principle_addressees_check":           words(norms.Addressees),
		"principle_obligation_check":           words(norms.Obligations),
		"numbering_basis_check":                words(norms.NumberingBases),
		"organization_kind_check":              words(norms.OrganizationKinds),
		"organization_stakeholder_group_check": words(norms.StakeholderGroups),
		"adherence_relation_check":             words(norms.AdherenceRelations),
		"initiative_kind_check":                words(norms.InitiativeKinds),
		"initiative_status_check":              words(norms.Statuses),
		"source_kind_check":                    words(norms.SourceKinds),
		"source_exhaustiveness_check":          words(norms.ExhaustivenessWords),
		"link_relation_check":                  words(norms.LinkRelations),
		"link_property_check":                  words(norms.LinkProperties),
		"link_origin_check":                    words(norms.Origins),
		"link_strength_check":                  words(norms.Strengths),
		"citation_resolution_check":            words(norms.Resolutions),
		"element_reading_reading_check":        words(norms.Readings),
		"element_reading_assessor_check":       words(norms.Assessors),
		"element_reading_confidence_check":     words(norms.Confidences),
		"fact_source_kind_check":               words(norms.EntityKinds),
		"fact_source_confidence_check":         words(norms.Confidences),
		"proposal_state_check":                 words(norms.ProposalStates),
		"proposal_made_from_check":             words(norms.MadeFroms),
		"proposal_decision_decision_check":     words(norms.Verdicts),
		"proposal_decision_code_check":         words(norms.RejectionCodes),
	} {
		def := lines(t, conn, fmt.Sprintf("select pg_get_constraintdef(oid) from pg_constraint where conname = '%s' and connamespace = 'public'::regnamespace", constraint))
		if len(def) != 1 {
			t.Errorf("no constraint %s", constraint)
			continue
		}
		var got []string
		for i, part := range strings.Split(def[0], "'") {
			if i%2 == 1 && part != "" {
				got = append(got, part)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s allows %v, norms has %v", constraint, got, want)
		}
	}
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// The last defence against addresses that must not become links.
func TestDatabaseRefusesBadWebAddresses(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	for _, address := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "data:text/html,x", "//evil.example/x", "/path", "http://", "https:///x",
		"https://user@example.org", "https://user:pw@example.org/", "https://exa mple.org", "https://example.org/\n", "ftp://example.org", "https://example.org/a b",
	} {
		var ok bool
		if err := conn.QueryRow(t.Context(), "select is_web_address($1)", address).Scan(&ok); err != nil || ok {
			t.Errorf("%q is taken for a web address (%v)", address, err)
		}
	}
	for _, address := range []string{"https://example.org", "http://example.org/a?b=c@d#e", "HTTPS://EXAMPLE.ORG/"} {
		var ok bool
		if err := conn.QueryRow(t.Context(), "select is_web_address($1)", address).Scan(&ok); err != nil || !ok {
			t.Errorf("%q is refused (%v)", address, err)
		}
	}
}
