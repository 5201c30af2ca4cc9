-- What was read out of a document may be no initiative, or not what it says; and no
-- list of reasons is complete. Who gives another reason says it in words.

alter table proposal_decision
  drop constraint proposal_decision_code_check,
  add constraint proposal_decision_code_check check (code in ('wrong_principle', 'wrong_edition', 'not_this_organization', 'not_an_initiative', 'misread',
    'not_evidence', 'duplicate', 'too_vague', 'source_unavailable', 'another_reason'));

insert into schema_applied (version) values (54);
