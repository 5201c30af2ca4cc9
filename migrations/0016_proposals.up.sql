-- Proposals: changesets that are not applied yet, with what people decide and
-- say about them, and the record of what was approved. They are work on the
-- record and no part of it, so they have no history of their own; what was
-- proposed, decided, said and approved is only ever added to.

create table proposal (
  id             bigint generated always as identity constraint proposal_pkey primary key,
  proposer_id    bigint not null constraint proposal_proposer_id_fkey references account deferrable,
  reason         text not null constraint proposal_reason_check check (length(reason) between 1 and 2000),
  made_from      text not null constraint proposal_made_from_check check (made_from in ('form', 'batch', 'import', 'api')),
  state          text not null default 'open' constraint proposal_state_check check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
  adopt_on       date,
  adoption_by_id bigint constraint proposal_adoption_by_id_fkey references account deferrable,
  made_at        timestamptz not null default now(),
  closed_at      timestamptz,
  version        bigint not null default 1,
  constraint proposal_adoption_check check ((adopt_on is null) = (adoption_by_id is null)),
  constraint proposal_closed_check check ((state = 'open') = (closed_at is null))
);
create index proposal_proposer_id_idx on proposal (proposer_id);
create index proposal_adoption_by_id_idx on proposal (adoption_by_id);
create index proposal_open_idx on proposal (id) where state = 'open';
comment on table proposal is 'Changesets that are not applied yet.';
comment on column proposal.id is 'Number of the proposal.';
comment on column proposal.proposer_id is 'Who proposes.';
comment on column proposal.reason is 'Why; it becomes the reason of the changesets that are made of it.';
comment on column proposal.made_from is 'form, batch, import or api.';
comment on column proposal.state is 'open; accepted when nothing is left to decide and something was applied; rejected when nothing was; withdrawn by the proposer.';
comment on column proposal.adopt_on is 'The day on which what is left is adopted unless someone objects; null when silence adopts nothing.';
comment on column proposal.adoption_by_id is 'Who set that day.';
comment on column proposal.made_at is 'When it was proposed.';
comment on column proposal.closed_at is 'When it stopped being open.';
comment on column proposal.version is 'Counts what was done to it.';

create table proposal_edit (
  proposal_id bigint not null constraint proposal_edit_proposal_id_fkey references proposal deferrable,
  position    int not null constraint proposal_edit_position_check check (position > 0),
  version     int not null constraint proposal_edit_version_check check (version > 0),
  edit        jsonb,
  base        jsonb not null default '[]',
  by_id       bigint not null constraint proposal_edit_by_id_fkey references account deferrable,
  at          timestamptz not null default now(),
  constraint proposal_edit_pkey primary key (proposal_id, position, version)
);
create index proposal_edit_by_id_idx on proposal_edit (by_id);
comment on table proposal_edit is 'The edits of proposals, each in every version that its proposer gave it.';
comment on column proposal_edit.proposal_id is 'The proposal.';
comment on column proposal_edit.position is 'Place among its edits.';
comment on column proposal_edit.version is 'Version of this edit; the highest counts.';
comment on column proposal_edit.edit is 'The edit in its stable JSON form; null when the proposer took it out.';
comment on column proposal_edit.base is 'What it would have changed when it was proposed, in words: rows with their fields before and after.';
comment on column proposal_edit.by_id is 'Who wrote this version: the proposer.';
comment on column proposal_edit.at is 'When.';

create table proposal_decision (
  id           bigint generated always as identity constraint proposal_decision_pkey primary key,
  proposal_id  bigint not null,
  position     int not null,
  edit_version int not null,
  decision     text not null constraint proposal_decision_decision_check check (decision in ('accepted', 'corrected', 'rejected', 'undecided')),
  edit         jsonb,
  base         jsonb not null default '[]',
  code         text constraint proposal_decision_code_check check (code in ('wrong_principle', 'wrong_edition', 'not_this_organization', 'not_evidence',
                 'duplicate', 'too_vague', 'source_unavailable')),
  note         text not null default '' constraint proposal_decision_note_check check (length(note) <= 20000),
  by_id        bigint not null constraint proposal_decision_by_id_fkey references account deferrable,
  at           timestamptz not null default now(),
  constraint proposal_decision_edit_fkey foreign key (proposal_id, position, edit_version) references proposal_edit deferrable,
  constraint proposal_decision_corrected_check check ((decision = 'corrected') = (edit is not null)),
  constraint proposal_decision_rejected_check check ((decision = 'rejected') = (code is not null))
);
create index proposal_decision_edit_idx on proposal_decision (proposal_id, position, edit_version, id);
create index proposal_decision_by_id_idx on proposal_decision (by_id);
comment on table proposal_decision is 'What reviewers decided about edits, one by one; the latest about the latest version of an edit counts.';
comment on column proposal_decision.id is 'Number of the decision.';
comment on column proposal_decision.proposal_id is 'The proposal.';
comment on column proposal_decision.position is 'The edit.';
comment on column proposal_decision.edit_version is 'The version of the edit that was decided about.';
comment on column proposal_decision.decision is 'accepted, corrected, rejected, or undecided for taking a decision back.';
comment on column proposal_decision.edit is 'The corrected edit in its stable JSON form.';
comment on column proposal_decision.base is 'What the corrected edit would have changed when it was corrected.';
comment on column proposal_decision.code is 'Why it was rejected.';
comment on column proposal_decision.note is 'The same in words.';
comment on column proposal_decision.by_id is 'Who decided; never the proposer.';
comment on column proposal_decision.at is 'When.';

create table proposal_comment (
  id          bigint generated always as identity constraint proposal_comment_pkey primary key,
  proposal_id bigint not null constraint proposal_comment_proposal_id_fkey references proposal deferrable,
  by_id       bigint constraint proposal_comment_by_id_fkey references account deferrable,
  text        text not null constraint proposal_comment_text_check check (length(text) between 1 and 20000),
  at          timestamptz not null default now()
);
create index proposal_comment_proposal_id_idx on proposal_comment (proposal_id, id);
create index proposal_comment_by_id_idx on proposal_comment (by_id);
comment on table proposal_comment is 'What was said about proposals.';
comment on column proposal_comment.id is 'Number of the comment.';
comment on column proposal_comment.proposal_id is 'The proposal.';
comment on column proposal_comment.by_id is 'Who said it; null for the service itself.';
comment on column proposal_comment.text is 'What was said.';
comment on column proposal_comment.at is 'When.';

create table objection (
  id          bigint generated always as identity constraint objection_pkey primary key,
  proposal_id bigint not null constraint objection_proposal_id_fkey references proposal deferrable,
  by_id       bigint not null constraint objection_by_id_fkey references account deferrable,
  reason      text not null constraint objection_reason_check check (length(reason) between 1 and 20000),
  at          timestamptz not null default now()
);
create index objection_proposal_id_idx on objection (proposal_id, id);
create index objection_by_id_idx on objection (by_id);
comment on table objection is 'Objections to adopting a proposal by silence. Each keeps it from being adopted until a reviewer rules on it.';
comment on column objection.id is 'Number of the objection.';
comment on column objection.proposal_id is 'The proposal.';
comment on column objection.by_id is 'Who objects.';
comment on column objection.reason is 'Why.';
comment on column objection.at is 'When.';

create table objection_ruling (
  objection_id bigint constraint objection_ruling_pkey primary key constraint objection_ruling_objection_id_fkey references objection deferrable,
  by_id        bigint not null constraint objection_ruling_by_id_fkey references account deferrable,
  reason       text not null constraint objection_ruling_reason_check check (length(reason) between 1 and 20000),
  at           timestamptz not null default now()
);
create index objection_ruling_by_id_idx on objection_ruling (by_id);
comment on table objection_ruling is 'Objections that a reviewer set aside, so that silence goes on.';
comment on column objection_ruling.objection_id is 'The objection.';
comment on column objection_ruling.by_id is 'Who set it aside: neither the proposer nor whoever objected.';
comment on column objection_ruling.reason is 'Why.';
comment on column objection_ruling.at is 'When.';

create table approval (
  changeset_id bigint constraint approval_pkey primary key constraint approval_changeset_id_fkey references changeset deferrable,
  proposal_id  bigint not null constraint approval_proposal_id_fkey references proposal deferrable,
  proposer_id  bigint not null constraint approval_proposer_id_fkey references account deferrable,
  reviewer_id  bigint constraint approval_reviewer_id_fkey references account deferrable,
  by_silence   boolean not null,
  hash         bytea not null,
  at           timestamptz not null,
  constraint approval_four_eyes_check check (reviewer_id <> proposer_id),
  constraint approval_reviewer_check check (by_silence = (reviewer_id is null))
);
create index approval_proposal_id_idx on approval (proposal_id);
create index approval_proposer_id_idx on approval (proposer_id);
create index approval_reviewer_id_idx on approval (reviewer_id);
comment on table approval is 'Which changesets were made of proposals, and exactly what was approved.';
comment on column approval.changeset_id is 'The changeset.';
comment on column approval.proposal_id is 'The proposal that it was made of.';
comment on column approval.proposer_id is 'Who proposed.';
comment on column approval.reviewer_id is 'Who approved; null when nobody objected in time.';
comment on column approval.by_silence is 'Whether it was adopted because nobody objected until a day set before.';
comment on column approval.hash is 'SHA-256 of the edits that were approved, as Postgres writes their JSON: that of changeset.edits.';
comment on column approval.at is 'When it was approved.';

create table proposal_applied (
  proposal_id  bigint not null constraint proposal_applied_proposal_id_fkey references proposal deferrable,
  position     int not null,
  changeset_id bigint constraint proposal_applied_changeset_id_fkey references approval deferrable,
  at           timestamptz not null default now(),
  constraint proposal_applied_pkey primary key (proposal_id, position)
);
create index proposal_applied_changeset_id_idx on proposal_applied (changeset_id);
comment on table proposal_applied is 'Which edits of proposals were applied. An edit is applied once.';
comment on column proposal_applied.proposal_id is 'The proposal.';
comment on column proposal_applied.position is 'The edit.';
comment on column proposal_applied.changeset_id is 'With which changeset; null when it had nothing to change any more.';
comment on column proposal_applied.at is 'When.';

create function edits_hash(edits jsonb) returns bytea
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return sha256(convert_to(edits::text, 'utf8'));
comment on function edits_hash is 'SHA-256 of edits as Postgres writes their JSON.';

create function proposal_is_open() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from proposal p where p.id = new.proposal_id and p.state = 'open') then
    raise exception 'proposal % is not open', new.proposal_id using errcode = 'NM010';
  end if;
  return new;
end $$;
create trigger proposal_open before insert on proposal_edit for each row execute function proposal_is_open();
create trigger proposal_open before insert on proposal_decision for each row execute function proposal_is_open();
create trigger proposal_open before insert on objection for each row execute function proposal_is_open();

create function only_the_proposer() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from proposal p where p.id = new.proposal_id and p.proposer_id = new.by_id) then
    raise exception 'only the proposer changes the edits of proposal %', new.proposal_id using errcode = 'NM011';
  end if;
  return new;
end $$;
create trigger proposal_own before insert on proposal_edit for each row execute function only_the_proposer();

-- Four eyes: whoever decides may, and is not who proposed.
create function four_eyes() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from proposal p where p.id = new.proposal_id and p.proposer_id = new.by_id) then
    raise exception 'nobody decides on a proposal of their own' using errcode = 'NM012';
  end if;
  if not exists (select from account a where a.id = new.by_id and a.role in ('reviewer', 'admin') and a.disabled_at is null) then
    raise exception 'only a reviewer decides on proposals' using errcode = 'NM012';
  end if;
  if exists (select from proposal_applied d where d.proposal_id = new.proposal_id and d.position = new.position) then
    raise exception 'the edit was applied already' using errcode = 'NM010';
  end if;
  return new;
end $$;
create trigger proposal_four_eyes before insert on proposal_decision for each row execute function four_eyes();

create function objection_four_eyes() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from objection o join proposal p on p.id = o.proposal_id where o.id = new.objection_id and new.by_id in (o.by_id, p.proposer_id))
    or not exists (select from account a where a.id = new.by_id and a.role in ('reviewer', 'admin') and a.disabled_at is null) then
    raise exception 'only a reviewer who neither proposed nor objected sets an objection aside' using errcode = 'NM012';
  end if;
  return new;
end $$;
create trigger objection_four_eyes before insert on objection_ruling for each row execute function objection_four_eyes();

-- An approval is written with its changeset or never, for exactly the edits of
-- that changeset, by whoever approved them: a reviewer, or silence until the
-- day that was set, with no objection left.
create function approval_holds() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare c changeset; p proposal;
begin
  select * into c from changeset where id = new.changeset_id;
  select * into p from proposal where id = new.proposal_id;
  if c.xid is distinct from pg_current_xact_id_if_assigned() then
    raise exception 'an approval is written together with its changeset' using errcode = 'NM013';
  end if;
  if new.hash is distinct from edits_hash(c.edits) then
    raise exception 'the hash is not that of the edits of changeset %', new.changeset_id using errcode = 'NM013';
  end if;
  if p.state is distinct from 'open' or new.proposer_id is distinct from p.proposer_id or c.reason is distinct from p.reason
    or c.account_id is distinct from (case when new.by_silence then p.adoption_by_id else new.reviewer_id end) then
    raise exception 'the approval is not that of proposal %', new.proposal_id using errcode = 'NM013';
  end if;
  if new.by_silence then
    if p.adopt_on is null or (new.at at time zone 'utc')::date < p.adopt_on or exists (
        select from objection o where o.proposal_id = p.id and not exists (select from objection_ruling r where r.objection_id = o.id)) then
      raise exception 'proposal % is not adopted by silence yet', new.proposal_id using errcode = 'NM013';
    end if;
  elsif not exists (select from account a where a.id = new.reviewer_id and a.role in ('reviewer', 'admin') and a.disabled_at is null) then
    raise exception 'only a reviewer approves' using errcode = 'NM012';
  end if;
  return new;
end $$;
create trigger approval_holds before insert on approval for each row execute function approval_holds();

create view asof.approval as
select changeset_id, proposal_id, proposer_id, reviewer_id, by_silence, hash, at from public.approval
where changeset_id <= current_setting('normmap.as_of')::bigint;
comment on view asof.approval is 'Approvals up to the revision that is looked at.';
grant select on asof.approval to normmap_past;

grant select, insert on proposal, proposal_edit, proposal_decision, proposal_comment, objection, objection_ruling, approval, proposal_applied to normmap_app;
grant update (state, adopt_on, adoption_by_id, closed_at, version) on proposal to normmap_app;

insert into schema_applied (version) values (16);
