alter table quotation
  add constraint quotation_state check (state in ('draft', 'submitted', 'approved', 'ordered', 'rejected', 'lost', 'expired')),
  add constraint quotation_totals check (net_total + tax_total = gross_total),
  add constraint quotation_numbered check (number is not null or state in ('draft', 'lost', 'expired')),
  add constraint quotation_ordered check ((state = 'ordered') = (order_id is not null));

alter table quotation_line
  add constraint quotation_line_amounts check (quantity > 0 and price >= 0 and net + tax = gross);

alter table sales_order
  add constraint sales_order_state check (
    state in ('draft', 'submitted', 'confirmed', 'partly_delivered', 'delivered', 'closed', 'rejected', 'cancelled')),
  add constraint sales_order_totals check (net_total + tax_total = gross_total and delivered_gross between 0 and gross_total),
  add constraint sales_order_numbered check (number is not null or state in ('draft', 'cancelled')),
  -- Only what is under way counts against the customer's credit.
  add constraint sales_order_exposed check (
    exposed between 0 and gross_total and (exposed = 0 or state in ('submitted', 'confirmed', 'partly_delivered')));

alter table sales_order_line
  add constraint sales_order_line_amounts check (quantity > 0 and price >= 0 and net + tax = gross),
  add constraint sales_order_line_delivered check (
    delivered >= 0 and reserved >= 0 and delivered + reserved <= quantity and delivered_gross between 0 and gross);

alter table delivery
  add constraint delivery_state check (state in ('planned', 'picking', 'shipped', 'cancelled')),
  add constraint delivery_shipped check ((state = 'shipped') = (shipped_on is not null)),
  add constraint delivery_signed check (signed_at is null or state = 'shipped');

alter table delivery_line
  add constraint delivery_line_picked check (planned > 0 and picked between 0 and planned);

-- What waits for goods, oldest first when they come; what is under way; what the warehouse has to do.
create index sales_order_line_short on sales_order_line (item_id, warehouse_id) where delivered + reserved < quantity;
create index sales_order_open on sales_order (submitted_at, id) where state in ('submitted', 'confirmed', 'partly_delivered');
create index quotation_valid on quotation (valid_until, id) where state in ('draft', 'approved');
create index delivery_open on delivery (warehouse_id, planned_on, id) where state in ('planned', 'picking');
