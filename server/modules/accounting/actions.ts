import type { Actions } from '#kernel/perform'
import type { accounting } from './contract.ts'
import { addLedgerAccount, changeTemplate, ledgerAccounts, voucherTemplates } from './templates.ts'
import { accountLedger, trialBalance } from './trial-balance.ts'
import { voucher, vouchers } from './vouchers.ts'

export const accountingActions: Actions<typeof accounting> = {
  vouchers,
  voucher,
  trialBalance,
  ledgerAccounts,
  addLedgerAccount,
  accountLedger,
  voucherTemplates,
  changeTemplate,
}
