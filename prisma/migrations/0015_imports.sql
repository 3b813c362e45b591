-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "content" BYTEA,
    "headings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "mapping" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "done_to" INTEGER NOT NULL DEFAULT 0,
    "stated" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "problem" JSONB,
    "uses" JSONB NOT NULL DEFAULT '[]',
    "used_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "cells" TEXT[],
    "verdict" TEXT,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "taken" BOOLEAN NOT NULL DEFAULT false,
    "figures" JSONB NOT NULL DEFAULT '{}',
    "title" TEXT NOT NULL DEFAULT '',
    "record_id" UUID,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateIndex
CREATE INDEX "import_run_created_by_id_idx" ON "import_run"("created_by", "id");

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table import_run
  add constraint import_run_state_known check (state in (
    'reading', 'mapping', 'checking', 'checked', 'importing', 'stopped', 'done', 'undoing', 'undone', 'unreadable')),
  -- A file is kept until it has been read, and no longer.
  add constraint import_run_content check ((content is not null) = (state = 'reading'));
alter table import_row add constraint import_row_verdict_known check (verdict in ('new', 'same', 'doubtful', 'wrong'));

-- The history of an item's prices goes with the item, when an import is undone; as long as the item is there, it stays.
create function refuse_change_of_price_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and not exists (select from item where id = old.item_id) then
    return old;
  end if;
  raise exception 'rows of % are appended, never changed', tg_table_name using errcode = '55000';
end $$;
drop trigger price_change_is_history on price_change;
create trigger price_change_is_history before update or delete on price_change
  for each row execute function refuse_change_of_price_history();
