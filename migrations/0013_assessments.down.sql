select history.untrack('addressee_ruling');
select history.untrack('cell_review');
select history.untrack('answer');
select history.untrack('assessment');

delete from schema_applied where version = 13;
