drop table idempotency_key;
alter table token drop constraint token_expires_at_check, drop column scopes;

delete from schema_applied where version = 15;
