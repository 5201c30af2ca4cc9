drop index link_principle_id_id_idx;
do $$
declare v_name text;
begin
  foreach v_name in array array['agreement', 'agreement_event', 'edition', 'principle', 'numbering', 'numbering_label', 'fact_source', 'statement',
    'crosswalk', 'addressee_ruling', 'organization', 'source', 'element'] loop
    execute format('drop trigger texts_changed on %I', v_name);
  end loop;
end $$;
drop trigger texts_renamed on organization;
drop trigger texts_renamed on source;
drop trigger texts_renamed on element;
drop function texts_changed();
drop table text_version;

delete from schema_applied where version = 34;
