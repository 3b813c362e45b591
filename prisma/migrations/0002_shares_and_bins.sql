-- AlterTable
ALTER TABLE "person" ADD COLUMN     "warehouse_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "share_link" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "document_id" UUID NOT NULL,
    "arguments" JSONB NOT NULL DEFAULT '{}',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,
    "opens" INTEGER NOT NULL DEFAULT 0,
    "last_opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bin" (
    "id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_bin" (
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "bin_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "item_bin_pkey" PRIMARY KEY ("item_id","bin_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "share_link_token_hash_key" ON "share_link"("token_hash");

-- CreateIndex
CREATE INDEX "share_link_document_document_id_idx" ON "share_link"("document", "document_id");

-- CreateIndex
CREATE UNIQUE INDEX "bin_warehouse_id_code_key" ON "bin"("warehouse_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "bin_id_warehouse_id_key" ON "bin"("id", "warehouse_id");

-- CreateIndex
CREATE INDEX "item_bin_bin_id_idx" ON "item_bin"("bin_id");

-- CreateIndex
CREATE UNIQUE INDEX "item_bin_item_id_warehouse_id_position_key" ON "item_bin"("item_id", "warehouse_id", "position");

-- AddForeignKey
ALTER TABLE "item_bin" ADD CONSTRAINT "item_bin_bin_id_warehouse_id_fkey" FOREIGN KEY ("bin_id", "warehouse_id") REFERENCES "bin"("id", "warehouse_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "person" ALTER COLUMN "warehouse_ids" SET NOT NULL;

-- A link ends, and counts what was opened.
alter table share_link
  add constraint share_link_ends check (expires_at > created_at),
  add constraint share_link_revoked check ((revoked_at is null) = (revoked_by is null)),
  add constraint share_link_opened check (opens >= 0 and (opens = 0) = (last_opened_at is null));

alter table bin add constraint bin_code check (code = upper(btrim(code)) and code <> '');
alter table item_bin add constraint item_bin_position check (position >= 0);
