import type { z } from 'zod'
import type { Caller } from './caller.ts'
import { asSetUp, lookAgain } from './as-set-up.ts'
import type { Tx } from './db.ts'

/** A setting of the company: its key, its shape, and what holds while nothing was set. */
export type Setting<T> = { key: string; schema: z.ZodType<T>; initial: T }

export const readSetting = <T>(tx: Tx, setting: Setting<T>): Promise<T> =>
  asSetUp(tx, `setting ${setting.key}`, async () => {
    const stored = (await storedSettings(tx)).get(setting.key)
    return stored === undefined ? setting.initial : setting.schema.parse(stored)
  })

/** All of them: they are few, and whoever reads one often reads others. */
const storedSettings = (tx: Tx): Promise<Map<string, unknown>> =>
  asSetUp(tx, 'settings', async () => {
    const rows = await tx.$queryRaw<{ key: string; value: unknown }[]>`select key, value from setting`
    return new Map(rows.map(({ key, value }) => [key, value]))
  })

export async function writeSetting<T>(tx: Tx, caller: Caller, setting: Setting<T>, value: T): Promise<void> {
  const parsed = setting.schema.parse(value) as object
  await tx.setting.upsert({
    where: { key: setting.key },
    create: { key: setting.key, value: parsed, changedAt: caller.at },
    update: { value: parsed, changedAt: caller.at, version: { increment: 1 } },
  })
  lookAgain(tx)
}
