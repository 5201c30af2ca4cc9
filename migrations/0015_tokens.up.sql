-- What a token may be used for, and what was answered to requests that may be
-- sent again.

alter table token
  add column scopes text[] not null default '{propose,publish}'
    constraint token_scopes_check check (cardinality(scopes) > 0 and scopes <@ array['propose', 'publish']),
  add constraint token_expires_at_check check (expires_at <= created_at + interval '366 days');
alter table token alter column scopes drop default; -- those of before could do everything
comment on column token.scopes is 'What it may be used for, of what the role of its account allows: propose, publish.';

create table idempotency_key (
  account_id bigint not null constraint idempotency_key_account_id_fkey references account on delete cascade deferrable,
  key        text not null constraint idempotency_key_key_check check (length(key) between 1 and 200),
  request    bytea not null constraint idempotency_key_request_check check (length(request) = 32),
  status     smallint not null constraint idempotency_key_status_check check (status between 200 and 499),
  header     jsonb not null,
  body       bytea not null,
  at         timestamptz not null default now(),
  constraint idempotency_key_pkey primary key (account_id, key)
);
create index idempotency_key_at_idx on idempotency_key (at);
comment on table idempotency_key is 'Answers of the last day to requests of programs that named a key, to be given again when the request comes again. Written in the transaction of what the request wrote.';
comment on column idempotency_key.account_id is 'Who made the request.';
comment on column idempotency_key.key is 'The key that the program chose.';
comment on column idempotency_key.request is 'SHA-256 of the request: method, address, conditions and body.';
comment on column idempotency_key.status is 'Status of the answer; faults of ours are not kept.';
comment on column idempotency_key.header is 'Headers of the answer.';
comment on column idempotency_key.body is 'Body of the answer.';
comment on column idempotency_key.at is 'When it was answered.';

-- To lock a row that is swept one must be allowed to update it.
grant select, insert, update (at), delete on idempotency_key to normmap_app;

insert into schema_applied (version) values (15);
