drop table proposed_table;

delete from schema_applied where version = 46;
