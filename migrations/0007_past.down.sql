drop function history.track(text);
alter function history.track_twin(text) rename to track;
drop function history.untrack(text);
alter function history.untrack_twin(text) rename to untrack;
drop schema asof cascade;
drop function history.look_back(text);
-- The role stays: other databases of the server may use it. Its rights here go.
revoke all on all tables in schema history from normmap_past;
revoke all on schema history, public from normmap_past;
delete from schema_applied where version = 7;
