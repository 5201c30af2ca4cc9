-- What was decided stays as it was decided: where one of the later reasons was given,
-- the rule holds for what is decided from now on.

alter table proposal_decision
  drop constraint proposal_decision_code_check,
  add constraint proposal_decision_code_check check (code in ('wrong_principle', 'wrong_edition', 'not_this_organization', 'not_evidence',
    'duplicate', 'too_vague', 'source_unavailable')) not valid;
do $$
begin
  alter table proposal_decision validate constraint proposal_decision_code_check;
exception when check_violation then
  null;
end $$;

delete from schema_applied where version = 54;
