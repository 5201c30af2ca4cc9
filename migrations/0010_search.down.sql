drop view asof.search_entry, search_entry;
-- The indexes go with the functions that they are made of.
drop function source_body(text), source_document(text, text, text), initiative_document(text, text, text, text),
  organization_document(text, text), principle_document(text, text, text), agreement_document(text, text, text, text),
  search_name(text), search_some(text), search_query(text, boolean), search_plain(text) cascade;
drop text search configuration search;
drop extension unaccent;
drop extension pg_trgm;
delete from schema_applied where version = 10;
