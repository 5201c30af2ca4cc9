-- Pages that anybody may read are kept in memory as long as what they show is
-- the newest. All of it is of the record, whose revision says that, but for the
-- names of those who wrote changesets.

create table account_names (
  one     boolean not null default true constraint account_names_pkey primary key constraint account_names_one_check check (one),
  version bigint not null
);
comment on table account_names is 'One row: how often the name of an account changed. Instances keep pages until it or the revision rises.';
comment on column account_names.one is 'Always true, so that there is one row.';
comment on column account_names.version is 'Raised by every change of a name.';
insert into account_names (version) values (0);
grant select on account_names to normmap_app;

-- Names change so rarely that the notification may be part of the transaction.
create function names_changed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  update account_names set version = version + 1;
  perform pg_notify('normmap_news', '');
  return null;
end $$;
comment on function names_changed is 'Says that pages with the names of accounts have changed.';
revoke all on function names_changed() from public;
create trigger names_changed after update of name on account for each row
  when (old.name is distinct from new.name) execute function names_changed();

insert into schema_applied (version) values (22);
