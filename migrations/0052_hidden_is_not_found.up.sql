-- What pages hide of the text of a source, addresses of e-mail and telephone
-- numbers, are no words by which it is found either: else a search would tell
-- them, guess by guess. A test holds the pattern against that of the pages.
create function source_shown(body text) returns text
  language sql immutable parallel safe strict
  return regexp_replace(body, '[^\s<>()\[\]",;:@]+@[^\s<>()\[\]",;:@]+\.\w+|[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()./\u00a0\u2009\u202f\u2011\u2013-]{7,}\d|\y00[1-9](?:[ ()./\u00a0\u2009\u202f\u2011\u2013-]{0,2}\d){8,13}\y|\y0[1-9](?:[ .\u00a0\u2009\u202f\u2011\u2013-]\d\d){4}\y|\y0[1-9]\d{1,3}[ .\u00a0\u2009\u202f\u2011\u2013-]\d{3,4}[ .\u00a0\u2009\u202f\u2011\u2013-]\d{3,4}\y', ' ', 'g');
comment on function source_shown is 'The text of a source without what pages hide of it.';

-- Of a number that is cut at the end of what is looked through not all is known,
-- so that what stands there is left out.
create or replace function source_body(body text) returns tsvector
  language plpgsql immutable parallel safe cost 10000 as $$ begin
  return setweight(to_tsvector('public.search',
    case when length(body) > 200400 then left(public.source_shown(left(body, 200400)), -400) else public.source_shown(body) end), 'D');
end $$;
comment on function source_body is 'The words of a source''s text that pages show, of its first 200,000 characters: more may not fit an index.';
reindex index public.source_body_idx;
reindex index history.source_body_idx;

insert into schema_applied (version) values (52);
