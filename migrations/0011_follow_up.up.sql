-- One more kind of event: what others made of an agreement.

alter table agreement_event drop constraint agreement_event_kind_check,
  add constraint agreement_event_kind_check check (kind in ('launched', 'adopted', 'in_force', 'repealed', 'amended', 'amendment_proposed', 'convener_changed', 'adherents_counted', 'reaffirmed', 'endorsed', 'programme_added', 'follow_up', 'closed'));

insert into schema_applied (version) values (11);
