drop table table_mapping;
drop table sent_table;

delete from schema_applied where version = 44;
