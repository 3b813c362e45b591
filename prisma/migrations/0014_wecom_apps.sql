-- WeCom counts the apps of each company from the same number on: an app is known by its company and its number together.
create temporary table company_of_app on commit drop as
  select app_id, min(tenant) as tenant from (
    select app_id, tenant from identity where platform = 'wecom' union select app_id, tenant from platform_app where platform = 'wecom') known
  group by app_id;

update inbox_message m set app_id = tenant || '-' || m.app_id from company_of_app c where m.platform = 'wecom' and c.app_id = m.app_id;
update outbox_message m set app_id = tenant || '-' || m.app_id from company_of_app c where m.platform = 'wecom' and c.app_id = m.app_id;
update platform_use u set app_id = tenant || '-' || u.app_id from company_of_app c where u.platform = 'wecom' and c.app_id = u.app_id;
update identity set app_id = tenant || '-' || app_id where platform = 'wecom';
update platform_app set app_id = tenant || '-' || app_id where platform = 'wecom' and tenant <> '' and app_id <> '';
