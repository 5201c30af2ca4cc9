-- Rows that use the word stay as they are: the constraint then holds for what is
-- written from now on, and for every row where none does.
alter table agreement_event drop constraint agreement_event_kind_check,
  add constraint agreement_event_kind_check check (kind in ('launched', 'adopted', 'in_force', 'repealed', 'amended', 'amendment_proposed', 'convener_changed', 'adherents_counted', 'reaffirmed', 'endorsed', 'programme_added', 'closed')) not valid;
do $$ begin
  alter table agreement_event validate constraint agreement_event_kind_check;
exception when check_violation then null;
end $$;

delete from schema_applied where version = 11;
