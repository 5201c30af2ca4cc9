-- A document may arrive again, changed: its source then holds the text of the new
-- one. The text before stays with the document that brought it, which is never
-- changed, and is what the source held as of the revisions before. What was
-- quoted is looked for in the new text; of words that are gone the place in the
-- text before stays.

-- retrack makes what writes the history of a table, and its view of the past,
-- anew after columns were added to it and its twin.
create function history.retrack(t text) returns void language plpgsql as $gen$
declare
  cols text; new_cols text; head text; close_old text; add_new text; forever constant text := '9223372036854775807';
begin
  if t = 'link' then
    raise exception 'what writes the history of links is made by hand';
  end if;
  select string_agg(quote_ident(attname), ', ' order by attnum), string_agg('n.' || quote_ident(attname), ', ' order by attnum)
    into cols, new_cols from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
  head := 'create or replace function history.%1$I() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$ declare rev bigint := history.current_rev(); begin ';
  close_old := format('delete from history.%1$I h using old_rows o where h.id = o.id and h.until_rev = %2$s and h.since_rev = rev; update history.%1$I h set until_rev = rev from old_rows o where h.id = o.id and h.until_rev = %2$s; ', t, forever);
  add_new := case when exists (select from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attname = 'version') then
    'if exists (select from new_rows where version <> rev) then raise exception ''a row must carry the changeset that writes it as its version'' using errcode = ''NM003''; end if; ' else '' end
    || format('insert into history.%1$I (since_rev, %2$s) select rev, %3$s from new_rows n; ', t, cols, new_cols);
  execute format(head, t || '_insert') || add_new || 'return null; end $b$';
  execute format(head, t || '_update') || close_old || add_new || 'return null; end $b$';
  perform history.look_back(t);
end $gen$;
comment on function history.retrack is 'Makes the history triggers and the view of the past of a table anew after columns were added.';
revoke all on function history.retrack(text) from public;

alter table reference add column place_as_of bigint,
  add constraint reference_place_as_of_check check (place_as_of is null or place_as_of > 0 and place_start is not null);
comment on column reference.place_as_of is 'The last revision known to hold it at its place, when the text that its source holds since does not print it; null otherwise.';
comment on column reference.prefix is 'What stands before it in the line of its place.';
comment on column reference.suffix is 'What stands after it in the line of its place.';
alter table history.reference add column place_as_of bigint;
select history.retrack('reference');

-- A text that is held stays, or gives way to that of another document while its
-- own is kept as one: places in it are for ever.
create or replace function source_text_stays() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from document d where d.file_sha256 = old.sha256 and d.text = old.body)
    and exists (select from document d where d.file_sha256 = new.sha256 and d.text = new.body) then
    return new;
  end if;
  raise exception 'the text of source % is held and stays as it is', old.id using errcode = 'NM004';
end $$;

-- Texts that have much in common have numbers in common: an earlier version of a
-- document is found by these, without reading any text.
create table text_sketch (
  document_id bigint constraint text_sketch_pkey primary key constraint text_sketch_document_id_fkey references document,
  marks       bigint[] not null
);
create index text_sketch_marks_idx on text_sketch using gin (marks);
comment on table text_sketch is 'Documents in few numbers, by which texts are found that are much like them. Made of their texts; those that miss are made anew.';
comment on column text_sketch.document_id is 'The document.';
comment on column text_sketch.marks is 'The least of the sums of four words in a row, 64 at most.';
grant select, insert on text_sketch to normmap_app;
create index source_sha256_idx on history.source (sha256) where sha256 <> '';

insert into schema_applied (version) values (49);
