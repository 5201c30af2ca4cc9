drop function history.untrack(text), history.track(text), history.no_truncate(), history.current_rev();
drop table history.tracked;
drop function open_changeset(text, bigint, text, jsonb, bigint);
drop table changeset;
drop table account;
drop function is_web_address(text), is_partial_date(text);
drop schema history;
drop table schema_applied;
revoke usage on schema public from normmap_app;
-- The role stays: other databases of this server may use it.
