-- Whoever picks and ships sees the order that it is for, without its amounts.
update role set rights = jsonb_set(rights, '{scopes,sales_order}', '"all"'), version = version + 1
where key = 'warehouse' and not rights -> 'scopes' ? 'sales_order';
