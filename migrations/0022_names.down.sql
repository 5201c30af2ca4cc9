drop trigger names_changed on account;
drop function names_changed();
drop table account_names;

delete from schema_applied where version = 22;
