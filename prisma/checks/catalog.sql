alter table item add constraint item_tracking check (tracking in ('none', 'lot', 'serial'));
alter table item add constraint item_tax_rate check (tax_rate >= 0 and tax_rate < 100);
alter table item add constraint item_list_price check (list_price >= 0);
-- A list price of 0 means "not priced yet": there is nothing to hold a floor against.
alter table item add constraint item_floor_price check (floor_price is null or (floor_price >= 0 and (list_price = 0 or floor_price <= list_price)));
alter table item add constraint item_reorder_point check (reorder_point >= 0);

alter table item_unit add constraint item_unit_ratio check (numerator > 0 and denominator > 0);

-- One item a cell of a family's grid.
create unique index item_variant on item (family_id, variant) where family_id is not null;

alter table price_list add constraint price_list_one_kind check (level is null or customer_id is null);
alter table price_list add constraint price_list_days check (starts_on is null or ends_on is null or starts_on <= ends_on);
alter table price_rule add constraint price_rule_price check (price > 0 and min_quantity >= 0);
alter table price_rule add constraint price_rule_floor check (floor_price is null or (floor_price >= 0 and floor_price <= price));

create trigger price_change_is_history before update or delete on price_change for each row execute function refuse_change();
