drop trigger silence_is_over on proposal_decision;
drop trigger silence_is_over on proposal_edit;
drop function silence_is_over();

drop trigger changeset_is_real on changeset;
drop function changeset_is_real();
drop function open_preview(text, bigint, text, jsonb, bigint);
drop sequence preview_changeset;

delete from schema_applied where version = 20;
