drop view asof.approval;
drop table proposal_applied, approval, objection_ruling, objection, proposal_comment, proposal_decision, proposal_edit, proposal;
drop function approval_holds(), objection_four_eyes(), four_eyes(), only_the_proposer(), proposal_is_open(), edits_hash(jsonb);

delete from schema_applied where version = 16;
