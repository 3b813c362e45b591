-- What was sent so far stays in its table, which now holds everything that is to be sent.
ALTER TABLE "sent_card" RENAME TO "outbox_message";
ALTER TABLE "outbox_message" RENAME CONSTRAINT "sent_card_pkey" TO "outbox_message_pkey";
ALTER INDEX "sent_card_send_key_key" RENAME TO "outbox_message_send_key_key";
ALTER INDEX "sent_card_subject_subject_id_idx" RENAME TO "outbox_message_subject_subject_id_idx";
ALTER INDEX "sent_card_person_id_sent_at_idx" RENAME TO "outbox_message_person_id_sent_at_idx";
ALTER TABLE "card_button" RENAME COLUMN "sent_card_id" TO "message_id";
ALTER INDEX "card_button_sent_card_id_name_key" RENAME TO "card_button_message_id_name_key";
ALTER TABLE "card_button" RENAME CONSTRAINT "card_button_sent_card_id_fkey" TO "card_button_message_id_fkey";

ALTER TABLE "outbox_message"
  ALTER COLUMN "person_id" DROP NOT NULL,
  ADD COLUMN "open_id" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "reply_to" TEXT,
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'card',
  ADD COLUMN "title" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "content" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "wanted" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "is_final" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_asking" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "claimed_until" TIMESTAMPTZ(3),
  ADD COLUMN "merged_into" UUID,
  ADD COLUMN "written_at" TIMESTAMPTZ(3);
-- What was cut off while it was being sent was never finished: nobody knows its content any more.
UPDATE "outbox_message" SET
  "open_id" = coalesce((SELECT "open_id" FROM "identity" AS "who"
    WHERE "who"."platform" = "outbox_message"."platform" AND "who"."app_id" = "outbox_message"."app_id" AND "who"."person_id" = "outbox_message"."person_id" LIMIT 1), ''),
  "wanted" = "shown",
  "is_final" = "state" = 'final',
  "is_asking" = EXISTS (SELECT 1 FROM "card_button" WHERE "message_id" = "outbox_message"."id"),
  "state" = CASE "state" WHEN 'pending' THEN 'failed' ELSE "state" END,
  "written_at" = coalesce("sent_at", "updated_at");
ALTER TABLE "outbox_message"
  ALTER COLUMN "open_id" DROP DEFAULT,
  ALTER COLUMN "kind" DROP DEFAULT,
  ALTER COLUMN "title" DROP DEFAULT,
  ALTER COLUMN "content" DROP DEFAULT,
  ALTER COLUMN "wanted" DROP DEFAULT,
  ALTER COLUMN "written_at" SET NOT NULL;
CREATE INDEX "outbox_message_merged_into_idx" ON "outbox_message"("merged_into");

CREATE TABLE "send_pace" (
    "key" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_pace_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "platform_use" (
    "platform" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "calls_max" INTEGER,
    "deliveries_max" INTEGER,

    CONSTRAINT "platform_use_pkey" PRIMARY KEY ("platform","app_id","month")
);

-- What is to be done is a small part of what was ever sent.
create index outbox_message_due on outbox_message (platform, app_id, due_at) where due_at is not null;
create index outbox_message_unsent on outbox_message (platform, app_id, person_id) where state = 'pending';
create index outbox_message_failed on outbox_message (updated_at desc, id) where state = 'failed';
alter table outbox_message
  add constraint outbox_message_state_known check (state in ('pending', 'sent', 'final', 'closed', 'merged', 'failed')),
  add constraint outbox_message_kind_known check (kind in ('card', 'text')),
  add constraint outbox_message_sent_is_found check (state not in ('sent', 'final') or handle is not null),
  add constraint outbox_message_pending_is_due check (state <> 'pending' or due_at is not null);
