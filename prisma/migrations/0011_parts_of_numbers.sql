-- Comes with PostgreSQL, and may be switched on by the owner of the database.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateIndex
CREATE INDEX "delivery_number_pieces" ON "delivery" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "quotation_number_pieces" ON "quotation" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "sales_order_number_pieces" ON "sales_order" USING GIN ("number" gin_trgm_ops);
