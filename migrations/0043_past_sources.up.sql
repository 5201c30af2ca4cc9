-- Lists of sources count what each reports as it was at a revision: the past has
-- the indexes for that which the present has.
create index initiative_source_id_idx on history.initiative (source_id);
create index fact_source_source_id_idx on history.fact_source (source_id);

insert into schema_applied (version) values (43);
