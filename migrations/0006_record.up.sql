-- Reading and undoing the record: what a changeset did, all versions of a
-- thing, and the way back.

-- Comments that are the same everywhere.
do $$ declare c record; begin
  for c in select a.attrelid::regclass as rel, a.attname from pg_attribute a join pg_class r on r.oid = a.attrelid
    join pg_namespace n on n.oid = r.relnamespace
    where n.nspname = 'public' and r.relkind = 'r' and a.attname in ('id', 'version') and not a.attisdropped
      and col_description(a.attrelid, a.attnum) is null and r.relname in (select name from history.tracked)
  loop
    execute format('comment on column %s.%I is %L', c.rel, c.attname,
      case c.attname when 'id' then 'Number of the row; the same in its history.' else 'The changeset that last wrote the row.' end);
  end loop;
end $$;

create function history.changes(p_changeset bigint) returns table (kind text, id bigint, before jsonb, after jsonb)
  language plpgsql stable as $$
declare t text;
begin
  for t in select name from history.tracked order by position loop
    return query execute format(
      'select %1$L, coalesce(b.id, a.id), to_jsonb(b) - ''{since_rev,until_rev,version}''::text[], to_jsonb(a) - ''{since_rev,until_rev,version}''::text[]
       from (select * from history.%1$I where until_rev = $1) b full join (select * from history.%1$I where since_rev = $1) a on a.id = b.id order by 2', t)
      using p_changeset;
  end loop;
end $$;
comment on function history.changes is 'Every row that a changeset wrote: before (null when added) and after (null when withdrawn).';

create function history.versions(p_kind text, p_column text, p_values bigint[]) returns table (kind text, id bigint, since_rev bigint, until_rev bigint, body jsonb)
  language plpgsql stable as $$
begin
  if not exists (select from history.tracked where name = p_kind) then
    raise exception 'no tracked table %', p_kind;
  end if;
  return query execute format(
    'select %1$L, h.id, h.since_rev, h.until_rev, to_jsonb(h) - ''{since_rev,until_rev,version}''::text[] from history.%1$I h where h.%2$I = any ($1)', p_kind, p_column)
    using p_values;
end $$;
comment on function history.versions is 'Every version of the rows of one kind that have one of the values in a column.';

create function history.undo(p_changeset bigint) returns table (kind text, id bigint, conflict boolean)
  language plpgsql as $$
declare
  t text; cols text; source_cols text; row_id bigint; rev bigint := nullif(current_setting('normmap.changeset', true), '')::bigint;
  forever constant bigint := 9223372036854775807;
  step text; touched record;
begin
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
          if touched.open_rev is distinct from (case when touched.made then p_changeset end) then
            kind := t; id := row_id; conflict := true; return next;
          end if;
          continue;
        end if;
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
comment on function history.undo is 'Gives every row that a changeset wrote its values from before; rows changed since are reported as conflicts and left alone. Inside a changeset, with constraints deferred.';

grant execute on function history.changes(bigint), history.versions(text, text, bigint[]), history.undo(bigint) to normmap_app;

insert into schema_applied (version) values (6);
