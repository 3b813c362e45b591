-- AlterTable
ALTER TABLE "delivery_line" ADD COLUMN     "net" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "net_cost" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "item_cost" ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'average';

-- CreateTable
CREATE TABLE "cost_layer" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "opened_on" DATE NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "value" DECIMAL(18,2) NOT NULL,
    "remaining" DECIMAL(18,4) NOT NULL,
    "remaining_value" DECIMAL(18,2) NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL,

    CONSTRAINT "cost_layer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cost_layer_use" (
    "id" UUID NOT NULL,
    "layer_id" UUID,
    "move_id" UUID,
    "quantity" DECIMAL(18,4) NOT NULL,
    "value" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "cost_layer_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "landed_cost" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "supplier_id" UUID,
    "amount" DECIMAL(18,2) NOT NULL,
    "basis" TEXT NOT NULL,
    "posted_on" DATE,
    "note" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "landed_cost_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "landed_cost_receipt" (
    "landed_cost_id" UUID NOT NULL,
    "goods_receipt_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "landed_cost_receipt_pkey" PRIMARY KEY ("landed_cost_id","goods_receipt_id")
);

-- CreateTable
CREATE TABLE "landed_cost_line" (
    "id" UUID NOT NULL,
    "landed_cost_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "goods_receipt_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "in_stock" DECIMAL(18,2) NOT NULL,
    "expensed" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "landed_cost_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cost_layer_item_id_opened_on_id_idx" ON "cost_layer"("item_id", "opened_on", "id");

-- CreateIndex
CREATE INDEX "cost_layer_source_id_idx" ON "cost_layer"("source_id");

-- CreateIndex
CREATE INDEX "cost_layer_use_layer_id_idx" ON "cost_layer_use"("layer_id");

-- CreateIndex
CREATE INDEX "cost_layer_use_move_id_idx" ON "cost_layer_use"("move_id");

-- CreateIndex
CREATE UNIQUE INDEX "landed_cost_number_key" ON "landed_cost"("number");

-- CreateIndex
CREATE INDEX "landed_cost_created_at_id_idx" ON "landed_cost"("created_at", "id");

-- CreateIndex
CREATE INDEX "landed_cost_receipt_goods_receipt_id_idx" ON "landed_cost_receipt"("goods_receipt_id");

-- CreateIndex
CREATE INDEX "landed_cost_line_landed_cost_id_idx" ON "landed_cost_line"("landed_cost_id");

-- CreateIndex
CREATE INDEX "landed_cost_line_item_id_idx" ON "landed_cost_line"("item_id");

-- AddForeignKey
ALTER TABLE "landed_cost_receipt" ADD CONSTRAINT "landed_cost_receipt_landed_cost_id_fkey" FOREIGN KEY ("landed_cost_id") REFERENCES "landed_cost"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "landed_cost_receipt" ADD CONSTRAINT "landed_cost_receipt_goods_receipt_id_fkey" FOREIGN KEY ("goods_receipt_id") REFERENCES "goods_receipt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "landed_cost_line" ADD CONSTRAINT "landed_cost_line_landed_cost_id_fkey" FOREIGN KEY ("landed_cost_id") REFERENCES "landed_cost"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table item_cost add constraint item_cost_method_known check (method in ('average', 'fifo'));

alter table cost_layer
  add constraint cost_layer_came_in check (quantity > 0),
  add constraint cost_layer_remaining check (remaining between 0 and quantity),
  add constraint cost_layer_value check (remaining_value >= 0),
  add constraint cost_layer_of_nothing_is_nothing check (remaining > 0 or remaining_value = 0);
-- What is still there is a small part of what ever came.
create index cost_layer_open on cost_layer (item_id, opened_on, id) where remaining > 0;

alter table cost_layer_use add constraint cost_layer_use_takes_something check (quantity > 0);
create trigger cost_layer_use_stays before update or delete on cost_layer_use for each row execute function refuse_change();
create trigger cost_layer_use_not_emptied before truncate on cost_layer_use execute function refuse_change();

alter table landed_cost
  add constraint landed_cost_state_known check (state in ('draft', 'posted', 'cancelled')),
  add constraint landed_cost_basis_known check (basis in ('value', 'quantity')),
  add constraint landed_cost_costs_something check (amount <> 0),
  add constraint landed_cost_posted_on_a_day check ((state = 'posted') = (posted_on is not null));
alter table landed_cost_line add constraint landed_cost_line_adds_up check (in_stock + expensed = amount);
create index landed_cost_posted on landed_cost (posted_on) where state = 'posted';

-- Margins are asked for by the day on which goods left, or on which an order was placed.
create index delivery_shipped on delivery (shipped_on) where state = 'shipped';
create index sales_order_agreed on sales_order (ordered_on) where confirmed_at is not null;

-- What had left before its net amounts were kept: as shares of the order line, so that they add up to it.
with part as (
  select n.id, l.net, l.quantity, l.tax_rate, n.picked,
    sum(n.picked) over (partition by l.id order by d.shipped_on, d.number, n.id) as upto
  from delivery_line n join delivery d on d.id = n.delivery_id and d.state = 'shipped' join sales_order_line l on l.id = n.order_line_id)
update delivery_line n set
  net = round(p.net * p.upto / p.quantity, 2) - round(p.net * (p.upto - p.picked) / p.quantity, 2),
  net_cost = round(n.cost * 100 / (100 + p.tax_rate), 2)
from part p where p.id = n.id;
