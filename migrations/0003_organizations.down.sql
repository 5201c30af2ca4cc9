select history.untrack('numbering_label');
select history.untrack('numbering');
select history.untrack('agreement_event');
select history.untrack('adherence');
select history.untrack('source');
select history.untrack('organization');
delete from schema_applied where version = 3;
