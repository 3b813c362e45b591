-- CreateTable
CREATE TABLE "ledger_account" (
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "keeps" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "control" TEXT,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "voucher" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "document_on" DATE,
    "event" TEXT NOT NULL,
    "source_document" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "source_number" TEXT NOT NULL,
    "customer_id" UUID,
    "amount" DECIMAL(18,2) NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voucher_line" (
    "id" UUID NOT NULL,
    "voucher_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "debit" DECIMAL(18,2) NOT NULL,
    "credit" DECIMAL(18,2) NOT NULL,
    "customer_id" UUID,
    "category" TEXT,

    CONSTRAINT "voucher_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vouched_line" (
    "line_id" UUID NOT NULL,
    "voucher_id" UUID NOT NULL,

    CONSTRAINT "vouched_line_pkey" PRIMARY KEY ("line_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "voucher_number_key" ON "voucher"("number");

-- CreateIndex
CREATE INDEX "voucher_on_number_idx" ON "voucher"("on", "number");

-- CreateIndex
CREATE INDEX "voucher_source_id_idx" ON "voucher"("source_id");

-- CreateIndex
CREATE INDEX "voucher_customer_id_on_idx" ON "voucher"("customer_id", "on");

-- CreateIndex
CREATE INDEX "voucher_number_pieces" ON "voucher" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "voucher_source_number_pieces" ON "voucher" USING GIN ("source_number" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "voucher_line_voucher_id_position_key" ON "voucher_line"("voucher_id", "position");

-- CreateIndex
CREATE INDEX "voucher_line_of_account" ON "voucher_line"("account", "on");

-- CreateIndex
CREATE INDEX "vouched_line_voucher_id_idx" ON "vouched_line"("voucher_id");

-- AddForeignKey
ALTER TABLE "voucher_line" ADD CONSTRAINT "voucher_line_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "voucher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher_line" ADD CONSTRAINT "voucher_line_account_fkey" FOREIGN KEY ("account") REFERENCES "ledger_account"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vouched_line" ADD CONSTRAINT "vouched_line_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "voucher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The usual chart of a small trading company. A company adds accounts below these.
insert into ledger_account (code, name_zh, name_en, kind, side, keeps, control) values
  ('1001', '库存现金', 'Cash', 'asset', 'debit', '{}', null),
  ('1002', '银行存款', 'Bank', 'asset', 'debit', '{}', null),
  ('1012', '其他货币资金', 'Other money', 'asset', 'debit', '{}', null),
  ('101201', '其他货币资金-微信', 'WeChat Pay', 'asset', 'debit', '{}', null),
  ('101202', '其他货币资金-支付宝', 'Alipay', 'asset', 'debit', '{}', null),
  ('1121', '应收票据', 'Notes receivable', 'asset', 'debit', '{}', null),
  ('1122', '应收账款', 'Accounts receivable', 'asset', 'debit', '{customer}', 'receivable'),
  ('1221', '其他应收款', 'Other receivables', 'asset', 'debit', '{}', null),
  ('1402', '在途物资', 'Goods in transit', 'asset', 'debit', '{}', null),
  ('1405', '库存商品', 'Goods in stock', 'asset', 'debit', '{category}', 'stock'),
  ('1901', '待处理财产损溢', 'Stock differences to be settled', 'asset', 'debit', '{}', null),
  ('2202', '应付账款', 'Accounts payable', 'liability', 'credit', '{}', null),
  ('220201', '应付账款-暂估', 'Goods not yet invoiced', 'liability', 'credit', '{}', null),
  ('220202', '应付账款-采购费用', 'Purchase costs payable', 'liability', 'credit', '{}', null),
  ('2203', '预收账款', 'Advances from customers', 'liability', 'credit', '{customer}', 'advance'),
  ('2221', '应交税费', 'Taxes', 'liability', 'credit', '{}', null),
  ('222101', '应交税费-销项税额', 'Output VAT', 'liability', 'credit', '{}', null),
  ('222102', '应交税费-进项税额', 'Input VAT', 'liability', 'debit', '{}', null),
  ('4001', '实收资本', 'Capital', 'equity', 'credit', '{}', null),
  ('4103', '本年利润', 'Profit of the year', 'equity', 'credit', '{}', null),
  ('4104', '利润分配', 'Retained earnings', 'equity', 'credit', '{}', null),
  ('4199', '期初余额', 'Opening balances', 'equity', 'credit', '{}', null),
  ('6001', '主营业务收入', 'Sales', 'profit', 'credit', '{category}', null),
  ('6301', '营业外收入', 'Other income', 'profit', 'credit', '{}', null),
  ('6401', '主营业务成本', 'Cost of sales', 'profit', 'debit', '{category}', null),
  ('6601', '销售费用', 'Selling expenses', 'profit', 'debit', '{}', null),
  ('6602', '管理费用', 'Administrative expenses', 'profit', 'debit', '{}', null),
  ('6603', '财务费用', 'Finance costs', 'profit', 'debit', '{}', null),
  ('6711', '营业外支出', 'Other expenses', 'profit', 'debit', '{}', null);

alter table ledger_account
  add constraint ledger_account_code_known check (code ~ '^[1-6][0-9]{3}([0-9]{2}){0,4}$'),
  add constraint ledger_account_kind_known check (kind in ('asset', 'liability', 'equity', 'cost', 'profit')),
  add constraint ledger_account_side_known check (side in ('debit', 'credit')),
  add constraint ledger_account_control_known check (control in ('receivable', 'advance', 'stock')),
  add constraint ledger_account_keeps_known check (keeps <@ array['customer', 'category']);

alter table voucher add constraint voucher_late_after_document check (document_on < "on");
alter table voucher_line
  add constraint voucher_line_has_one_side check ((debit = 0) <> (credit = 0));
-- All lines of a voucher are written in one statement: it has the first of them, and there is no second first. So what it writes must come to the
-- same on both sides, and to what the voucher says. Planned each time: a plan that was made while the tables were empty is not for full ones.
create function refuse_unbalanced() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
declare unbalanced text;
begin
  select v.number into unbalanced
  from (
    select voucher_id, min(position) as first, sum(debit) as debit, sum(credit) as credit from written group by 1) w
  join voucher v on v.id = w.voucher_id
  where w.first <> 1 or w.debit <> v.amount or w.credit <> v.amount limit 1;
  if unbalanced is not null then
    raise exception 'voucher % does not balance', unbalanced using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger voucher_balances after insert on voucher_line
  referencing new table as written for each statement execute function refuse_unbalanced();

create trigger voucher_stays before update or delete on voucher for each row execute function refuse_change();
create trigger voucher_not_emptied before truncate on voucher execute function refuse_change();
create trigger voucher_line_stays before update or delete on voucher_line for each row execute function refuse_change();
create trigger voucher_line_not_emptied before truncate on voucher_line execute function refuse_change();
create trigger vouched_line_stays before update or delete on vouched_line for each row execute function refuse_change();
create trigger vouched_line_not_emptied before truncate on vouched_line execute function refuse_change();

-- Rights that came after a company's roles were written down, for those whose work they are.
with granted (key, action) as (values
  ('accountant', 'voucher.read'), ('accountant', 'voucher_template.write'),
  ('finance_director', 'voucher.read'), ('finance_director', 'voucher_template.write'),
  ('buyer', 'landed_cost.write'), ('accountant', 'landed_cost.write'), ('finance_director', 'landed_cost.write'),
  ('sales_manager', 'sales_target.write'))
update role set rights = jsonb_set(rights, '{actions}', (rights -> 'actions') || missing.actions), version = version + 1
from (
  select r.key, jsonb_agg(g.action) as actions from role r join granted g using (key)
  where not (r.rights -> 'actions') ?| array['*', g.action] group by 1) missing
where missing.key = role.key;

-- A company that has books from before is told of, so that its vouchers are made as soon as the house is open.
insert into event (id, name, body, by, via, at)
select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid, 'accounting.vouchers-begun', '{}',
  '00000000-0000-7000-8000-000000000000', 'job', now()
where exists (select from stock_move) or exists (select from receivable_entry);
