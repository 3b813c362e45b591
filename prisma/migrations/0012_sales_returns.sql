-- AlterTable
ALTER TABLE "delivery_line" ADD COLUMN     "returned" DECIMAL(18,4) NOT NULL DEFAULT 0,
ADD COLUMN     "returned_cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "returned_gross" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "returned_net" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "returned_net_cost" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "receipt" ADD COLUMN     "return_of_id" UUID;

-- AlterTable
ALTER TABLE "warehouse" ADD COLUMN     "for_sale" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "sales_return" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "gross_total" DECIMAL(18,2) NOT NULL,
    "net_total" DECIMAL(18,2) NOT NULL,
    "cost_total" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "received_on" DATE,
    "posted_on" DATE,
    "reversed_on" DATE,
    "receiver_id" UUID,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "approval_id" UUID,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "sales_return_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sales_return_line" (
    "id" UUID NOT NULL,
    "return_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "delivery_line_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "received" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "lots" JSONB NOT NULL DEFAULT '[]',
    "serials" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "gross" DECIMAL(18,2) NOT NULL,
    "net" DECIMAL(18,2) NOT NULL,
    "cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "net_cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "sales_return_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sales_return_number_key" ON "sales_return"("number");

-- CreateIndex
CREATE INDEX "sales_return_order_id_idx" ON "sales_return"("order_id");

-- CreateIndex
CREATE INDEX "sales_return_customer_id_idx" ON "sales_return"("customer_id");

-- CreateIndex
CREATE INDEX "sales_return_state_created_at_idx" ON "sales_return"("state", "created_at");

-- CreateIndex
CREATE INDEX "sales_return_posted_on_idx" ON "sales_return"("posted_on");

-- CreateIndex
CREATE INDEX "sales_return_created_at_id_idx" ON "sales_return"("created_at", "id");

-- CreateIndex
CREATE INDEX "sales_return_number_pieces" ON "sales_return" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "sales_return_line_return_id_idx" ON "sales_return_line"("return_id");

-- CreateIndex
CREATE INDEX "sales_return_line_delivery_line_id_idx" ON "sales_return_line"("delivery_line_id");

-- CreateIndex
CREATE INDEX "sales_return_line_item_id_idx" ON "sales_return_line"("item_id");

-- AddForeignKey
ALTER TABLE "sales_return_line" ADD CONSTRAINT "sales_return_line_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "sales_return"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: what must always hold.
ALTER TABLE "delivery_line"
  ADD CONSTRAINT "delivery_line_returned" CHECK ("returned" BETWEEN 0 AND "picked"),
  ADD CONSTRAINT "delivery_line_returned_shares" CHECK (
    "returned_gross" BETWEEN 0 AND "gross" AND "returned_net" BETWEEN 0 AND "net"
    AND "returned_cost" BETWEEN 0 AND "cost" AND "returned_net_cost" BETWEEN 0 AND "net_cost");
ALTER TABLE "sales_return"
  ADD CONSTRAINT "sales_return_state" CHECK (
    "state" IN ('draft', 'submitted', 'approved', 'received', 'reversed', 'rejected', 'cancelled')),
  ADD CONSTRAINT "sales_return_reason" CHECK ("reason" IN ('unwanted', 'wrong', 'defective', 'damaged', 'other')),
  ADD CONSTRAINT "sales_return_received_on_a_day" CHECK (
    ("state" IN ('received', 'reversed')) = ("received_on" IS NOT NULL) AND ("received_on" IS NULL) = ("posted_on" IS NULL)),
  ADD CONSTRAINT "sales_return_reversed_on_a_day" CHECK (("state" = 'reversed') = ("reversed_on" IS NOT NULL)),
  ADD CONSTRAINT "sales_return_totals" CHECK ("gross_total" >= 0 AND "net_total" BETWEEN 0 AND "gross_total" AND "cost_total" >= 0);
ALTER TABLE "sales_return_line"
  ADD CONSTRAINT "sales_return_line_received" CHECK ("quantity" > 0 AND "received" BETWEEN 0 AND "quantity"),
  ADD CONSTRAINT "sales_return_line_amounts" CHECK ("gross" >= 0 AND "net" >= 0 AND "cost" >= 0 AND "net_cost" >= 0);
ALTER TABLE "receivable_entry" DROP CONSTRAINT "receivable_entry_kind";
ALTER TABLE "receivable_entry" ADD CONSTRAINT "receivable_entry_kind" CHECK (
  "kind" IN ('opening', 'delivery', 'order', 'receipt', 'allocation', 'release', 'reversal', 'return', 'return_reversal'));

ALTER TABLE "receipt" ADD CONSTRAINT "receipt_of_return" CHECK (("method" = 'return') = ("return_of_id" IS NOT NULL));

-- Roles are the company's own: who submits orders may ask for a return, who ships may receive one, who reverses receipts may reverse one.
UPDATE "role" SET "rights" = jsonb_set("rights", '{actions}', ("rights" -> 'actions') || '["sales_return.write"]'), "version" = "version" + 1
  WHERE ("rights" -> 'actions' ? 'sales_order.submit' OR "key" = 'service') AND NOT "rights" -> 'actions' ? 'sales_return.write';
UPDATE "role" SET "rights" = jsonb_set("rights", '{actions}', ("rights" -> 'actions') || '["sales_return.receive"]'), "version" = "version" + 1
  WHERE "rights" -> 'actions' ? 'delivery.ship' AND NOT "rights" -> 'actions' ? 'sales_return.receive';
UPDATE "role" SET "rights" = jsonb_set("rights", '{actions}', ("rights" -> 'actions') || '["sales_return.reverse"]'), "version" = "version" + 1
  WHERE "rights" -> 'actions' ? 'receipt.reverse' AND NOT "rights" -> 'actions' ? 'sales_return.reverse';
