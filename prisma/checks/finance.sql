alter table customer_exposure
  add constraint customer_exposure_parts check (ordered >= 0 and owed >= 0 and advance >= 0);

alter table expected_receivable
  add constraint expected_receivable_remaining check (amount > 0 and remaining between 0 and amount);

alter table receivable
  add constraint receivable_settled check (amount > 0 and settled between 0 and amount);

alter table receipt
  add constraint receipt_unallocated check (amount > 0 and unallocated between 0 and amount),
  add constraint receipt_state check (state = 'posted' or (state = 'reversed' and unallocated = 0));

alter table receivable_entry
  add constraint receivable_entry_amount check (amount <> 0),
  add constraint receivable_entry_kind check (
    kind in ('opening', 'delivery', 'order', 'receipt', 'allocation', 'release', 'reversal')),
  add constraint receivable_entry_of check (receivable_id is not null or receipt_id is not null);

-- What is open is a small part of what there ever was: lists, ageing and reminders read this.
create index receivable_open on receivable (due_on, id) where settled < amount;
create index receivable_open_of_customer on receivable (customer_id, due_on) where settled < amount;
create index receipt_unallocated_of_customer on receipt (customer_id, received_on) where unallocated > 0;

create trigger receivable_entry_stays before update or delete on receivable_entry for each row execute function refuse_change();
create trigger receivable_entry_not_emptied before truncate on receivable_entry execute function refuse_change();
