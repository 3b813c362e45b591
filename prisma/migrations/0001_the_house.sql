-- CreateTable
CREATE TABLE "done_call" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "output" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "done_call_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "by" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "relayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handled" (
    "event_id" UUID NOT NULL,
    "reaction" TEXT NOT NULL,

    CONSTRAINT "handled_pkey" PRIMARY KEY ("event_id","reaction")
);

-- CreateTable
CREATE TABLE "number_sequence" (
    "prefix" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "number_sequence_pkey" PRIMARY KEY ("prefix","month")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "document_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "by" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "own_field" (
    "document" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "field" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "own_field_pkey" PRIMARY KEY ("document","key")
);

-- CreateTable
CREATE TABLE "inbox_message" (
    "platform" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "inbox_message_pkey" PRIMARY KEY ("platform","app_id","event_key")
);

-- CreateTable
CREATE TABLE "sent_card" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "handle" JSONB,
    "send_key" TEXT NOT NULL,
    "shown" TEXT NOT NULL DEFAULT '',
    "sent_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "sent_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_button" (
    "token" TEXT NOT NULL,
    "sent_card_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "args" JSONB NOT NULL,

    CONSTRAINT "card_button_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "bot_context" (
    "person_id" UUID NOT NULL,
    "conversation" TEXT NOT NULL,
    "queries" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_context_pkey" PRIMARY KEY ("person_id","conversation")
);

-- CreateTable
CREATE TABLE "bot_log" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "query" JSONB,
    "ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_family" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "axes" JSONB NOT NULL,
    "search_text" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "item_family_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "spec" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL,
    "brand" TEXT NOT NULL DEFAULT '',
    "family_id" UUID,
    "variant" JSONB NOT NULL DEFAULT '{}',
    "base_unit" TEXT NOT NULL,
    "tracking" TEXT NOT NULL DEFAULT 'none',
    "tax_rate" DECIMAL(7,4) NOT NULL,
    "list_price" DECIMAL(18,6) NOT NULL,
    "floor_price" DECIMAL(18,6),
    "reorder_point" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "allow_negative" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_unit" (
    "item_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,
    "numerator" INTEGER NOT NULL,
    "denominator" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "item_unit_pkey" PRIMARY KEY ("item_id","unit")
);

-- CreateTable
CREATE TABLE "barcode" (
    "code" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,

    CONSTRAINT "barcode_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "price_list" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "level" TEXT,
    "customer_id" UUID,
    "starts_on" DATE,
    "ends_on" DATE,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "price_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_rule" (
    "id" UUID NOT NULL,
    "price_list_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "min_quantity" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "price" DECIMAL(18,6) NOT NULL,
    "floor_price" DECIMAL(18,6),

    CONSTRAINT "price_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_change" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "price_list_id" UUID,
    "min_quantity" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "price_before" DECIMAL(18,6),
    "price_after" DECIMAL(18,6),
    "floor_before" DECIMAL(18,6),
    "floor_after" DECIMAL(18,6),
    "reason" TEXT NOT NULL DEFAULT '',
    "by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "definition" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "name" JSONB NOT NULL,
    "document" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "published_by" UUID,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("kind","key","version")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "flows" JSONB NOT NULL,
    "document" TEXT NOT NULL,
    "document_id" UUID NOT NULL,
    "document_number" TEXT NOT NULL,
    "move" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "steps" JSONB NOT NULL,
    "facts" JSONB NOT NULL,
    "facts_version" INTEGER NOT NULL DEFAULT 1,
    "summary" JSONB NOT NULL,
    "opened_by" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" UUID,
    "settled_how" TEXT,
    "wake_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_task" (
    "id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "assignee_id" UUID NOT NULL,
    "instead_of" UUID,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_exposure" (
    "customer_id" UUID NOT NULL,
    "ordered" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "owed" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "advance" DECIMAL(18,2) NOT NULL DEFAULT 0,

    CONSTRAINT "customer_exposure_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "expected_receivable" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "order_number" TEXT NOT NULL,
    "ordered_on" DATE NOT NULL,
    "part" INTEGER NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "remaining" DECIMAL(18,2) NOT NULL,
    "due_on" DATE NOT NULL,

    CONSTRAINT "expected_receivable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receivable" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL,
    "order_id" UUID,
    "order_number" TEXT,
    "amount" DECIMAL(18,2) NOT NULL,
    "settled" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "posted_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,

    CONSTRAINT "receivable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receivable_entry" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "receivable_id" UUID,
    "receipt_id" UUID,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,

    CONSTRAINT "receivable_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "unallocated" DECIMAL(18,2) NOT NULL,
    "method" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "reference" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_sent" (
    "receivable_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_sent_pkey" PRIMARY KEY ("receivable_id","stage")
);

-- CreateTable
CREATE TABLE "warehouse" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "keeper_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "warehouse_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lot" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "made_on" DATE,
    "expires_on" DATE,
    "received_on" DATE NOT NULL,

    CONSTRAINT "lot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "serial" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "warehouse_id" UUID,

    CONSTRAINT "serial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_balance" (
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "on_hand" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "reserved" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "allow_negative" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "stock_balance_pkey" PRIMARY KEY ("item_id","warehouse_id")
);

-- CreateTable
CREATE TABLE "lot_balance" (
    "lot_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "on_hand" DECIMAL(18,4) NOT NULL DEFAULT 0,

    CONSTRAINT "lot_balance_pkey" PRIMARY KEY ("lot_id","warehouse_id")
);

-- CreateTable
CREATE TABLE "item_cost" (
    "item_id" UUID NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "value" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "last_cost" DECIMAL(18,6) NOT NULL DEFAULT 0,

    CONSTRAINT "item_cost_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "stock_move" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "lot_id" UUID,
    "serial_id" UUID,
    "quantity" DECIMAL(18,4) NOT NULL,
    "cost" DECIMAL(18,2) NOT NULL,
    "kind" TEXT NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,

    CONSTRAINT "stock_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_line_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "goods_receipt" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "supplier_id" UUID,
    "warehouse_id" UUID NOT NULL,
    "expected_on" DATE,
    "received_on" DATE,
    "note" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "goods_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "goods_receipt_line" (
    "id" UUID NOT NULL,
    "goods_receipt_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "entered" JSONB NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "unit_cost" DECIMAL(18,6) NOT NULL,
    "lot_code" TEXT,
    "expires_on" DATE,
    "serials" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "goods_receipt_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_transfer" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "sent_on" DATE,
    "received_on" DATE,
    "note" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "stock_transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_transfer_line" (
    "id" UUID NOT NULL,
    "stock_transfer_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "entered" JSONB NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "lots" JSONB NOT NULL DEFAULT '[]',
    "serial_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "stock_transfer_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_adjustment" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "posted_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "stock_adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_adjustment_line" (
    "id" UUID NOT NULL,
    "stock_adjustment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "lot_id" UUID,
    "serial_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "entered" JSONB NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "unit_cost" DECIMAL(18,6),
    "cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "stock_adjustment_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,
    "leader_id" UUID,
    "external_id" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "en_name" TEXT,
    "title" TEXT,
    "mobile" TEXT,
    "email" TEXT,
    "employee_no" TEXT,
    "department_id" UUID,
    "manager_id" UUID,
    "lang" TEXT NOT NULL DEFAULT 'zh',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "stable_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "open_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("platform","tenant","stable_id")
);

-- CreateTable
CREATE TABLE "role" (
    "key" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "rights" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "role_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "person_role" (
    "person_id" UUID NOT NULL,
    "role_key" TEXT NOT NULL,

    CONSTRAINT "person_role_pkey" PRIMARY KEY ("person_id","role_key")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_term" (
    "code" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "parts" JSONB NOT NULL,

    CONSTRAINT "payment_term_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "owner_id" UUID NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "industry" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "phone" TEXT,
    "tax_number" TEXT NOT NULL DEFAULT '',
    "term_code" TEXT NOT NULL,
    "credit_limit" DECIMAL(18,2) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "alike_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "is_main" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supplier" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "contact_name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT,
    "address" TEXT NOT NULL DEFAULT '',
    "tax_number" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supplier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotation" (
    "id" UUID NOT NULL,
    "number" TEXT,
    "customer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "valid_until" DATE NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "net_total" DECIMAL(18,2) NOT NULL,
    "tax_total" DECIMAL(18,2) NOT NULL,
    "gross_total" DECIMAL(18,2) NOT NULL,
    "cost_total" DECIMAL(18,2) NOT NULL,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "approval_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "order_id" UUID,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "quotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotation_line" (
    "id" UUID NOT NULL,
    "quotation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "entered" JSONB NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "rule_price" DECIMAL(18,6) NOT NULL,
    "price_rule" JSONB NOT NULL,
    "price" DECIMAL(18,6) NOT NULL,
    "tax_rate" DECIMAL(7,4) NOT NULL,
    "net" DECIMAL(18,2) NOT NULL,
    "tax" DECIMAL(18,2) NOT NULL,
    "gross" DECIMAL(18,2) NOT NULL,
    "unit_cost" DECIMAL(18,6) NOT NULL,
    "cost" DECIMAL(18,2) NOT NULL,
    "price_note" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "quotation_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sales_order" (
    "id" UUID NOT NULL,
    "number" TEXT,
    "customer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "quotation_id" UUID,
    "ordered_on" DATE NOT NULL,
    "promised_on" DATE,
    "term_code" TEXT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'CNY',
    "rate" DECIMAL(18,8) NOT NULL DEFAULT 1,
    "net_total" DECIMAL(18,2) NOT NULL,
    "tax_total" DECIMAL(18,2) NOT NULL,
    "gross_total" DECIMAL(18,2) NOT NULL,
    "cost_total" DECIMAL(18,2) NOT NULL,
    "delivered_gross" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "exposed" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "backorder" BOOLEAN NOT NULL DEFAULT false,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "approval_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sales_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sales_order_line" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "entered" JSONB NOT NULL,
    "quantity" DECIMAL(18,4) NOT NULL,
    "rule_price" DECIMAL(18,6) NOT NULL,
    "price_rule" JSONB NOT NULL,
    "price" DECIMAL(18,6) NOT NULL,
    "tax_rate" DECIMAL(7,4) NOT NULL,
    "net" DECIMAL(18,2) NOT NULL,
    "tax" DECIMAL(18,2) NOT NULL,
    "gross" DECIMAL(18,2) NOT NULL,
    "unit_cost" DECIMAL(18,6) NOT NULL,
    "cost" DECIMAL(18,2) NOT NULL,
    "price_note" TEXT NOT NULL DEFAULT '',
    "reserved" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "delivered" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "delivered_gross" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "promised_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "sales_order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "planned_on" DATE NOT NULL,
    "shipped_on" DATE,
    "picker_id" UUID,
    "gross_total" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "cost_total" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "carrier" TEXT NOT NULL DEFAULT '',
    "tracking_no" TEXT NOT NULL DEFAULT '',
    "signed_by" TEXT NOT NULL DEFAULT '',
    "signed_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_line" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "planned" DECIMAL(18,4) NOT NULL,
    "picked" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "lots" JSONB NOT NULL DEFAULT '[]',
    "serials" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "gross" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "cost" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "delivery_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "done_call_at_idx" ON "done_call"("at");

-- CreateIndex
CREATE INDEX "event_at_idx" ON "event"("at");

-- CreateIndex
CREATE INDEX "audit_entry_document_document_id_at_idx" ON "audit_entry"("document", "document_id", "at");

-- CreateIndex
CREATE INDEX "inbox_message_received_at_idx" ON "inbox_message"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "sent_card_send_key_key" ON "sent_card"("send_key");

-- CreateIndex
CREATE INDEX "sent_card_subject_subject_id_idx" ON "sent_card"("subject", "subject_id");

-- CreateIndex
CREATE INDEX "sent_card_person_id_sent_at_idx" ON "sent_card"("person_id", "sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "card_button_sent_card_id_name_key" ON "card_button"("sent_card_id", "name");

-- CreateIndex
CREATE INDEX "bot_log_at_idx" ON "bot_log"("at");

-- CreateIndex
CREATE INDEX "bot_log_outcome_at_idx" ON "bot_log"("outcome", "at");

-- CreateIndex
CREATE UNIQUE INDEX "item_family_code_key" ON "item_family"("code");

-- CreateIndex
CREATE UNIQUE INDEX "item_code_key" ON "item"("code");

-- CreateIndex
CREATE INDEX "item_grams_idx" ON "item" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "item_category_code_idx" ON "item"("category", "code");

-- CreateIndex
CREATE INDEX "item_family_id_idx" ON "item"("family_id");

-- CreateIndex
CREATE INDEX "item_version_idx" ON "item"("version");

-- CreateIndex
CREATE INDEX "barcode_item_id_idx" ON "barcode"("item_id");

-- CreateIndex
CREATE INDEX "price_list_level_idx" ON "price_list"("level");

-- CreateIndex
CREATE INDEX "price_list_customer_id_idx" ON "price_list"("customer_id");

-- CreateIndex
CREATE INDEX "price_rule_item_id_idx" ON "price_rule"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "price_rule_price_list_id_item_id_min_quantity_key" ON "price_rule"("price_list_id", "item_id", "min_quantity");

-- CreateIndex
CREATE INDEX "price_change_item_id_at_id_idx" ON "price_change"("item_id", "at", "id");

-- CreateIndex
CREATE INDEX "definition_kind_document_event_state_idx" ON "definition"("kind", "document", "event", "state");

-- CreateIndex
CREATE INDEX "approval_document_document_id_idx" ON "approval"("document", "document_id");

-- CreateIndex
CREATE INDEX "approval_opened_by_id_idx" ON "approval"("opened_by", "id");

-- CreateIndex
CREATE INDEX "approval_task_assignee_id_kind_state_id_idx" ON "approval_task"("assignee_id", "kind", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_task_approval_id_step_assignee_id_key" ON "approval_task"("approval_id", "step", "assignee_id");

-- CreateIndex
CREATE INDEX "expected_receivable_customer_id_idx" ON "expected_receivable"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "expected_receivable_order_id_part_key" ON "expected_receivable"("order_id", "part");

-- CreateIndex
CREATE INDEX "receivable_customer_id_due_on_idx" ON "receivable"("customer_id", "due_on");

-- CreateIndex
CREATE INDEX "receivable_due_on_id_idx" ON "receivable"("due_on", "id");

-- CreateIndex
CREATE INDEX "receivable_order_id_idx" ON "receivable"("order_id");

-- CreateIndex
CREATE INDEX "receivable_source_id_idx" ON "receivable"("source_id");

-- CreateIndex
CREATE INDEX "receivable_entry_customer_id_effective_on_idx" ON "receivable_entry"("customer_id", "effective_on");

-- CreateIndex
CREATE INDEX "receivable_entry_receivable_id_idx" ON "receivable_entry"("receivable_id");

-- CreateIndex
CREATE INDEX "receivable_entry_receipt_id_idx" ON "receivable_entry"("receipt_id");

-- CreateIndex
CREATE INDEX "receivable_entry_source_id_idx" ON "receivable_entry"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_number_key" ON "receipt"("number");

-- CreateIndex
CREATE INDEX "receipt_customer_id_received_on_idx" ON "receipt"("customer_id", "received_on");

-- CreateIndex
CREATE INDEX "receipt_created_at_id_idx" ON "receipt"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "warehouse_code_key" ON "warehouse"("code");

-- CreateIndex
CREATE INDEX "lot_code_idx" ON "lot"("code");

-- CreateIndex
CREATE UNIQUE INDEX "lot_item_id_code_key" ON "lot"("item_id", "code");

-- CreateIndex
CREATE INDEX "serial_item_id_warehouse_id_state_idx" ON "serial"("item_id", "warehouse_id", "state");

-- CreateIndex
CREATE INDEX "serial_code_idx" ON "serial"("code");

-- CreateIndex
CREATE UNIQUE INDEX "serial_item_id_code_key" ON "serial"("item_id", "code");

-- CreateIndex
CREATE INDEX "lot_balance_item_id_warehouse_id_idx" ON "lot_balance"("item_id", "warehouse_id");

-- CreateIndex
CREATE INDEX "stock_move_item_id_warehouse_id_effective_on_idx" ON "stock_move"("item_id", "warehouse_id", "effective_on");

-- CreateIndex
CREATE INDEX "stock_move_source_id_idx" ON "stock_move"("source_id");

-- CreateIndex
CREATE INDEX "stock_move_item_id_id_idx" ON "stock_move"("item_id", "id");

-- CreateIndex
CREATE INDEX "stock_move_lot_id_idx" ON "stock_move"("lot_id");

-- CreateIndex
CREATE INDEX "stock_move_serial_id_idx" ON "stock_move"("serial_id");

-- CreateIndex
CREATE INDEX "reservation_item_id_warehouse_id_idx" ON "reservation"("item_id", "warehouse_id");

-- CreateIndex
CREATE INDEX "reservation_source_id_idx" ON "reservation"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "reservation_source_line_id_warehouse_id_key" ON "reservation"("source_line_id", "warehouse_id");

-- CreateIndex
CREATE UNIQUE INDEX "goods_receipt_number_key" ON "goods_receipt"("number");

-- CreateIndex
CREATE INDEX "goods_receipt_state_expected_on_idx" ON "goods_receipt"("state", "expected_on");

-- CreateIndex
CREATE INDEX "goods_receipt_created_at_id_idx" ON "goods_receipt"("created_at", "id");

-- CreateIndex
CREATE INDEX "goods_receipt_line_goods_receipt_id_idx" ON "goods_receipt_line"("goods_receipt_id");

-- CreateIndex
CREATE INDEX "goods_receipt_line_item_id_idx" ON "goods_receipt_line"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_transfer_number_key" ON "stock_transfer"("number");

-- CreateIndex
CREATE INDEX "stock_transfer_state_idx" ON "stock_transfer"("state");

-- CreateIndex
CREATE INDEX "stock_transfer_created_at_id_idx" ON "stock_transfer"("created_at", "id");

-- CreateIndex
CREATE INDEX "stock_transfer_line_stock_transfer_id_idx" ON "stock_transfer_line"("stock_transfer_id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_adjustment_number_key" ON "stock_adjustment"("number");

-- CreateIndex
CREATE INDEX "stock_adjustment_created_at_id_idx" ON "stock_adjustment"("created_at", "id");

-- CreateIndex
CREATE INDEX "stock_adjustment_line_stock_adjustment_id_idx" ON "stock_adjustment_line"("stock_adjustment_id");

-- CreateIndex
CREATE UNIQUE INDEX "department_external_id_key" ON "department"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_employee_no_key" ON "person"("employee_no");

-- CreateIndex
CREATE INDEX "person_department_id_idx" ON "person"("department_id");

-- CreateIndex
CREATE INDEX "identity_person_id_idx" ON "identity"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_platform_app_id_open_id_key" ON "identity"("platform", "app_id", "open_id");

-- CreateIndex
CREATE INDEX "delegation_from_id_ends_at_idx" ON "delegation"("from_id", "ends_at");

-- CreateIndex
CREATE INDEX "delegation_to_id_ends_at_idx" ON "delegation"("to_id", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_number_key" ON "customer"("number");

-- CreateIndex
CREATE INDEX "customer_grams_idx" ON "customer" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "customer_alike_keys_idx" ON "customer" USING GIN ("alike_keys");

-- CreateIndex
CREATE INDEX "customer_owner_id_pinyin_id_idx" ON "customer"("owner_id", "pinyin", "id");

-- CreateIndex
CREATE INDEX "customer_pinyin_id_idx" ON "customer"("pinyin", "id");

-- CreateIndex
CREATE INDEX "customer_version_idx" ON "customer"("version");

-- CreateIndex
CREATE INDEX "contact_customer_id_idx" ON "contact"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "supplier_number_key" ON "supplier"("number");

-- CreateIndex
CREATE INDEX "supplier_grams_idx" ON "supplier" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "supplier_pinyin_id_idx" ON "supplier"("pinyin", "id");

-- CreateIndex
CREATE UNIQUE INDEX "quotation_number_key" ON "quotation"("number");

-- CreateIndex
CREATE INDEX "quotation_customer_id_idx" ON "quotation"("customer_id");

-- CreateIndex
CREATE INDEX "quotation_owner_id_created_at_idx" ON "quotation"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "quotation_created_at_id_idx" ON "quotation"("created_at", "id");

-- CreateIndex
CREATE INDEX "quotation_line_quotation_id_idx" ON "quotation_line"("quotation_id");

-- CreateIndex
CREATE UNIQUE INDEX "sales_order_number_key" ON "sales_order"("number");

-- CreateIndex
CREATE INDEX "sales_order_customer_id_created_at_idx" ON "sales_order"("customer_id", "created_at");

-- CreateIndex
CREATE INDEX "sales_order_owner_id_created_at_idx" ON "sales_order"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "sales_order_state_created_at_idx" ON "sales_order"("state", "created_at");

-- CreateIndex
CREATE INDEX "sales_order_created_at_id_idx" ON "sales_order"("created_at", "id");

-- CreateIndex
CREATE INDEX "sales_order_line_order_id_idx" ON "sales_order_line"("order_id");

-- CreateIndex
CREATE INDEX "sales_order_line_item_id_idx" ON "sales_order_line"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_number_key" ON "delivery"("number");

-- CreateIndex
CREATE INDEX "delivery_order_id_idx" ON "delivery"("order_id");

-- CreateIndex
CREATE INDEX "delivery_state_planned_on_idx" ON "delivery"("state", "planned_on");

-- CreateIndex
CREATE INDEX "delivery_customer_id_idx" ON "delivery"("customer_id");

-- CreateIndex
CREATE INDEX "delivery_created_at_id_idx" ON "delivery"("created_at", "id");

-- CreateIndex
CREATE INDEX "delivery_line_delivery_id_idx" ON "delivery_line"("delivery_id");

-- CreateIndex
CREATE INDEX "delivery_line_order_line_id_idx" ON "delivery_line"("order_line_id");

-- AddForeignKey
ALTER TABLE "card_button" ADD CONSTRAINT "card_button_sent_card_id_fkey" FOREIGN KEY ("sent_card_id") REFERENCES "sent_card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "item_family"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_unit" ADD CONSTRAINT "item_unit_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "barcode" ADD CONSTRAINT "barcode_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "barcode" ADD CONSTRAINT "barcode_item_id_unit_fkey" FOREIGN KEY ("item_id", "unit") REFERENCES "item_unit"("item_id", "unit") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_rule" ADD CONSTRAINT "price_rule_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_task" ADD CONSTRAINT "approval_task_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goods_receipt_line" ADD CONSTRAINT "goods_receipt_line_goods_receipt_id_fkey" FOREIGN KEY ("goods_receipt_id") REFERENCES "goods_receipt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_transfer_line" ADD CONSTRAINT "stock_transfer_line_stock_transfer_id_fkey" FOREIGN KEY ("stock_transfer_id") REFERENCES "stock_transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_adjustment_line" ADD CONSTRAINT "stock_adjustment_line_stock_adjustment_id_fkey" FOREIGN KEY ("stock_adjustment_id") REFERENCES "stock_adjustment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "department"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_role_key_fkey" FOREIGN KEY ("role_key") REFERENCES "role"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_term_code_fkey" FOREIGN KEY ("term_code") REFERENCES "payment_term"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quotation_line" ADD CONSTRAINT "quotation_line_quotation_id_fkey" FOREIGN KEY ("quotation_id") REFERENCES "quotation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sales_order_line" ADD CONSTRAINT "sales_order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "sales_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_line" ADD CONSTRAINT "delivery_line_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- kernel
-- Facts that wait for the relay: the index holds only these, whatever the history.
create index event_waiting on event (id) where relayed_at is null;

-- What is written down stays: audit entries and ledger lines are appended, never changed.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are appended, never changed', tg_table_name using errcode = '55000';
end $$;
create trigger audit_entry_stays before update or delete on audit_entry for each row execute function refuse_change();

-- catalog
alter table item add constraint item_tracking check (tracking in ('none', 'lot', 'serial'));
alter table item add constraint item_tax_rate check (tax_rate >= 0 and tax_rate < 100);
alter table item add constraint item_list_price check (list_price >= 0);
-- A list price of 0 means "not priced yet": there is nothing to hold a floor against.
alter table item add constraint item_floor_price check (floor_price is null or (floor_price >= 0 and (list_price = 0 or floor_price <= list_price)));
alter table item add constraint item_reorder_point check (reorder_point >= 0);

alter table item_unit add constraint item_unit_ratio check (numerator > 0 and denominator > 0);

-- One item a cell of a family's grid.
create unique index item_variant on item (family_id, variant) where family_id is not null;

alter table price_list add constraint price_list_one_kind check (level is null or customer_id is null);
alter table price_list add constraint price_list_days check (starts_on is null or ends_on is null or starts_on <= ends_on);
alter table price_rule add constraint price_rule_price check (price > 0 and min_quantity >= 0);
alter table price_rule add constraint price_rule_floor check (floor_price is null or (floor_price >= 0 and floor_price <= price));

create trigger price_change_is_history before update or delete on price_change for each row execute function refuse_change();

-- engines
-- Definitions: at most one draft and one published version of each; what was published stays as it was.
alter table definition
  add constraint definition_kind_known check (kind in ('rule', 'flow')),
  add constraint definition_state_known check (state in ('draft', 'published', 'retired')),
  add constraint definition_published_by_someone check ((state = 'draft') = (published_at is null) and (published_at is null) = (published_by is null));
create unique index definition_one_draft on definition (kind, key) where state = 'draft';
create unique index definition_one_published on definition (kind, key) where state = 'published';

create function published_definition_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.state <> 'retired' or to_jsonb(new) - 'state' <> to_jsonb(old) - 'state') then
    raise exception 'a published definition is not changed: save a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger published_definition_stays before update on definition for each row execute function published_definition_stays();

-- Approvals: one open one per document and move; a settled one never changes.
alter table approval
  add constraint approval_state_known check (state in ('open', 'approved', 'rejected', 'withdrawn', 'returned')),
  add constraint approval_settled_once check (
    (state = 'open') = (settled_at is null) and (settled_at is null) = (settled_by is null) and (settled_at is null) = (settled_how is null)
  ),
  add constraint approval_settled_sleeps check (state = 'open' or wake_at is null);
create unique index approval_one_open on approval (document, document_id, move) where state = 'open';
create index approval_wakes on approval (wake_at) where wake_at is not null;

create function settled_approval_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'open' then
    raise exception 'a settled approval is not changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger settled_approval_stays before update on approval for each row execute function settled_approval_stays();

alter table approval_task
  add constraint approval_task_kind_known check (kind in ('approve', 'copy')),
  add constraint approval_task_state_known check (state in ('waiting', 'approved', 'rejected', 'returned', 'passed', 'void', 'read')),
  add constraint approval_task_done_has_moment check ((state = 'waiting') = (done_at is null));
create index approval_task_waiting on approval_task (approval_id) where state = 'waiting';

-- finance
alter table customer_exposure
  add constraint customer_exposure_parts check (ordered >= 0 and owed >= 0 and advance >= 0);

alter table expected_receivable
  add constraint expected_receivable_remaining check (amount > 0 and remaining between 0 and amount);

alter table receivable
  add constraint receivable_settled check (amount > 0 and settled between 0 and amount);

alter table receipt
  add constraint receipt_unallocated check (amount > 0 and unallocated between 0 and amount),
  add constraint receipt_state check (state = 'posted' or (state = 'reversed' and unallocated = 0));

alter table receivable_entry
  add constraint receivable_entry_amount check (amount <> 0),
  add constraint receivable_entry_kind check (
    kind in ('opening', 'delivery', 'order', 'receipt', 'allocation', 'release', 'reversal')),
  add constraint receivable_entry_of check (receivable_id is not null or receipt_id is not null);

-- What is open is a small part of what there ever was: lists, ageing and reminders read this.
create index receivable_open on receivable (due_on, id) where settled < amount;
create index receivable_open_of_customer on receivable (customer_id, due_on) where settled < amount;
create index receipt_unallocated_of_customer on receipt (customer_id, received_on) where unallocated > 0;

create trigger receivable_entry_stays before update or delete on receivable_entry for each row execute function refuse_change();
create trigger receivable_entry_not_emptied before truncate on receivable_entry execute function refuse_change();

-- inventory
-- Stock: what the tables themselves refuse, whatever code writes to them.

alter table stock_balance
  add constraint stock_balance_reserved_not_negative check (reserved >= 0),
  add constraint stock_balance_covers_reserved check (allow_negative or on_hand >= reserved);

alter table lot_balance add constraint lot_balance_not_negative check (on_hand >= 0);

alter table item_cost
  add constraint item_cost_of_nothing_is_nothing check (quantity <> 0 or value = 0),
  add constraint item_cost_has_the_sign_of_its_quantity check (value = 0 or sign(value) = sign(quantity)),
  add constraint item_cost_last_not_negative check (last_cost >= 0);

alter table serial
  add constraint serial_state_known check (state in ('in_stock', 'in_transit', 'gone')),
  add constraint serial_is_somewhere_only_in_stock check ((state = 'in_stock') = (warehouse_id is not null));

alter table reservation add constraint reservation_holds_something check (quantity > 0);

alter table stock_move
  add constraint stock_move_kind_known check (
    kind in ('opening', 'receipt', 'delivery', 'transfer_out', 'transfer_in', 'adjustment', 'return', 'revaluation')),
  add constraint stock_move_moves_something check ((quantity = 0) = (kind = 'revaluation')),
  add constraint stock_move_serial_is_one check (serial_id is null or abs(quantity) = 1);

alter table goods_receipt
  add constraint goods_receipt_state_known check (state in ('expected', 'received', 'cancelled')),
  add constraint goods_receipt_kind_known check (kind in ('opening', 'purchase', 'other')),
  add constraint goods_receipt_received_on_a_day check ((state = 'received') = (received_on is not null));

alter table goods_receipt_line
  add constraint goods_receipt_line_not_negative check (quantity >= 0 and unit_cost >= 0);

alter table stock_transfer
  add constraint stock_transfer_state_known check (state in ('draft', 'sent', 'received', 'cancelled')),
  add constraint stock_transfer_between_two check (from_id <> to_id),
  add constraint stock_transfer_sent_before_received check (received_on >= sent_on);

alter table stock_transfer_line add constraint stock_transfer_line_positive check (quantity > 0);

alter table stock_adjustment
  add constraint stock_adjustment_state_known check (state in ('draft', 'posted', 'cancelled')),
  add constraint stock_adjustment_has_a_reason check (reason <> ''),
  add constraint stock_adjustment_posted_on_a_day check ((state = 'posted') = (posted_on is not null));

alter table stock_adjustment_line add constraint stock_adjustment_line_changes check (quantity <> 0);

-- The ledger is appended to and nothing else: a mistake is reversed by another move.
create function refuse_stock_move_change() returns trigger language plpgsql as $$
begin
  raise exception 'stock_move is append-only' using errcode = 'restrict_violation';
end
$$;

create trigger stock_move_append_only before update or delete on stock_move
  for each row execute function refuse_stock_move_change();
create trigger stock_move_no_truncate before truncate on stock_move
  for each statement execute function refuse_stock_move_change();

-- What is open stays quick to find however long the history grows.
create index reservation_expiring on reservation (expires_at) where expires_at is not null;
create index goods_receipt_expected on goods_receipt (expected_on) where state = 'expected';
create index stock_transfer_on_the_way on stock_transfer (sent_on) where state = 'sent';
create index lot_balance_in_stock on lot_balance (item_id, warehouse_id) where on_hand > 0;

-- parties
alter table customer add constraint customer_state check (state in ('active', 'frozen'));
alter table customer add constraint customer_credit_limit check (credit_limit >= 0);
create unique index contact_main on contact (customer_id) where is_main;
alter table contact add constraint contact_role check (role in ('boss', 'buyer', 'accountant', 'warehouse', 'other'));

-- sales
alter table quotation
  add constraint quotation_state check (state in ('draft', 'submitted', 'approved', 'ordered', 'rejected', 'lost', 'expired')),
  add constraint quotation_totals check (net_total + tax_total = gross_total),
  add constraint quotation_numbered check (number is not null or state in ('draft', 'lost', 'expired')),
  add constraint quotation_ordered check ((state = 'ordered') = (order_id is not null));

alter table quotation_line
  add constraint quotation_line_amounts check (quantity > 0 and price >= 0 and net + tax = gross);

alter table sales_order
  add constraint sales_order_state check (
    state in ('draft', 'submitted', 'confirmed', 'partly_delivered', 'delivered', 'closed', 'rejected', 'cancelled')),
  add constraint sales_order_totals check (net_total + tax_total = gross_total and delivered_gross between 0 and gross_total),
  add constraint sales_order_numbered check (number is not null or state in ('draft', 'cancelled')),
  -- Only what is under way counts against the customer's credit.
  add constraint sales_order_exposed check (
    exposed between 0 and gross_total and (exposed = 0 or state in ('submitted', 'confirmed', 'partly_delivered')));

alter table sales_order_line
  add constraint sales_order_line_amounts check (quantity > 0 and price >= 0 and net + tax = gross),
  add constraint sales_order_line_delivered check (
    delivered >= 0 and reserved >= 0 and delivered + reserved <= quantity and delivered_gross between 0 and gross);

alter table delivery
  add constraint delivery_state check (state in ('planned', 'picking', 'shipped', 'cancelled')),
  add constraint delivery_shipped check ((state = 'shipped') = (shipped_on is not null)),
  add constraint delivery_signed check (signed_at is null or state = 'shipped');

alter table delivery_line
  add constraint delivery_line_picked check (planned > 0 and picked between 0 and planned);

-- What waits for goods, oldest first when they come; what is under way; what the warehouse has to do.
create index sales_order_line_short on sales_order_line (item_id, warehouse_id) where delivered + reserved < quantity;
create index sales_order_open on sales_order (submitted_at, id) where state in ('submitted', 'confirmed', 'partly_delivered');
create index quotation_valid on quotation (valid_until, id) where state in ('draft', 'approved');
create index delivery_open on delivery (warehouse_id, planned_on, id) where state in ('planned', 'picking');
