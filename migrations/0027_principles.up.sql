-- What the page of a principle asks for, at the price of what it shows and not
-- of what there is.

-- The names of a principle are put together out of three tables, with a look at
-- the other editions of its agreement. Nearly every page asks for dozens of
-- them, and they hardly ever change: they are kept beside the record, as the
-- tallies of 0021 are. The past puts them together anew.

-- label goes to the end of the views, so that a principle is found by its name.
create or replace view asof.principle_name as
select p.id, p.edition_id, a.id as agreement_id, a.slug as agreement, a.short_title as agreement_title, e.slug as edition,
       e.title as edition_title, e.noun, e.current, p.number, p.title, p.position,
       a.slug || case when sole then '' else '@' || e.slug end || '/' || p.label as ref,
       concat_ws(' ', a.short_title, e.noun, p.number) || case when sole then '' else ' (' || e.title || ')' end as name, p.label
from asof.principle p
join asof.edition e on e.id = p.edition_id
join asof.agreement a on a.id = e.agreement_id
cross join lateral (select e.current and not exists (
  select from asof.edition o where o.agreement_id = e.agreement_id and o.current and o.id <> e.id) as sole) s;

create view principle_rename as
select p.id, p.edition_id, a.id as agreement_id, a.slug as agreement, a.short_title as agreement_title, e.slug as edition,
       e.title as edition_title, e.noun, e.current, p.number, p.title, p.position,
       a.slug || case when sole then '' else '@' || e.slug end || '/' || p.label as ref,
       concat_ws(' ', a.short_title, e.noun, p.number) || case when sole then '' else ' (' || e.title || ')' end as name, p.label
from principle p
join edition e on e.id = p.edition_id
join agreement a on a.id = e.agreement_id
cross join lateral (select e.current and not exists (
  select from edition o where o.agreement_id = e.agreement_id and o.current and o.id <> e.id) as sole) s;
comment on view principle_rename is 'What named_principle must hold, put together from the record.';

create table named_principle (
  id              bigint constraint named_principle_pkey primary key,
  edition_id      bigint not null,
  agreement_id    bigint not null,
  agreement       text not null,
  agreement_title text not null,
  edition         text not null,
  edition_title   text not null,
  noun            text not null,
  current         boolean not null,
  number          text not null,
  title           text not null,
  position        int not null,
  ref             text not null,
  name            text not null,
  label           text not null
);
create index named_principle_label_idx on named_principle (agreement, label);
create index named_principle_position_idx on named_principle (edition_id, position, id);
create index named_principle_agreement_id_idx on named_principle (agreement_id);
comment on table named_principle is 'How principles are named; kept by triggers.';
comment on column named_principle.id is 'The principle.';
comment on column named_principle.edition_id is 'Its edition.';
comment on column named_principle.agreement_id is 'The agreement of that.';
comment on column named_principle.agreement is 'The agreement''s name in addresses.';
comment on column named_principle.agreement_title is 'Its short title.';
comment on column named_principle.edition is 'The edition''s name in addresses.';
comment on column named_principle.edition_title is 'Its title.';
comment on column named_principle.noun is 'What the edition calls its principles.';
comment on column named_principle.current is 'Whether the edition is current.';
comment on column named_principle.number is 'The principle''s number as printed.';
comment on column named_principle.title is 'Its title.';
comment on column named_principle.position is 'Its place in the edition.';
comment on column named_principle.ref is 'agreement/label where the edition is the only current one, else agreement@edition/label.';
comment on column named_principle.name is 'Its name in a sentence, with the edition where ref has it.';
comment on column named_principle.label is 'The number in its URL-safe form.';
insert into named_principle (id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label)
select id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label
from principle_rename;

create or replace view principle_name as
select id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label
from named_principle;
grant select on named_principle, principle_rename to normmap_app;

-- What becomes of an edition changes the names of its agreement's other
-- editions, too.
create function history.name_principles(p_agreements bigint[], p_principles bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into named_principle as k (id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label)
  select r.id, r.edition_id, r.agreement_id, r.agreement, r.agreement_title, r.edition, r.edition_title, r.noun, r.current, r.number, r.title, r.position, r.ref, r.name, r.label
  from (
    select unnest(p_principles) as id
    union
    select p.id from edition e join principle p on p.edition_id = e.id where e.agreement_id = any (p_agreements)) t
  cross join lateral (select n.id, n.edition_id, n.agreement_id, n.agreement, n.agreement_title, n.edition, n.edition_title, n.noun, n.current, n.number,
    n.title, n.position, n.ref, n.name, n.label from principle_rename n where n.id = t.id limit 1) r
  on conflict on constraint named_principle_pkey do update set edition_id = excluded.edition_id, agreement_id = excluded.agreement_id,
    agreement = excluded.agreement, agreement_title = excluded.agreement_title, edition = excluded.edition, edition_title = excluded.edition_title,
    noun = excluded.noun, current = excluded.current, number = excluded.number, title = excluded.title, position = excluded.position,
    ref = excluded.ref, name = excluded.name, label = excluded.label
  where (k.edition_id, k.agreement_id, k.agreement, k.agreement_title, k.edition, k.edition_title, k.noun, k.current, k.number, k.title, k.position, k.ref, k.name, k.label)
    is distinct from (excluded.edition_id, excluded.agreement_id, excluded.agreement, excluded.agreement_title, excluded.edition, excluded.edition_title,
      excluded.noun, excluded.current, excluded.number, excluded.title, excluded.position, excluded.ref, excluded.name, excluded.label);
end $$;
comment on function history.name_principles is 'Puts right the names of principles, and of all of agreements.';
revoke all on function history.name_principles(bigint[], bigint[]) from public;

create function name_principle() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from named_principle where id = old.id;
  else
    perform history.name_principles('{}', array[new.id]);
  end if;
  return null;
end $$;
comment on function name_principle is 'Keeps the names of the principle that changed.';
create function name_edition() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    perform history.name_principles(array[old.agreement_id], '{}');
  end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and new.agreement_id <> old.agreement_id then
    perform history.name_principles(array[new.agreement_id], '{}');
  end if;
  return null;
end $$;
comment on function name_edition is 'Keeps the names of the principles of the edition''s agreement.';
create function name_agreement() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform history.name_principles(array[new.id], '{}');
  return null;
end $$;
comment on function name_agreement is 'Keeps the names of the agreement''s principles.';
revoke all on function name_principle(), name_edition(), name_agreement() from public;

create trigger names after insert or delete on principle for each row execute function name_principle();
create trigger names_changed after update on principle for each row
  when ((old.edition_id, old.label, old.number, old.title, old.position) is distinct from (new.edition_id, new.label, new.number, new.title, new.position))
  execute function name_principle();
create trigger names after insert or delete on edition for each row execute function name_edition();
create trigger names_changed after update on edition for each row
  when ((old.agreement_id, old.slug, old.title, old.noun, old.current) is distinct from (new.agreement_id, new.slug, new.title, new.noun, new.current))
  execute function name_edition();
create trigger names_changed after update on agreement for each row
  when ((old.slug, old.short_title) is distinct from (new.slug, new.short_title)) execute function name_agreement();

-- Of the citations that may mean a principle, few wait among many that are
-- decided.
create table possible_citation (
  principle_id bigint not null,
  citation_id  bigint not null,
  constraint possible_citation_pkey primary key (principle_id, citation_id)
);
create index possible_citation_citation_id_idx on possible_citation (citation_id);
comment on table possible_citation is 'The candidates of ambiguous citations; kept by triggers.';
comment on column possible_citation.principle_id is 'The principle that may be meant.';
comment on column possible_citation.citation_id is 'The citation.';
do $$
declare v record;
begin
  for v in select * from (values ('public', 'possible_recount'), ('asof', 'possible_citation')) x (s, name) loop
    execute format('create view %1$I.%2$I as
      select k.principle_id, k.citation_id from %1$I.citation_candidate k join %1$I.citation c on c.id = k.citation_id where c.resolution = ''ambiguous''', v.s, v.name);
  end loop;
end $$;
comment on view possible_recount is 'What possible_citation must hold, looked up in the record.';
comment on view asof.possible_citation is 'possible_citation as it was at the revision that is looked at, looked up anew.';
insert into possible_citation (principle_id, citation_id) select principle_id, citation_id from possible_recount;
grant select on possible_citation, possible_recount to normmap_app;
grant select on asof.possible_citation to normmap_past;

create function note_possible_candidate() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from possible_citation where principle_id = old.principle_id and citation_id = old.citation_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into possible_citation (principle_id, citation_id)
    select new.principle_id, c.id from citation c where c.id = new.citation_id and c.resolution = 'ambiguous'
    on conflict on constraint possible_citation_pkey do nothing;
  end if;
  return null;
end $$;
comment on function note_possible_candidate is 'Keeps possible_citation for a candidate.';
create function note_possible_citation() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from possible_citation where citation_id = old.id;
  end if;
  if tg_op <> 'DELETE' and new.resolution = 'ambiguous' then
    insert into possible_citation (principle_id, citation_id)
    select k.principle_id, k.citation_id from citation_candidate k where k.citation_id = new.id
    on conflict on constraint possible_citation_pkey do nothing;
  end if;
  return null;
end $$;
comment on function note_possible_citation is 'Keeps possible_citation for a citation.';
revoke all on function note_possible_candidate(), note_possible_citation() from public;
create trigger possible after insert or update or delete on citation_candidate for each row execute function note_possible_candidate();
create trigger possible_insert after insert on citation for each row when (new.resolution = 'ambiguous') execute function note_possible_citation();
create trigger possible_update after update on citation for each row
  when ((old.resolution = 'ambiguous') <> (new.resolution = 'ambiguous')) execute function note_possible_citation();
create trigger possible_delete after delete on citation for each row when (old.resolution = 'ambiguous') execute function note_possible_citation();

-- The first of those that a principle is cited with come by an index. It goes by
-- a coarse figure, so that most changes of a count do not touch it.
alter table cocitation_tally add column weight int not null generated always as ((3 * ln(greatest(initiatives, 1)))::int) stored;
comment on column cocitation_tally.weight is 'Rises with initiatives, in steps that grow.';
drop index cocitation_tally_other_id_idx;
create index cocitation_tally_other_id_idx on cocitation_tally (other_id, weight desc);
create index cocitation_tally_weight_idx on cocitation_tally (principle_id, weight desc);
create or replace view asof.cocitation_tally as
select a.principle_id, b.principle_id as other_id, count(distinct a.initiative_id)::int as initiatives,
  (3 * ln(greatest(count(distinct a.initiative_id), 1)))::int as weight
from asof.link a join asof.link b on b.initiative_id = a.initiative_id and b.principle_id > a.principle_id
where a.relation = 'supports' and a.origin = 'contributor' and b.relation = 'supports' and b.origin = 'contributor'
group by a.principle_id, b.principle_id;

insert into schema_applied (version) values (27);
