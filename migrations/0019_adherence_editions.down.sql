-- Fails while an organization stands to several editions in the same way: no
-- row is taken back for a migration.
alter table adherence drop constraint adherence_key,
  add constraint adherence_key unique nulls not distinct (organization_id, agreement_id, relation, via_id, since);

delete from schema_applied where version = 19;
