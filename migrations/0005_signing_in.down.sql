drop table sign_in_attempt, one_time_link, token, session;
delete from schema_applied where version = 5;
