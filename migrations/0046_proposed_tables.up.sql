-- Which proposals were made of which tables, so that the same table is not
-- proposed while it waits for review already.

create table proposed_table (
  proposal_id bigint constraint proposed_table_pkey primary key constraint proposed_table_proposal_id_fkey references proposal deferrable,
  digest      bytea not null constraint proposed_table_digest_check check (length(digest) = 32)
);
create index proposed_table_digest_idx on proposed_table (digest);
comment on table proposed_table is 'Proposals that were made of tables.';
comment on column proposed_table.proposal_id is 'The proposal.';
comment on column proposed_table.digest is 'SHA-256 of the file''s digest and of how it was read: sheet, rows, what each column holds, what holds for every row.';

grant select, insert on proposed_table to normmap_app;

insert into schema_applied (version) values (46);
