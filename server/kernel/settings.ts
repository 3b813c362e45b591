import type { z } from 'zod'
import type { Caller } from './caller.ts'
import type { Tx } from './db.ts'

/** A setting of the company: its key, its shape, and what holds while nothing was set. */
export type Setting<T> = { key: string; schema: z.ZodType<T>; initial: T }

export async function readSetting<T>(tx: Tx, setting: Setting<T>): Promise<T> {
  const row = await tx.setting.findUnique({ where: { key: setting.key } })
  return row ? setting.schema.parse(row.value) : setting.initial
}

export async function writeSetting<T>(tx: Tx, caller: Caller, setting: Setting<T>, value: T): Promise<void> {
  const parsed = setting.schema.parse(value) as object
  await tx.setting.upsert({
    where: { key: setting.key },
    create: { key: setting.key, value: parsed, changedAt: caller.at },
    update: { value: parsed, changedAt: caller.at, version: { increment: 1 } },
  })
}
