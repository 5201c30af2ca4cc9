drop index initiative_promise_idx, initiative_undated_idx, initiative_without_url_idx, source_without_url_idx, assessment_disagrees_idx, citation_waiting_idx;
delete from schema_applied where version = 29;
