drop index source_sha256_idx;
drop trigger source_text_stays on source;
drop function source_text_stays();
drop view asof.document;
drop table document;
drop function document_stays();

delete from schema_applied where version = 39;
