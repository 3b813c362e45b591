-- AlterTable
ALTER TABLE "bot_log" ADD COLUMN     "understood_ms" INTEGER;

-- CreateTable
CREATE TABLE "bot_miss" (
    "id" UUID NOT NULL,
    "masked" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_miss_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bot_choice" (
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_choice_pkey" PRIMARY KEY ("person_id","kind","words","target_id")
);

-- CreateTable
CREATE TABLE "bot_alias" (
    "kind" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_alias_pkey" PRIMARY KEY ("kind","words","target_id")
);

-- CreateTable
CREATE TABLE "bot_day" (
    "day" DATE NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "p50_ms" INTEGER NOT NULL,
    "p95_ms" INTEGER NOT NULL,

    CONSTRAINT "bot_day_pkey" PRIMARY KEY ("day","outcome")
);

-- CreateIndex
CREATE INDEX "bot_miss_last_at_idx" ON "bot_miss"("last_at");

-- CreateIndex
CREATE UNIQUE INDEX "bot_miss_masked_outcome_key" ON "bot_miss"("masked", "outcome");

-- CreateIndex
CREATE INDEX "bot_choice_kind_words_target_id_idx" ON "bot_choice"("kind", "words", "target_id");

-- CreateIndex
CREATE INDEX "bot_choice_at_idx" ON "bot_choice"("at");

alter table bot_choice add constraint bot_choice_kind check (kind in ('item', 'customer'));
alter table bot_alias add constraint bot_alias_kind check (kind in ('item', 'customer'));
alter table bot_alias add constraint bot_alias_state check (state in ('accepted', 'rejected'));
