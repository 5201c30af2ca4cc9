-- Tables that wait for their senders to say how they are to be read, and how
-- tables with the same headings were read before. Neither is part of the record.

create table sent_table (
  id          bigint generated always as identity constraint sent_table_pkey primary key,
  account_id  bigint not null constraint sent_table_account_id_fkey references account on delete cascade deferrable,
  file_sha256 text not null constraint sent_table_file_sha256_check check (file_sha256 ~ '^[0-9a-f]{64}$'),
  text_sha256 text not null,
  media_type  text not null,
  name        text not null,
  bytes       bigint not null,
  text        text not null,
  sheets      json not null,
  asked       json not null,
  sent_at     timestamptz not null default now()
);
create index sent_table_account_id_idx on sent_table (account_id, id);
create index sent_table_sent_at_idx on sent_table (sent_at);
comment on table sent_table is 'Files with tables that their senders are about to have read. Gone when they are proposed or thrown away, and a day after they were sent.';
comment on column sent_table.id is 'Number of the file.';
comment on column sent_table.account_id is 'Who sent it. Nobody else sees it.';
comment on column sent_table.file_sha256 is 'SHA-256 of the file, 64 hexadecimal digits.';
comment on column sent_table.text_sha256 is 'SHA-256 of its text in UTF-8.';
comment on column sent_table.media_type is 'What kind of file it is.';
comment on column sent_table.name is 'What the file is called.';
comment on column sent_table.bytes is 'Size of the file.';
comment on column sent_table.text is 'Its text, which is kept with the record if the file becomes a source.';
comment on column sent_table.sheets is 'Its tables, cell by cell.';
comment on column sent_table.asked is 'How it is to be read, as far as that was said: sheet, row of headings, what each column holds.';
comment on column sent_table.sent_at is 'When it was sent.';

create table table_mapping (
  headings      bytea constraint table_mapping_pkey primary key constraint table_mapping_headings_check check (length(headings) = 32),
  mapping       json not null,
  learned_by_id bigint not null constraint table_mapping_learned_by_id_fkey references account deferrable,
  learned_at    timestamptz not null default now()
);
create index table_mapping_learned_by_id_idx on table_mapping (learned_by_id);
comment on table table_mapping is 'How tables were read that were proposed, for the next ones with the same headings. The last one counts.';
comment on column table_mapping.headings is 'SHA-256 of the headings in their order, in lower case without accents and signs.';
comment on column table_mapping.mapping is 'What the rows are, what each column holds, and what holds for every row but for the source.';
comment on column table_mapping.learned_by_id is 'Whose table it was.';
comment on column table_mapping.learned_at is 'When it was proposed.';

grant select, insert, update, delete on sent_table, table_mapping to normmap_app;

insert into schema_applied (version) values (44);
