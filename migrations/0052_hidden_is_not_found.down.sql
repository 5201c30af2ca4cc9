create or replace function source_body(body text) returns tsvector
  language plpgsql immutable parallel safe cost 10000 as $$ begin
  return setweight(to_tsvector('public.search', left(body, 200000)), 'D');
end $$;
comment on function source_body is 'The words of a source''s text, of its first 200,000 characters: more may not fit an index.';
drop function source_shown(text);
reindex index public.source_body_idx;
reindex index history.source_body_idx;

delete from schema_applied where version = 52;
