import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Fault } from './company.ts'

/** A message as the post writes it, but for what is wrong with it. */
const aMessage = (state: string, change: { handle?: string; isFinal?: boolean; mergedInto?: string }): Sql => {
  const { handle = null, isFinal = false, mergedInto = null } = change
  return sql`
    insert into outbox_message (id, platform, app_id, open_id, kind, subject, subject_id, title, content, wanted, shown, is_final, state, handle,
      send_key, merged_into, written_at, updated_at)
    values (${newId()}::uuid, 'feishu', 'app', 'ou', 'card', 'approval', 'x', '订单审批', '{}', 'approved', 'asks', ${isFinal}, ${state},
      ${handle}::jsonb, 'key', ${mergedInto}::uuid, now(), now())`
}
const vote = (by: string, choice: string) =>
  JSON.stringify([
    { by, choice },
    { by, choice },
  ])

/** How people, prices, approvals, messages and the database's own guards may go wrong. */
export const houseFaults: Fault[] = [
  {
    breaks: 'P1',
    what: 'a customer who belongs to nobody',
    damage: ({ customer }) => [sql`update customer set owner_id = gen_random_uuid() where id = ${customer}::uuid`],
    found: () => 'customer',
  },
  {
    breaks: 'I15.parties',
    what: 'a customer who was frozen in secret',
    damage: ({ customer, li }) => [
      sql`update customer set state = 'frozen' where id = ${customer}::uuid`,
      sql`insert into audit_entry (id, document, document_id, action, by, via, at, changes) values (${newId()}::uuid, 'customer',
        ${customer}::uuid, 'unfreeze', ${li}::uuid, 'h5', now(), '[{"field": "state", "before": "frozen", "after": "active"}]')`,
    ],
    found: () => 'customer',
  },
  {
    breaks: 'C1',
    what: 'an item without its base unit',
    damage: ({ bolt }) => [sql`delete from item_unit where item_id = ${bolt.id}::uuid and numerator = 1`],
    found: ({ bolt }) => `item ${bolt.number}`,
  },
  {
    breaks: 'C2',
    what: 'a price that was changed past its history',
    damage: ({ bolt, li }) => [
      sql`insert into price_change (id, item_id, price_before, price_after, by, at)
        values (${newId()}::uuid, ${bolt.id}::uuid, 1, 2, ${li}::uuid, now())`,
    ],
    found: ({ bolt }) => `item ${bolt.number}`,
  },
  {
    breaks: 'I12',
    what: 'somebody who voted twice',
    damage: ({ waiting, li }) => [
      sql`update approval set steps = jsonb_set(steps, '{0,votes}', ${vote(li, 'approve')}::jsonb) where document_id = ${waiting.id}::uuid`,
    ],
    found: ({ waiting }) => `approval ${waiting.number}`,
  },
  {
    breaks: 'I12-settled-once',
    what: 'an approval that was announced twice',
    damage: ({ agreed }) => [
      sql`insert into event (id, name, body, by, via, at) select gen_random_uuid(), name, body, by, via, at from event
        where name = 'approvals.settled' and body ->> 'approvalId' in (select id::text from approval where document_id = ${agreed.id}::uuid)`,
    ],
    found: ({ agreed }) => `approval ${agreed.number}`,
  },
  {
    breaks: 'I12-waiting',
    what: 'an open approval that waits for nobody',
    damage: ({ waiting }) => [
      sql`delete from approval_task where approval_id in (select id from approval where document_id = ${waiting.id}::uuid)`,
    ],
    found: ({ waiting }) => `approval ${waiting.number}`,
  },
  {
    breaks: 'O1',
    what: 'a session of somebody who has left',
    damage: ({ li }) => [sql`update person set active = false where id = ${li}::uuid`],
    found: () => 'person 小李',
  },
  {
    breaks: 'O2',
    what: 'an identity of somebody who is another by now',
    damage: ({ li }) => [
      sql`insert into identity (platform, tenant, stable_id, app_id, open_id, person_id) values ('feishu', 't', 'on', 'app', 'ou', ${li}::uuid)`,
      sql`update person set active = false, merged_into_id = manager_id where id = ${li}::uuid`,
    ],
    found: () => 'person 小李',
  },
  {
    breaks: 'O3',
    what: "two who are each other's manager",
    damage: ({ li }) => [
      sql`update person set manager_id = ${li}::uuid where id = (select manager_id from person where id = ${li}::uuid)`,
    ],
    found: () => 'person',
  },
  {
    breaks: 'O4',
    what: 'somebody who left and handed over nothing',
    damage: ({ li }) => [sql`update person set active = false, left_at = now() where id = ${li}::uuid`],
    found: () => 'person 小李',
  },
  {
    breaks: 'I13',
    what: 'a call of which nobody knows the answer',
    damage: ({ li }) => [
      sql`insert into done_call (user_id, key, action, input_hash, at) values (${li}::uuid, 'key', 'sales.createOrder', 'x', now())`,
    ],
    found: () => 'done_call key',
  },
  {
    breaks: 'I14',
    what: 'a card that was sent and cannot be found again',
    damage: () => [aMessage('sent', {})],
    found: () => 'outbox_message key',
  },
  {
    breaks: 'I14.shown',
    what: 'a card that asks for ever what is long settled',
    damage: () => [aMessage('final', { handle: '{}', isFinal: true })],
    found: () => 'outbox_message 订单审批',
  },
  {
    breaks: 'I14.digest',
    what: 'a message that was merged into nothing',
    damage: () => [aMessage('merged', { mergedInto: newId() })],
    found: () => 'outbox_message 订单审批',
  },
  {
    breaks: 'I14.heard',
    what: 'a fact that everybody passed by',
    damage: ({ li }) => [
      sql`insert into event (id, name, body, by, via, at) values ('01900000-0000-7000-8000-000000000000', 'sales.order-confirmed', '{}', ${li}::uuid, 'h5', now())`,
    ],
    found: () => 'event sales.order-confirmed',
  },
  {
    breaks: 'I16',
    what: 'a ledger whose guard is switched off',
    damage: () => [sql`alter table stock_move disable trigger stock_move_append_only`],
    found: () => 'table stock_move',
  },
  {
    breaks: 'I16',
    what: 'an audit trail that may be emptied',
    damage: () => [sql`drop trigger audit_entry_not_emptied on audit_entry`],
    found: () => 'table audit_entry',
  },
  {
    breaks: 'I16.constraints',
    what: 'a check that old rows need not pass',
    damage: () => [sql`alter table receipt add constraint looks_good check (amount > 0) not valid`],
    found: () => 'table receipt',
  },
  {
    breaks: 'I16.days',
    what: 'goods that leave tomorrow and are gone today',
    damage: ({ note }) => [sql`update stock_move set effective_on = '2999-01-01' where source_id = ${note.id}::uuid`],
    found: ({ note }) => `delivery ${note.number}`,
  },
  {
    breaks: 'I17',
    what: 'a number that was never given',
    damage: ({ sold }) => [sql`update sales_order set number = 'SO202611-99999' where id = ${sold.id}::uuid`],
    found: () => 'sales_order SO202611-99999',
  },
]
