drop index history.fact_source_source_id_idx;
drop index history.initiative_source_id_idx;

delete from schema_applied where version = 43;
