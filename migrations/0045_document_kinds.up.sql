-- The same bytes are read otherwise as another kind of file: a letter that came
-- as plain text and comes again as a table is another document.
alter table document
  drop constraint document_file_sha256_key,
  add constraint document_file_sha256_media_type_key unique (file_sha256, media_type);
comment on table document is 'Files that were received, each once as each kind of file, with the text that was found in them. Never changed.';
comment on column document.file_sha256 is 'SHA-256 of the file as it was received, 64 hexadecimal digits: with the kind of file the same file again is known by it.';
comment on column document.media_type is 'As what kind of file it was read.';

insert into schema_applied (version) values (45);
