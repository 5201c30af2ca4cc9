-- Everybody who sent a document, also one that was here already: whoever may not
-- publish reads, cites and attaches only what they sent themselves.

create table document_sender (
  document_id bigint not null constraint document_sender_document_id_fkey references document deferrable,
  account_id  bigint not null constraint document_sender_account_id_fkey references account deferrable,
  sent_at     timestamptz not null default now(),
  constraint document_sender_pkey primary key (document_id, account_id)
);
create index document_sender_account_id_idx on document_sender (account_id);
comment on table document_sender is 'Who sent which document, each once.';
comment on column document_sender.document_id is 'The document.';
comment on column document_sender.account_id is 'Who sent it.';
comment on column document_sender.sent_at is 'When they did so first.';

insert into document_sender (document_id, account_id, sent_at)
select id, received_by_id, received_at from document;

-- Whoever sent a document again has proposals that were made of it.
insert into document_sender (document_id, account_id, sent_at)
select d.id, p.proposer_id, min(p.made_at)
from proposal p
join proposal_edit e on e.proposal_id = p.id and e.version = 1 and e.at = p.made_at
join document d on d.file_sha256 = e.edit -> 'with' ->> 'file_sha256' and d.media_type = coalesce(e.edit -> 'with' ->> 'media_type', d.media_type)
where p.made_from = 'import' and e.edit ->> 'edit' = 'put_source_text'
group by d.id, p.proposer_id
on conflict on constraint document_sender_pkey do nothing;

grant select, insert on document_sender to normmap_app;
comment on column document.received_by_id is 'Who sent it to the service first.';

insert into schema_applied (version) values (50);
