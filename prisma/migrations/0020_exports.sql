-- CreateTable
CREATE TABLE "export_run" (
    "id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "lang" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "file_name" TEXT,
    "content" BYTEA,
    "problem" JSONB,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_run_pkey" PRIMARY KEY ("id")
);

alter table export_run
  add constraint export_run_state_known check (state in ('making', 'ready', 'refused', 'gone')),
  add constraint export_run_content check ((content is not null) = (state = 'ready')),
  add constraint export_run_problem check ((problem is not null) = (state = 'refused'));
-- One at a time for each person: who presses again before the first is done is told so.
create unique index export_run_one_at_a_time on export_run (created_by) where state = 'making';

-- Roles are the company's own: who works with lists may take them along, as far as he sees them.
update role set rights = jsonb_set(rights, '{actions}', (rights -> 'actions') || '["exports.create"]'), version = version + 1
where key in ('sales_manager', 'seller', 'buyer', 'warehouse', 'accountant', 'finance_director', 'admin')
  and not (rights -> 'actions') ?| array['*', 'exports.create'];
