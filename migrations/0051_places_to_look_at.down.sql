alter table document drop column words_sha256;
drop table proposal_problem;

delete from schema_applied where version = 51;
