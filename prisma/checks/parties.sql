alter table customer add constraint customer_state check (state in ('active', 'frozen'));
alter table customer add constraint customer_credit_limit check (credit_limit >= 0);
create unique index contact_main on contact (customer_id) where is_main;
alter table contact add constraint contact_role check (role in ('boss', 'buyer', 'accountant', 'warehouse', 'other'));
