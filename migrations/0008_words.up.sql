-- More words for the closed lists of nouns and addressees.

alter table edition drop constraint edition_noun_check,
  add constraint edition_noun_check check (noun in ('principle', 'norm', 'action', 'article', 'recommendation', 'commitment', 'clause', 'element'));

alter table principle drop constraint principle_addressees_check,
  add constraint principle_addressees_check check (addressees <@ array['states', 'private_sector', 'developers', 'network_operators', 'internet_exchange_points', 'cdn_and_cloud_providers', 'equipment_vendors', 'signatory_companies', 'non_state_actors', 'essential_service_operators', 'digital_service_providers', 'essential_and_important_entities', 'conformity_assessment_bodies', 'manufacturers', 'citizens', 'eu_institutions', 'all']);

insert into schema_applied (version) values (8);
