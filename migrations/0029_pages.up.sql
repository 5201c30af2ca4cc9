-- What pages begin by: open promises, what has no address on the web, links with
-- which somebody disagrees, and citations that wait.
create index initiative_promise_idx on initiative ((case when due_on = '' then '1' else '0' end || due_on || chr(31) || lower(title)), id)
  where status = 'planned' or status = 'ongoing' and due_on <> '';
create index initiative_undated_idx on initiative (id) where status = 'planned' and due_on = '';
create index initiative_without_url_idx on initiative (lower(title), id) where url = '';
create index source_without_url_idx on source (lower(title), id) where url = '' and archive_url = '';
create index assessment_disagrees_idx on assessment (link_id) where view = 'disagrees';
create index citation_waiting_idx on citation (id) where resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');

insert into schema_applied (version) values (29);
