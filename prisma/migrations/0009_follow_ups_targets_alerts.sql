-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "subject_id" UUID,
    "below" DECIMAL(18,4),
    "hour" INTEGER,
    "is_true" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "next_on" DATE,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sales_target" (
    "owner_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" UUID NOT NULL,

    CONSTRAINT "sales_target_pkey" PRIMARY KEY ("owner_id","month")
);

-- CreateIndex
CREATE INDEX "alert_event_subject_id_idx" ON "alert"("event", "subject_id");

-- CreateIndex
CREATE INDEX "alert_person_id_ended_at_idx" ON "alert"("person_id", "ended_at");

-- CreateIndex
CREATE INDEX "follow_up_customer_id_at_idx" ON "follow_up"("customer_id", "at");

-- CreateIndex
CREATE INDEX "follow_up_next_on_idx" ON "follow_up"("next_on");

-- CreateIndex
CREATE INDEX "sales_target_month_idx" ON "sales_target"("month");

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: what must always hold.
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_kind" CHECK ("kind" IN ('visit', 'call', 'wechat', 'collection', 'other'));
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_says_something" CHECK ("text" <> '');
ALTER TABLE "sales_target" ADD CONSTRAINT "sales_target_is_of_a_month" CHECK (EXTRACT(DAY FROM "month") = 1 AND "amount" > 0);
ALTER TABLE "alert" ADD CONSTRAINT "alert_hour" CHECK ("hour" BETWEEN 0 AND 23);
