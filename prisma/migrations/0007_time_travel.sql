-- AlterTable
ALTER TABLE "receivable_entry" ADD COLUMN     "document_on" DATE;

-- AlterTable
ALTER TABLE "stock_move" ADD COLUMN     "document_on" DATE;

-- CreateTable
CREATE TABLE "receivable_checkpoint" (
    "day" DATE NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "receivable_checkpoint_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "receivable_checkpoint_line" (
    "day" DATE NOT NULL,
    "customer_id" UUID NOT NULL,
    "receivable_id" UUID NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "receivable_checkpoint_line_pkey" PRIMARY KEY ("day","customer_id","receivable_id")
);

-- CreateTable
CREATE TABLE "stock_checkpoint" (
    "day" DATE NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_checkpoint_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "stock_checkpoint_line" (
    "day" DATE NOT NULL,
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "lot_id" UUID NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "value" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "stock_checkpoint_line_pkey" PRIMARY KEY ("day","item_id","warehouse_id","lot_id")
);

-- CreateIndex
CREATE INDEX "receivable_entry_effective_on_idx" ON "receivable_entry"("effective_on");

-- CreateIndex
CREATE INDEX "stock_move_effective_on_idx" ON "stock_move"("effective_on");

-- AddForeignKey
ALTER TABLE "receivable_checkpoint_line" ADD CONSTRAINT "receivable_checkpoint_line_day_fkey" FOREIGN KEY ("day") REFERENCES "receivable_checkpoint"("day") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_checkpoint_line" ADD CONSTRAINT "stock_checkpoint_line_day_fkey" FOREIGN KEY ("day") REFERENCES "stock_checkpoint"("day") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A document that came too late for its period keeps its own day, and takes effect on a later one.
alter table stock_move add constraint stock_move_late check (document_on < effective_on);
alter table receivable_entry add constraint receivable_entry_late check (document_on < effective_on);

-- What was recorded on a later day than it took effect: few lines, which "as known then" leaves out of a checkpoint.
create index stock_move_recorded_late on stock_move (recorded_at) where effective_on < (recorded_at at time zone 'UTC')::date;
create index receivable_entry_recorded_late on receivable_entry (recorded_at) where effective_on < (recorded_at at time zone 'UTC')::date;
