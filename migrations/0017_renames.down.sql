drop function history.bring_back(text, bigint[], bigint);
drop view asof.address_within;
drop trigger claim_address_within on principle;
drop trigger claim_address_within on edition;
drop function claim_address_within();
drop table address_within;

delete from schema_applied where version = 17;
