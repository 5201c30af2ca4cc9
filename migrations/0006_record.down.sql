drop function history.undo(bigint), history.versions(text, text, bigint[]), history.changes(bigint);
delete from schema_applied where version = 6;
