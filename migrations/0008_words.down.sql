-- Rows that use one of the words stay as they are: the constraints then hold
-- for what is written from now on, and for every row where none does.
alter table principle drop constraint principle_addressees_check,
  add constraint principle_addressees_check check (addressees <@ array['states', 'private_sector', 'developers', 'network_operators', 'internet_exchange_points', 'cdn_and_cloud_providers', 'equipment_vendors', 'signatory_companies', 'non_state_actors', 'essential_service_operators', 'digital_service_providers', 'eu_institutions', 'all']) not valid;
do $$ begin
  alter table principle validate constraint principle_addressees_check;
exception when check_violation then null;
end $$;

alter table edition drop constraint edition_noun_check,
  add constraint edition_noun_check check (noun in ('principle', 'norm', 'action', 'article', 'recommendation', 'commitment', 'element')) not valid;
do $$ begin
  alter table edition validate constraint edition_noun_check;
exception when check_violation then null;
end $$;

delete from schema_applied where version = 8;
