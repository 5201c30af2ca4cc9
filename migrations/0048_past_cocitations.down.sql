drop view asof.cocitation_tally;
alter view recounted.cocitation_tally set schema asof;

delete from schema_applied where version = 48;
