import type { Actions } from '#kernel/perform'
import { account } from './account.ts'
import { ageing } from './ageing.ts'
import { allocateReceipt } from './allocate-receipt.ts'
import type { finance } from './contract.ts'
import { lateEntries } from './late-entries.ts'
import { receivable, receivables } from './list-receivables.ts'
import { receipts } from './list-receipts.ts'
import { closePeriod, openPeriod } from './period.ts'
import { postReceipt } from './post-receipt.ts'
import { receipt } from './receipt-answer.ts'
import { reverseReceipt } from './reverse-receipt.ts'
import { changeSettings, settings } from './settings.ts'
import { standings } from './standings.ts'
import { statement } from './statement.ts'

export const financeActions: Actions<typeof finance> = {
  account,
  standings,
  statement,
  ageing,
  lateEntries,
  receivables,
  receivable,
  receipts,
  receipt,
  postReceipt,
  allocateReceipt,
  reverseReceipt,
  settings,
  changeSettings,
  closePeriod,
  openPeriod,
}
