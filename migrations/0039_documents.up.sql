-- Documents as they were received, and the texts of sources that are held. What
-- was received is no part of the record before somebody attaches it to a source:
-- until then it waits in proposals.

create table document (
  id             bigint generated always as identity constraint document_pkey primary key,
  file_sha256    text not null constraint document_file_sha256_key unique constraint document_file_sha256_check check (file_sha256 ~ '^[0-9a-f]{64}$'),
  text_sha256    text not null,
  media_type     text not null constraint document_media_type_check check (length(media_type) between 3 and 100),
  name           text not null default '' constraint document_name_check check (length(name) <= 300),
  bytes          bigint not null constraint document_bytes_check check (bytes > 0),
  text           text not null constraint document_text_check check (text <> ''),
  received_by_id bigint not null constraint document_received_by_id_fkey references account deferrable,
  received_at    timestamptz not null default now(),
  constraint document_text_sha256_check check (text_sha256 = encode(sha256(convert_to(text, 'utf8')), 'hex'))
);
create index document_received_by_id_idx on document (received_by_id);
comment on table document is 'Files that were received, each once, with the text that was found in them. Never changed.';
comment on column document.id is 'Number of the document.';
comment on column document.file_sha256 is 'SHA-256 of the file as it was received, 64 hexadecimal digits: the same file again is known by it.';
comment on column document.text_sha256 is 'SHA-256 of the text in UTF-8.';
comment on column document.media_type is 'What kind of file it was.';
comment on column document.name is 'What the file was called; empty for pasted text.';
comment on column document.bytes is 'Size of the file.';
comment on column document.text is 'Its text as it was found, in which places are counted. Not for the public as it is: it may say how to reach people.';
comment on column document.received_by_id is 'Who sent it to the service.';
comment on column document.received_at is 'When.';

create function document_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a document that was received is not changed' using errcode = 'NM004';
end $$;
create trigger document_stays before update or delete or truncate on document for each statement execute function document_stays();
revoke all on function document_stays() from public;
grant select, insert on document to normmap_app;

create view asof.document as select id, file_sha256, text_sha256, media_type, bytes, received_at from public.document;
comment on view asof.document is 'What is known of documents: it does not change. Their texts are those of sources.';
grant select on asof.document to normmap_past;

-- A text is held or not, and never another one: places in it are for ever.
create function source_text_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the text of source % is held and stays as it is', old.id using errcode = 'NM004';
end $$;
create trigger source_text_stays before update of body on source for each row
  when (old.body is not null and new.body is not null and new.body <> old.body) execute function source_text_stays();
revoke all on function source_text_stays() from public;
create index source_sha256_idx on source (sha256) where sha256 <> '';

insert into schema_applied (version) values (39);
