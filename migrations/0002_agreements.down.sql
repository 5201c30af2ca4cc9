select history.untrack('principle');
select history.untrack('edition');
select history.untrack('agreement_alias');
select history.untrack('agreement');
drop function claim_address();
drop table address;
delete from schema_applied where version = 2;
