-- An account may speak for an organization: it answers what is said of the
-- organization's claims.

alter table account add column organization_id bigint constraint account_organization_id_fkey references organization deferrable;
create index account_organization_id_idx on account (organization_id);
comment on column account.organization_id is 'The organization for which the account may answer; null for most.';

insert into schema_applied (version) values (12);
