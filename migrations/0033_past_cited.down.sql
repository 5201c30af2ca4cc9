drop view asof.cocitation_now;
drop view asof.link_now;
drop view asof.link_change;
delete from schema_applied where version = 33;
