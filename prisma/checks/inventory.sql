-- Stock: what the tables themselves refuse, whatever code writes to them.

alter table stock_balance
  add constraint stock_balance_reserved_not_negative check (reserved >= 0),
  add constraint stock_balance_covers_reserved check (allow_negative or on_hand >= reserved);

alter table lot_balance add constraint lot_balance_not_negative check (on_hand >= 0);

alter table item_cost
  add constraint item_cost_of_nothing_is_nothing check (quantity <> 0 or value = 0),
  add constraint item_cost_has_the_sign_of_its_quantity check (value = 0 or sign(value) = sign(quantity)),
  add constraint item_cost_last_not_negative check (last_cost >= 0);

alter table serial
  add constraint serial_state_known check (state in ('in_stock', 'in_transit', 'gone')),
  add constraint serial_is_somewhere_only_in_stock check ((state = 'in_stock') = (warehouse_id is not null));

alter table reservation add constraint reservation_holds_something check (quantity > 0);

alter table stock_move
  add constraint stock_move_kind_known check (
    kind in ('opening', 'receipt', 'delivery', 'transfer_out', 'transfer_in', 'adjustment', 'return', 'revaluation')),
  add constraint stock_move_moves_something check ((quantity = 0) = (kind = 'revaluation')),
  add constraint stock_move_serial_is_one check (serial_id is null or abs(quantity) = 1);

alter table goods_receipt
  add constraint goods_receipt_state_known check (state in ('expected', 'received', 'cancelled')),
  add constraint goods_receipt_kind_known check (kind in ('opening', 'purchase', 'other')),
  add constraint goods_receipt_received_on_a_day check ((state = 'received') = (received_on is not null));

alter table goods_receipt_line
  add constraint goods_receipt_line_not_negative check (quantity >= 0 and unit_cost >= 0);

alter table stock_transfer
  add constraint stock_transfer_state_known check (state in ('draft', 'sent', 'received', 'cancelled')),
  add constraint stock_transfer_between_two check (from_id <> to_id),
  add constraint stock_transfer_sent_before_received check (received_on >= sent_on);

alter table stock_transfer_line add constraint stock_transfer_line_positive check (quantity > 0);

alter table stock_adjustment
  add constraint stock_adjustment_state_known check (state in ('draft', 'posted', 'cancelled')),
  add constraint stock_adjustment_has_a_reason check (reason <> ''),
  add constraint stock_adjustment_posted_on_a_day check ((state = 'posted') = (posted_on is not null));

alter table stock_adjustment_line add constraint stock_adjustment_line_changes check (quantity <> 0);

-- The ledger is appended to and nothing else: a mistake is reversed by another move.
create function refuse_stock_move_change() returns trigger language plpgsql as $$
begin
  raise exception 'stock_move is append-only' using errcode = 'restrict_violation';
end
$$;

create trigger stock_move_append_only before update or delete on stock_move
  for each row execute function refuse_stock_move_change();
create trigger stock_move_no_truncate before truncate on stock_move
  for each statement execute function refuse_stock_move_change();

-- What is open stays quick to find however long the history grows.
create index reservation_expiring on reservation (expires_at) where expires_at is not null;
create index goods_receipt_expected on goods_receipt (expected_on) where state = 'expected';
create index stock_transfer_on_the_way on stock_transfer (sent_on) where state = 'sent';
create index lot_balance_in_stock on lot_balance (item_id, warehouse_id) where on_hand > 0;
