select history.untrack('crosswalk');
select history.untrack('statement');

delete from schema_applied where version = 14;
