import { z } from 'zod'
import { type Input, Day } from '#contract'
import { allow, type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { readSetting, type Setting, writeSetting } from '#kernel/settings'
import { type finance, type FinanceSettings, LateDocuments, PostAt, ReminderStage } from './contract.ts'
import type { SettingsChanged } from './facts.ts'
import { mayReadReceivables } from './policy.ts'

/** The last day whose books are closed. */
export const closedUntil: Setting<{ until: string | null }> = {
  key: 'finance.closed_until',
  schema: z.object({ until: Day.nullable() }),
  initial: { until: null },
}
/** What becomes of a document whose books are closed, unless whoever enters it says: it is refused, or takes effect in the next period. */
export const lateDocuments: Setting<LateDocuments> = {
  key: 'finance.late_documents',
  schema: LateDocuments,
  initial: 'refuse',
}
/** When an order becomes a receivable: when its goods leave, or when it is confirmed. */
export const postAt: Setting<'delivery' | 'confirmation'> = {
  key: 'finance.post_at',
  schema: PostAt,
  initial: 'delivery',
}
/** Whether a new receivable takes what the customer paid in advance. */
export const autoAllocate: Setting<boolean> = { key: 'finance.auto_allocate', schema: z.boolean(), initial: true }
/** When who is reminded of a due day. */
export const reminders: Setting<ReminderStage[]> = {
  key: 'finance.reminders',
  schema: z.array(ReminderStage),
  initial: [
    { days: -7, audience: 'owner' },
    { days: 1, audience: 'owner' },
    { days: 15, audience: 'manager' },
    { days: 30, audience: 'director' },
  ],
}

export async function settings(tx: Tx, caller: Caller): Promise<FinanceSettings> {
  if (!has(caller, 'org.admin')) mayReadReceivables(caller)
  return currentSettings(tx)
}

export async function changeSettings(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof finance)['endpoints']['changeSettings']>,
): Promise<FinanceSettings> {
  allow(caller, 'org.admin', { zh: '修改财务设置', en: 'change the finance settings' })
  const before = await currentSettings(tx)
  if (input.postAt !== undefined) await writeSetting(tx, caller, postAt, input.postAt)
  if (input.autoAllocate !== undefined) await writeSetting(tx, caller, autoAllocate, input.autoAllocate)
  if (input.lateDocuments !== undefined) await writeSetting(tx, caller, lateDocuments, input.lateDocuments)
  if (input.reminders !== undefined) await writeSetting(tx, caller, reminders, input.reminders)
  const after = await currentSettings(tx)
  const changed: SettingsChanged = { name: 'finance.settings-changed', body: { before, after } }
  await publish(tx, caller, [changed])
  return after
}

export const currentSettings = async (tx: Tx): Promise<FinanceSettings> => ({
  closedUntil: (await readSetting(tx, closedUntil)).until,
  postAt: await readSetting(tx, postAt),
  autoAllocate: await readSetting(tx, autoAllocate),
  lateDocuments: await readSetting(tx, lateDocuments),
  reminders: await readSetting(tx, reminders),
})

/** When an order becomes a receivable. */
export const postingMoment = (tx: Tx): Promise<'delivery' | 'confirmation'> => readSetting(tx, postAt)
