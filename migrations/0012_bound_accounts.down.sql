alter table account drop column organization_id;

delete from schema_applied where version = 12;
