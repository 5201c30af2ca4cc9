-- An organization may stand in the same way to several editions of an
-- agreement, as to several programmes that are in force side by side.

alter table adherence drop constraint adherence_key,
  add constraint adherence_key unique nulls not distinct (organization_id, agreement_id, relation, via_id, since, edition_id);

insert into schema_applied (version) values (19);
