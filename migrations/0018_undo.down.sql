-- Taking back as migration 6 made it.

drop function history.undo(bigint, text[]);
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

revoke all on function history.undo(bigint) from public;
grant execute on function history.undo(bigint) to normmap_app;

delete from schema_applied where version = 18;
