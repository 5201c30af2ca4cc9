package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/pgtest"
	"normmap/internal/store"
)

// randomWrites are statements that change what is counted, in a changeset; %d
// is a random number. What belongs to a row goes after it or before it, as
// undoing a changeset takes rows away.
var randomWrites = []string{
	`insert into link (initiative_id, principle_id, relation, origin, asserter_id, version)
	  select i.id, p.id, (array['supports', 'supports', 'contrary'])[1 + (i.id + p.id) %% 3], (array['contributor', 'curator', 'third_party'])[1 + (p.id + %[1]d) %% 3],
	    case (p.id + %[1]d) %% 3 when 1 then null else i.organization_id end, history.current_rev()
	  from initiative i, principle p where (i.id * 31 + p.id * 17 + %[1]d) %% 23 = 0 on conflict do nothing`,
	`insert into link (initiative_id, principle_id, relation, origin, version)
	  select i.id, p.id, 'supports', 'curator', history.current_rev() from initiative i, principle p where (i.id + p.id) = 10 + %d %% 60 limit 1 on conflict do nothing`,
	`update link set relation = 'contrary', version = history.current_rev() where id %% 7 = %d %% 7`,
	`update link set relation = 'supports', version = history.current_rev() where id %% 5 = %d %% 5`,
	`update link set rationale = 'other words', version = history.current_rev() where id %% 5 = %d %% 5`,
	`update link l set principle_id = p.id, version = history.current_rev() from principle p
	  where l.id %% 9 = %[1]d %% 9 and p.id = 1 + (l.principle_id + %[1]d) %% 60 and not exists (select from link k where k.initiative_id = l.initiative_id and k.principle_id = p.id)
	    and l.id = (select min(m.id) from link m where m.initiative_id = l.initiative_id and m.id %% 9 = %[1]d %% 9)`,
	`delete from link l where id %% 11 = %d %% 11 and not exists (select from citation c where c.link_id = l.id)`,
	`insert into assessment (link_id, assessor, organization_id, view, rationale, version)
	  select l.id, 'third_party', 1, (array['disagrees', 'agrees'])[1 + l.id %% 2], 'x', history.current_rev() from link l where (l.id + %d) %% 6 = 0 on conflict do nothing`,
	`update assessment set view = case view when 'disagrees' then 'partly' else 'disagrees' end, version = history.current_rev() where (id + %d) %% 2 = 0`,
	`delete from assessment where (id + %d) %% 4 = 0`,
	`update citation set resolution = 'ambiguous', link_id = null, version = history.current_rev() where (id + %d) %% 8 = 0 and resolution in ('set_aside', 'resolved')`,
	`update citation set resolution = 'set_aside', version = history.current_rev() where (id + %d) %% 9 = 0 and resolution in ('ambiguous', 'out_of_range')`,
	`insert into citation_candidate (citation_id, position, principle_id, reason)
	  select c.id, 9, p.id, 'x' from citation c, principle p where (c.id + p.id + %d) %% 29 = 0 on conflict do nothing`,
	`delete from citation_candidate where (id + %d) %% 6 = 0`,
	`insert into cell_review (principle_id, organization_id, account_id, reviewed_on, note, version)
	  select p.id, o.id, (select min(id) from account), '2026', 'x', history.current_rev() from principle p, organization o where (p.id * 3 + o.id + %d) %% 19 = 0 on conflict do nothing`,
	`delete from cell_review where (id + %d) %% 3 = 0`,
	`insert into addressee_ruling (principle_id, organization_id, outside, rationale, version)
	  select p.id, o.id, p.id %% 2 = 0, 'x', history.current_rev() from principle p, organization o where (p.id * 5 + o.id + %d) %% 17 = 0 on conflict do nothing`,
	`update addressee_ruling set outside = not outside, version = history.current_rev() where (id + %d) %% 3 = 0`,
	`update organization set stakeholder_group = (array['government', 'academia', ''])[1 + %[1]d %% 3], version = history.current_rev() where (id + %[1]d) %% 2 = 0`,
	`update initiative i set organization_id = o.id, version = history.current_rev() from (select id from organization order by id desc limit 1 offset %[1]d %% 5) o where (i.id + %[1]d) %% 7 = 0`,
	`update edition set current = false, version = history.current_rev() where current and (id + %d) %% 4 = 0`,
	`update edition e set current = true, version = history.current_rev() where (id + %d) %% 3 = 0 and not exists (
	  select from edition o where o.current and o.agreement_id = e.agreement_id and o.programme = e.programme)`,
	`update reference set text = translate(text, '0123456789', '1234567890') where id %% 4 = %[1]d %% 4;
	 update citation_line set source_id = s.id, version = history.current_rev() from (select id from source order by id limit 1 offset %[1]d %% 3) s
	  where citation_line.id %% 5 = %[1]d %% 5`,
	`insert into answer (assessment_id, organization_id, text, version)
	  select id, 1, 'x', history.current_rev() from assessment where (id + %d) %% 3 = 0 on conflict do nothing`,
	`delete from answer where (id + %d) %% 2 = 0`,
	`delete from citation_line where id %% 13 = %[1]d %% 13;
	 delete from reference where line_id not in (select id from citation_line);
	 delete from citation where reference_id not in (select id from reference);
	 delete from citation_candidate where citation_id not in (select id from citation);`,
	`delete from organization where id = 2 + %[1]d %% 40 and id not in (select organization_id from adherence) and id not in (select coalesce(organization_id, 0) from source);
	 delete from initiative where organization_id not in (select id from organization) or id %% 17 = %[1]d %% 17;
	 delete from initiative_partner where initiative_id not in (select id from initiative);
	 delete from link where initiative_id not in (select id from initiative);
	 delete from citation_line where initiative_id not in (select id from initiative);
	 delete from reference where line_id not in (select id from citation_line);
	 delete from citation where reference_id not in (select id from reference) or link_id not in (select id from link);
	 delete from citation_candidate where citation_id not in (select id from citation)`,
	`update initiative set title = 'Wordy ' || md5((id + %[1]d)::text), version = history.current_rev() where id %% 5 = %[1]d %% 5;
	 update organization set name = 'Wordy ' || md5((id - %[1]d)::text), version = history.current_rev() where id %% 5 = %[1]d %% 5;
	 update principle set title = 'Wordy ' || md5((id * %[1]d)::text), version = history.current_rev() where id %% 5 = %[1]d %% 5`,
	`update agreement set title = title || ' m' || %[1]d, short_title = short_title || ' n' || %[1]d, version = history.current_rev() where id %% 5 = %[1]d %% 5;
	 update agreement_alias set alias = alias || ' o' || %[1]d where id %% 5 = %[1]d %% 5;
	 update source set title = title || ' p' || %[1]d, version = history.current_rev() where id %% 5 = %[1]d %% 5;
	 update element set title = title || ' q' || %[1]d, version = history.current_rev() where id %% 5 = %[1]d %% 5;
	 update statement set title = title || ' r' || %[1]d, version = history.current_rev() where id %% 5 = %[1]d %% 5`,
	`insert into adherence (organization_id, agreement_id, relation, source_id, version)
	  select o.id, a.id, (array['signed', 'subject_to', 'mentioned', 'party'])[1 + (o.id + %[1]d) %% 4], (select min(id) from source), history.current_rev()
	  from organization o, agreement a where (o.id * 7 + a.id + %[1]d) %% 13 = 0 on conflict do nothing`,
	`update adherence d set relation = 'mentioned', version = history.current_rev() where id %% 5 = %[1]d %% 5 and not exists (
	  select from adherence x where (x.organization_id, x.agreement_id, x.relation) = (d.organization_id, d.agreement_id, 'mentioned'))`,
	`delete from adherence where id %% 4 = %d %% 4`,
	`update initiative set status = (array['planned', 'ongoing', 'completed'])[1 + (id + %[1]d) %% 3], due_on = case when id %% 2 = 0 then '2027' else '' end,
	  version = history.current_rev() where (id + %[1]d) %% 4 = 0`,
	`update link l set initiative_id = i.id, version = history.current_rev() from (select id from initiative order by id limit 1 offset %[1]d %% 9) i
	  where l.id = (select min(k.id) from link k where k.origin <> 'contributor' and k.id %% 7 = %[1]d %% 7)
	    and not exists (select from link k where k.initiative_id = i.id and k.principle_id = l.principle_id)`,
	`insert into organization (slug, name, kind, stakeholder_group, version)
	  select 'passing-' || g || '-%[1]d', 'Passing ' || g, 'body', (array['academia', ''])[1 + g %% 2], history.current_rev() from generate_series(1, 3) g on conflict do nothing;
	 insert into adherence (organization_id, agreement_id, relation, source_id, version)
	  select o.id, a.id, (array['signed', 'mentioned'])[1 + (o.id + a.id) %% 2], (select min(id) from source), history.current_rev()
	  from organization o, agreement a where o.slug like 'passing-%%-%[1]d' and a.id %% 2 = 0 on conflict do nothing`,
	`delete from adherence where organization_id in (select id from organization where slug like 'passing-%%' and id %% 2 = %[1]d %% 2);
	 delete from organization o where slug like 'passing-%%' and id %% 2 = %[1]d %% 2 and not exists (select from initiative i where i.organization_id = o.id)
	  and not exists (select from cell_review i where i.organization_id = o.id) and not exists (select from addressee_ruling i where i.organization_id = o.id)`,
	`select history.undo((select greatest(2, max(id) - 1 - %d %% 6) from changeset), '{}')`,
	`select history.undo((select max(id) - 1 from changeset where %d >= 0), '{}')`,
}

// renames change what principles are called.
var renames = []string{
	`update edition set title = title || ' %[1]d', version = history.current_rev() where id %% 3 = %[1]d %% 3`,
	`update agreement set short_title = short_title || ' %[1]d', version = history.current_rev() where id %% 3 = %[1]d %% 3`,
	`update principle set number = number || '-%[1]d', label = label || '-%[1]d', version = history.current_rev() where id %% 7 = %[1]d %% 7`,
	`update principle set title = title || ' %[1]d', position = position + 1, version = history.current_rev() where id %% 6 = %[1]d %% 6`,
	`delete from principle where id in (select p.id from principle p where not exists (select from link where principle_id = p.id)
	  and not exists (select from numbering_label where principle_id = p.id) and not exists (select from citation_candidate where principle_id = p.id)
	  and not exists (select from cell_review where principle_id = p.id) and not exists (select from addressee_ruling where principle_id = p.id)
	  order by p.id limit 1 + %d %% 3)`,
	`select history.undo((select max(id) from changeset where %d >= 0), '{}')`,
}

// Whatever is written, and however often it is undone, the tallies are what the
// record gives, in the present and in the past.
func TestTalliesAreWhatTheRecordGives(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	r := rand.New(rand.NewPCG(21, 5))
	for n := range 60 + len(renames) {
		write := randomWrites[r.IntN(len(randomWrites))]
		if n < len(randomWrites) {
			write = randomWrites[n]
		}
		if n >= 60 {
			write = renames[n-60]
		}
		sql := fmt.Sprintf(write, r.IntN(1000))
		rewrite(t, pool, "set constraints all deferred; "+sql)
		if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) > 0 {
			t.Fatalf("after %d writes, the last one\n%s\nthese are wrong: %v", n+1, sql, wrong[:min(len(wrong), 8)])
		}
	}
	must(t, s.KeepCourse(t.Context()))
	conn := read[*pgxpool.Conn](t)(pool.Acquire(t.Context()))
	defer conn.Release()
	_, err := conn.Exec(t.Context(), "select set_config('normmap.as_of', max(id)::text, false) from changeset")
	must(t, err)
	var n int
	must(t, conn.QueryRow(t.Context(), pastTallies).Scan(&n))
	if n != 0 {
		t.Errorf("%d tallies of the past at the newest revision are not those of the present", n)
	}
}

// pastTallies counts where looking at the past gives something else than the
// present.
const pastTallies = `
select count(*) from (
  (select organization_id, about, about_id, links, contested, possibly_cited, initiatives, settled from organization_tally
   except select organization_id, about, about_id, links, contested, possibly_cited, initiatives, settled from asof.organization_tally)
  union all
  (select null::bigint, 'pair', principle_id, other_id::int, initiatives, null::int, null::int, '' from cocitation_tally where initiatives <> 0
   except select null::bigint, 'pair', principle_id, other_id::int, initiatives, null::int, null::int, '' from asof.cocitation_tally)
  union all
  (select organization_id, stakeholder_group, agreement_id, adherences, signed::int, evident::int, bare::int, '' from adherence_tally
   except select organization_id, stakeholder_group, agreement_id, adherences, signed::int, evident::int, bare::int, '' from asof.adherence_tally)
  union all
  (select null::bigint, stakeholder_group, agreement_id, adherences, signed, met, bare, organizations::text from adherence_group_tally where organizations <> 0
   except select null::bigint, stakeholder_group, agreement_id, adherences, signed, met, bare, organizations::text from asof.adherence_group_tally)
  union all
  (select null::bigint, what, rows, 0, 0, 0, 0, '' from record_tally where rows <> 0
   except select null::bigint, what, rows, 0, 0, 0, 0, '' from asof.record_tally)) x`

// A figure that was changed past the triggers is found.
func TestWrongTalliesAreFound(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	must(t, pool.QueryRow(t.Context(), "select history.keep_course(1, 1000, 10)").Scan(new(int64)))
	must(t, s.KeepCourse(t.Context()))
	for _, change := range []string{
		"update history.principle_course set figures = figures[2:]",
		"update history.organization_course set links = links + 1 where about = 'principle' and organization_id = 2",
		"update history.organization_course set adherences = adherences + 1 where about = 'record'",
		"delete from history.organization_course where first and about = 'agreement'",
		"update history.group_course set inside_cells = inside_cells + 1 where about = 'principle'",
		"update history.group_course set bare = bare + 1 where about = 'agreement'",
		"delete from history.link_course where origin = 'contributor'",
		"update history.row_course set rows = rows + 1 where what = 'unresolved' and agreement_id > 0",
		"update history.row_course set rows = rows + 1 where what = 'citation'",
		"update organization_tally set links = links + 1 where about = 'record'",
		"delete from organization_tally where about = 'principle'",
		"update group_tally set cited_cells = cited_cells + 1 where about = 'principle' and links > 0",
		"insert into cocitation_tally values (1, 1000, 3)",
		"update record_tally set rows = rows + 1 where what = 'citation'",
		"insert into record_tally values ('undated', 1)",
		"update record_tally set rows = rows + 1 where what like 'organization %'",
		"update adherence_tally set bare = not bare",
		"delete from adherence_tally where agreement_id = 0",
		"update adherence_group_tally set met = met + 1 where agreement_id = 1",
		"update changeset_tally set rows = rows + 1 where changeset_id = (select min(changeset_id) from changeset_tally)",
		"insert into changeset_tally values (1000000, 3)",
		"delete from search_word where word = 'cybersecurity'",
		"update named_principle set name = name || '!' where id = 1",
		"delete from named_principle where id = 1",
		"delete from possible_citation",
		"update listed_link set reference = reference || '!' where citation_id > 0",
		"delete from history.text_revision",
		"delete from listed_link where link_id = (select max(link_id) from listed_link)",
	} {
		tx := read[pgx.Tx](t)(pool.Begin(t.Context()))
		_, err := tx.Exec(t.Context(), change)
		must(t, err)
		if wrong := read[[]string](t)(store.New(tx).WrongTallies(t.Context())); len(wrong) == 0 {
			t.Errorf("%s: nothing is wrong", change)
		}
		must(t, tx.Rollback(t.Context()))
	}
	if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) != 0 {
		t.Errorf("of the founding data: %v", wrong)
	}
}

// owned is the founding data in a database that the test may do anything to:
// links of contributors need no citation.
func owned(t *testing.T) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	pool := read[*pgxpool.Pool](t)(pgxpool.New(t.Context(), pgtest.Founding(t)))
	t.Cleanup(pool.Close)
	const free = `
alter table link disable trigger link_is_cited;
alter table citation disable trigger link_is_cited;
insert into account (email, name, role) values ('ada@example.org', 'Ada', 'editor');`
	_, err := pool.Exec(t.Context(), free)
	must(t, err)
	return store.New(pool), pool
}
