-- CreateTable
CREATE TABLE "proof_run" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,
    "is_nightly" BOOLEAN NOT NULL,
    "ms" INTEGER NOT NULL,
    "checked" JSONB NOT NULL,
    "findings" JSONB NOT NULL,

    CONSTRAINT "proof_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proof_run_at_id_idx" ON "proof_run"("at", "id");

alter table proof_run add constraint proof_run_took_time check (ms >= 0);

-- The audit trail can no more be emptied than changed.
create trigger audit_entry_not_emptied before truncate on audit_entry execute function refuse_change();
create trigger price_change_not_emptied before truncate on price_change execute function refuse_change();
