import { z } from 'zod'
import type { Setting } from '#kernel/settings'

/** The company's name, on pages, cards and paper. */
export const companyName: Setting<string> = {
  key: 'org.company_name',
  schema: z.string().min(1).max(100),
  initial: '我的公司',
}
