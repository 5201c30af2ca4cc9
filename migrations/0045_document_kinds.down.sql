-- Of a file that was read as several kinds the first reading stays, and one that
-- a source holds before others.
alter table document disable trigger document_stays;
delete from document d where d.id <> (
  select o.id from document o
  where o.file_sha256 = d.file_sha256
  order by exists (select from source s where s.sha256 = o.file_sha256 and s.body = o.text) desc, o.id
  limit 1);
alter table document enable trigger document_stays;
alter table document
  drop constraint document_file_sha256_media_type_key,
  add constraint document_file_sha256_key unique (file_sha256);
comment on table document is 'Files that were received, each once, with the text that was found in them. Never changed.';
comment on column document.file_sha256 is 'SHA-256 of the file as it was received, 64 hexadecimal digits: the same file again is known by it.';
comment on column document.media_type is 'What kind of file it was.';

delete from schema_applied where version = 45;
