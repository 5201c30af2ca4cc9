-- A new version of a document moves the words that are cited. Who then took back
-- what recorded them lost the citations, while the lines, which had changed since,
-- stayed without them.

create or replace function history.undo(p_changeset bigint, p_stays text[]) returns table (kind text, id bigint, conflict boolean)
  language plpgsql as $$
declare
  t text; cols text; source_cols text; row_id bigint; rev bigint := nullif(current_setting('normmap.changeset', true), '')::bigint;
  forever constant bigint := 9223372036854775807;
  step text; touched record; joint record; found text[];
  stays text[] := p_stays; -- table:number of rows that have to be left alone for the sake of others
begin
  -- A row that would go stays while something that is not undone rests on it
  -- (but for what goes along with it by its foreign key, as assessments do),
  -- and one that would get its values back stays while what these point to is
  -- gone. A part of a thing that was added and stays, stays with it: a line of
  -- citations whose words moved in a new version of its document keeps what it
  -- cites. That can hold others in turn, so look until nothing is found. A citation's link is
  -- put right by the caller.
  loop
    found := '{}';
    for joint in
      select c.name as child, a.attname as col, p.name as parent, f.confdeltype = 'c' as along
      from pg_constraint f
      join history.tracked c on ('public.' || quote_ident(c.name))::regclass = f.conrelid
      join history.tracked p on ('public.' || quote_ident(p.name))::regclass = f.confrelid
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
      where f.contype = 'f' and cardinality(f.conkey) = 1
      order by c.position, a.attname
    loop
      execute format(
        'select $3 || coalesce(array_agg(distinct %4$L || x.id), ''{}'') from history.%2$I x join public.%1$I c on c.%3$I = x.id
         where x.since_rev = $1 and x.until_rev = $2 and not exists (select from history.%2$I o where o.id = x.id and o.until_rev = $1)
           and %4$L || x.id <> all ($4)
           and (%5$L || c.id = any ($4) or not $5 and not exists (select from history.%1$I o where o.id = c.id and o.until_rev = $2 and o.since_rev = $1))',
        joint.child, joint.parent, joint.col, joint.parent || ':', joint.child || ':') into found using p_changeset, forever, found, stays, joint.along;
      if (joint.child, joint.parent) in (('agreement_alias', 'agreement'), ('numbering_label', 'numbering'), ('initiative_partner', 'initiative'), ('reference', 'citation_line'), ('citation', 'reference'), ('citation_candidate', 'citation')) then
        execute format(
          'select $3 || coalesce(array_agg(distinct %5$L || x.id), ''{}'') from history.%1$I x join history.%2$I y on y.id = x.%3$I
           where x.since_rev = $1 and x.until_rev = $2 and %5$L || x.id <> all ($4)
             and y.since_rev = $1 and not exists (select from history.%2$I o where o.id = y.id and o.until_rev = $1)
             and (y.until_rev < $2 or %4$L || y.id = any ($4))',
          joint.child, joint.parent, joint.col, joint.parent || ':', joint.child || ':') into found using p_changeset, forever, found, stays;
      end if;
      continue when joint.child = 'citation' and joint.col = 'link_id';
      execute format(
        'select $3 || coalesce(array_agg(distinct %5$L || x.id), ''{}'') from history.%1$I x
         where x.until_rev = $1 and x.%3$I is not null and %5$L || x.id <> all ($4)
           and (select o.since_rev from history.%1$I o where o.id = x.id and o.until_rev = $2)
             is not distinct from (select m.since_rev from history.%1$I m where m.id = x.id and m.since_rev = $1)
           and not exists (select from public.%2$I p where p.id = x.%3$I)
           and not exists (select from history.%2$I y where y.id = x.%3$I and y.until_rev = $1 and %4$L || y.id <> all ($4))',
        joint.child, joint.parent, joint.col, joint.parent || ':', joint.child || ':') into found using p_changeset, forever, found, stays;
    end loop;
    exit when found = '{}';
    stays := stays || found;
  end loop;
  -- Deletes before updates before inserts: unique keys stay free; foreign
  -- keys are deferred by the caller.
  foreach step in array array['conflict', 'delete', 'update', 'insert'] loop
    for t in select name from history.tracked order by position loop
      -- Everything as it was, but the version is that of this changeset.
      select string_agg(quote_ident(attname), ', ' order by attnum), string_agg(case attname when 'version' then '$3' else quote_ident(attname) end, ', ' order by attnum)
        into cols, source_cols from pg_attribute
        where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
      for touched in execute format(
        'select x.id, bool_or(x.since_rev = $1) as made, bool_or(x.until_rev = $1) as ended,
           (select o.since_rev from history.%1$I o where o.id = x.id and o.until_rev = $2) as open_rev
         from history.%1$I x where x.since_rev = $1 or x.until_rev = $1 group by x.id order by x.id', t) using p_changeset, forever
      loop
        row_id := touched.id;
        if step = 'conflict' then
          if touched.open_rev is distinct from (case when touched.made then p_changeset end) or t || ':' || row_id = any (stays) then
            kind := t; id := row_id; conflict := true; return next;
          end if;
          continue;
        end if;
        continue when t || ':' || row_id = any (stays);
        -- A row that this undo has written itself is open since rev; a row
        -- changed by others since is left alone.
        continue when touched.open_rev is distinct from (case when touched.made then p_changeset end);
        kind := t; id := row_id; conflict := false;
        begin
          if step = 'delete' and touched.made and not touched.ended then
            execute format('delete from public.%I where id = $1', t) using row_id;
          elsif step = 'update' and touched.made and touched.ended then
            execute format('update public.%1$I set (%2$s) = (select %3$s from history.%1$I where id = $1 and until_rev = $2) where id = $1 and $3 > 0', t, cols, source_cols)
              using row_id, p_changeset, rev;
          elsif step = 'insert' and touched.ended and not touched.made then
            execute format('insert into public.%1$I (%2$s) select %3$s from history.%1$I where id = $1 and until_rev = $2 and $3 > 0', t, cols, source_cols)
              using row_id, p_changeset, rev;
          else
            continue;
          end if;
        exception when unique_violation then
          conflict := true; -- something else took its place since
        end;
        return next;
      end loop;
    end loop;
  end loop;
end $$;

insert into schema_applied (version) values (53);
