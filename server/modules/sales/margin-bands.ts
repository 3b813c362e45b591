import { z } from 'zod'
import { Decimal, Percent } from '#contract'
import type { Tx } from '#kernel/db'
import { readSetting, type Setting } from '#kernel/settings'
import type { MarginBands } from './pricing.model.ts'

/** From which margin on a sale is fine, and under which it is below the company's floor; in per cent of the net amount. */
const marginBandsSetting: Setting<{ floor: string; low: string }> = {
  key: 'sales.margin_bands',
  schema: z.object({ floor: Percent, low: Percent }),
  initial: { floor: '22', low: '25' },
}

export async function marginBands(tx: Tx): Promise<MarginBands> {
  const { floor, low } = await readSetting(tx, marginBandsSetting)
  return { floor: new Decimal(floor), low: new Decimal(low) }
}
