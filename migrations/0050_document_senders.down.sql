drop table document_sender;
comment on column document.received_by_id is 'Who sent it to the service.';

delete from schema_applied where version = 50;
