-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "email" TEXT,
ADD COLUMN     "employee_no" TEXT,
ADD COLUMN     "joined_by" TEXT NOT NULL DEFAULT 'alone',
ADD COLUMN     "left_at" TIMESTAMPTZ(3),
ADD COLUMN     "mobile" TEXT,
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "left_at" TIMESTAMPTZ(3),
ADD COLUMN     "merged_into_id" UUID;

-- CreateTable
CREATE TABLE "platform_app" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL DEFAULT false,
    "tenant" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "secrets" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID NOT NULL,

    CONSTRAINT "platform_app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_check" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "stable_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "candidates" UUID[],
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" UUID,

    CONSTRAINT "identity_check_pkey" PRIMARY KEY ("platform","tenant","stable_id")
);

-- CreateTable
CREATE TABLE "person_merge" (
    "id" UUID NOT NULL,
    "kept_id" UUID NOT NULL,
    "gone_id" UUID NOT NULL,
    "moved" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,

    CONSTRAINT "person_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "holder_id" UUID,
    "platform" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" UUID,
    "passed" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "platform_app_platform_tenant_app_id_key" ON "platform_app"("platform", "tenant", "app_id");

-- CreateIndex
CREATE INDEX "identity_check_person_id_idx" ON "identity_check"("person_id");

-- CreateIndex
CREATE INDEX "person_merge_kept_id_idx" ON "person_merge"("kept_id");

-- CreateIndex
CREATE INDEX "person_merge_gone_id_idx" ON "person_merge"("gone_id");

-- CreateIndex
CREATE INDEX "handover_person_id_idx" ON "handover"("person_id");

-- CreateIndex
CREATE INDEX "handover_holder_id_state_idx" ON "handover"("holder_id", "state");

alter table identity add constraint identity_joined_by_known check (joined_by in ('mobile', 'email', 'employee_no', 'alone', 'hand'));
alter table person
  add constraint person_merged_is_gone check (merged_into_id is null or not active),
  add constraint person_merged_into_another check (merged_into_id <> id);
alter table identity_check
  add constraint identity_check_reason_known check (reason in ('ambiguous', 'unmatched'));
alter table person_merge add constraint person_merge_of_two check (kept_id <> gone_id);
create unique index person_merge_once on person_merge (gone_id) where undone_at is null;
alter table handover
  add constraint handover_state_known check (state in ('open', 'done', 'void')),
  add constraint handover_done_by_someone check ((state = 'done') = (done_at is not null) and (done_at is null) = (done_by is null));
create unique index handover_one_open on handover (person_id) where state = 'open';
alter table platform_app add constraint platform_app_platform_known check (platform in ('feishu', 'dingtalk', 'wecom'));
